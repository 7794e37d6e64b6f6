// Package signal has the examples for the standard library's os/signal.
package signal

import (
	"context"
	"errors"
	"os"
	"os/signal"
)

var errBusy = errors.New("busy")

// S42: signals are caught for good where run refuses.
func run(ctx context.Context, busy bool, do func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt) // want revleak
	if busy {
		return errBusy
	}
	defer stop()
	return do(ctx)
}

// S42: caught while do runs.
func runAndStop(ctx context.Context, do func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	return do(ctx)
}
