package registry

import (
	"context"
	"sync/atomic"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/internal/bindings"
)

// An Entry is what has a name. It is the publisher's.
type Entry struct {
	registry *Registry
	slot     *slot
	provider any // a *revocable.Provider
	revoker  revocable.Revoker
	handle   revocable.Holder
	cleaned  func() bool
	owner    bindings.Binding // nil if it is no device's
	forget   func()           // undoes the registration with owner
	stop     func() bool      // undoes OnRevoke

	leaving atomic.Bool // set under links.mu and the registry's

	// Guarded by the registry's mutex.
	arrived, left uint64 // Seq of its events
	gone          bool

	consumers map[*link]struct{} // guarded by links.mu

	err  error         // of the clean-up; set before done
	done chan struct{} // closed when all is over
}

// Withdraw takes the resource away from everybody, in this order:
//
//   - no look-up finds it any more;
//   - those who watch are told that it is leaving;
//   - those who linked to it are unbound: first those who are not linked to themselves, and all that are equal in
//     that at the same time;
//   - the provider is revoked: see [revocable.Provider.RevokeContext];
//   - those who watch are told that it is gone, and the name is free.
//
// Every caller waits for the end of all that, and gets the error of the clean-up. When ctx ends first, Withdraw
// returns context.Cause(ctx), and goes on by itself.
//
// A Withdraw in a callback of a device that is linked to the entry, or in an access to what it provides, waits for itself:
// debug mode reports it, the linter flags it.
//
//revlint:waits e
func (e *Entry) Withdraw(ctx context.Context) error {
	if ctx.Err() == nil {
		e.reportSelf()
	}
	if !e.leave(false) {
		return e.wait(ctx)
	}
	e.stop()
	return e.finish(ctx)
}

// leave does the first two steps; where the entry was found out to be revoked, also the last. It reports whether this
// call did so.
func (e *Entry) leave(revoked bool) bool {
	links.mu.Lock()
	defer links.mu.Unlock()
	e.registry.mu.Lock()
	defer e.registry.mu.Unlock()
	return e.leaveLocked(revoked)
}

func (e *Entry) leaveLocked(revoked bool) bool {
	if e.leaving.Load() {
		return false
	}
	e.leaving.Store(true)
	e.left = e.registry.tell(Leaving, e)
	if revoked {
		e.goneLocked()
	}
	return true
}

// goneLocked does the last step.
func (e *Entry) goneLocked() {
	if e.gone {
		return
	}
	e.gone = true
	r, s := e.registry, e.slot
	r.tell(Gone, e)
	s.entry.Store(nil)
	for f := range s.followers {
		f.follow(nil)
	}
	r.release(s)
}

// foundOut is called when the provider was revoked.
func (e *Entry) foundOut() {
	if e.leave(true) {
		e.aftermath()
	}
}

// aftermath does what is left to do of a revocation that did not come by Withdraw.
func (e *Entry) aftermath() {
	defer e.end()
	e.unbindConsumers()
	e.err = e.revoker.RevokeContext(context.Background()) // waits for the end of what somebody has begun
}

// finish does the steps that wait.
func (e *Entry) finish(ctx context.Context) (err error) {
	if !e.linked() { // which it will never be
		return e.revoke(ctx)
	}
	if ctx.Done() == nil {
		e.unbindAndRevoke()
		return e.err
	}
	// Unbinding cannot be left behind by its own goroutine, hence another one. If it panics, the panic reaches the
	// caller, or, when that has stopped waiting, ends the program.
	var settled atomic.Bool
	panicked := make(chan any, 1)
	go func() {
		defer func() {
			p := recover()
			if settled.CompareAndSwap(false, true) {
				panicked <- p
			} else if p != nil {
				panic(p)
			}
		}()
		e.unbindAndRevoke()
	}()
	select {
	case p := <-panicked:
		return e.outcome(p)
	case <-ctx.Done():
		if settled.CompareAndSwap(false, true) {
			return context.Cause(ctx)
		}
		return e.outcome(<-panicked)
	}
}

func (e *Entry) outcome(panicked any) error {
	if panicked != nil {
		panic(panicked)
	}
	return e.err
}

func (e *Entry) unbindAndRevoke() {
	defer e.end()
	defer func() { e.err = e.revoker.RevokeContext(context.Background()) }() // also when an undoing panics
	e.unbindConsumers()
}

// revoke ends the withdrawal of an entry that nobody is linked to.
func (e *Entry) revoke(ctx context.Context) error {
	ended := false
	defer func() {
		if !ended {
			e.end() // also when the clean-up panics
		}
	}()
	err := e.revoker.RevokeContext(ctx)
	if err != nil && !e.cleaned() { // it is ctx that has ended
		ended = true
		go func() {
			defer e.end()
			e.err = e.revoker.RevokeContext(context.Background())
		}()
		return err
	}
	e.err = err
	return err
}

// end makes it known that all is over.
func (e *Entry) end() {
	links.mu.Lock()
	links.disown(e)
	e.registry.mu.Lock()
	e.goneLocked()
	e.registry.mu.Unlock()
	links.mu.Unlock()
	if e.forget != nil {
		e.forget()
	}
	close(e.done)
}

func (e *Entry) wait(ctx context.Context) error {
	select {
	case <-e.done:
		return e.err
	case <-ctx.Done():
	}
	select {
	case <-e.done: // both: what is done is done
		return e.err
	default:
		return context.Cause(ctx)
	}
}
