package device

import (
	"context"
	"sync"

	"github.com/revlint/revlint/revocable"
)

// A binding is one time that a device is bound, from the beginning of Bind to the
// end of Unbind. Tokens and resources belong to a binding rather than to a device,
// so that those of an earlier binding are refused in a later one.
type binding struct {
	dev    *Device
	ctx    context.Context // of the callbacks of Bound.Go
	cancel context.CancelCauseFunc

	scopes *revocable.Provider[binding] // each scope of WithBound is an access to it
	probed chan struct{}                // closed once probe has returned
	done   chan struct{}                // closed once all is undone

	// callbacks counts the callbacks that run and the timers that are armed.
	// It may be raised during its Wait, since whoever raises it does so within a
	// probe, a scope or a callback, and finish calls Wait after the first two have
	// ended, while the third is counted.
	callbacks sync.WaitGroup

	mu     sync.Mutex
	ending bool
	timers map[*Timer]struct{} // the armed ones: who takes one out answers for its count
	undos  []func()            // what was registered, oldest first

	holders holders // in debug mode, the tokens that are valid
}

func newBinding(d *Device) *binding {
	b := &binding{
		dev:    d,
		probed: make(chan struct{}),
		done:   make(chan struct{}),
		timers: make(map[*Timer]struct{}),
	}
	b.ctx, b.cancel = context.WithCancelCause(context.Background())
	b.scopes = revocable.NewProvider(b)
	return b
}

// register puts undo at the end of the list.
func (b *binding) register(undo func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.undos = append(b.undos, undo)
}

// begin makes the binding end: it stops all that can be stopped without waiting.
// It returns true to the first caller, who then owes the finish.
func (b *binding) begin() bool {
	b.mu.Lock()
	first := !b.ending
	b.ending = true
	armed := b.timers
	b.timers = nil
	b.mu.Unlock()
	if !first {
		return false
	}
	b.scopes.RevokeNoWait()
	b.cancel(ErrUnbound)
	for t := range armed {
		t.timer.Stop()
		b.callbacks.Done()
	}
	return true
}

// finish waits until nothing is running that holds a token, then undoes the list.
func (b *binding) finish() {
	defer func() {
		b.dev.bound.Store(nil)
		b.dev.binding.Store(nil)
		close(b.done)
	}()
	if settings.On {
		go b.watch()
	}
	<-b.probed
	b.scopes.Revoke()
	b.callbacks.Wait()
	undoing := newHolder("the undoing of the binding")
	b.holders.enter(undoing)
	defer b.holders.leave(undoing)
	b.undo()
}

// finishWithin is finish, but leaves it behind when ctx ends.
func (b *binding) finishWithin(ctx context.Context) error {
	if ctx.Done() == nil {
		b.finish()
		return nil
	}
	// A release or an action cannot be left behind by its own goroutine, hence
	// another one. The sender falls back to ctx only if the receiver does, so a
	// panic either reaches the caller or ends the program.
	outcome := make(chan any)
	go func() {
		defer func() {
			panicked := recover()
			select {
			case outcome <- panicked:
			case <-ctx.Done():
				if panicked != nil {
					panic(panicked)
				}
			}
		}()
		b.finish()
	}()
	select {
	case panicked := <-outcome:
		if panicked != nil {
			panic(panicked)
		}
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// undo runs the list, last first. One that panics, or ends its goroutine, does not
// keep the others from being undone.
func (b *binding) undo() {
	complete := false
	defer func() {
		if !complete {
			b.undo()
		}
	}()
	for last := b.takeLast(); last != nil; last = b.takeLast() {
		last()
	}
	complete = true
}

// takeLast takes the last entry off the list; it returns nil if there is none.
func (b *binding) takeLast() func() {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := len(b.undos)
	if n == 0 {
		return nil
	}
	last := b.undos[n-1]
	b.undos[n-1] = nil // or a resource that is kept would keep all of them
	b.undos = b.undos[:n-1]
	return last
}
