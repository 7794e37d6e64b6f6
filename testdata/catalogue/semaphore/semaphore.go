// Package semaphore has the examples for golang.org/x/sync/semaphore.
package semaphore

import (
	"context"

	"golang.org/x/sync/semaphore"
)

var limit = semaphore.NewWeighted(4)

// M57: not released where do fails.
func run(ctx context.Context, do func() error) error {
	sem := semaphore.NewWeighted(4)
	if err := sem.Acquire(ctx, 1); err != nil { // want revleak
		return err
	}
	if err := do(); err != nil {
		return err
	}
	sem.Release(1)
	return nil
}

// M57: released though it was not acquired.
func try(do func()) {
	sem := semaphore.NewWeighted(4)
	if !sem.TryAcquire(1) {
		sem.Release(1) // missed: revrelease
		return
	}
	defer sem.Release(1)
	do()
}

// M57: released if it was acquired.
func both(ctx context.Context, do func() error) error {
	if !limit.TryAcquire(1) {
		if err := limit.Acquire(ctx, 1); err != nil {
			return err
		}
	}
	defer limit.Release(1)
	return do()
}
