package revocable

import (
	"context"
	"reflect"
)

// A Provider is the owner's side of a resource: it gives out handles and takes the resource away. It
// must not be copied. A nil or zero Provider is one that was revoked long ago: its handles give
// nothing, and revoking it does nothing.
type Provider[T any] struct {
	gate
	res     *T // read inside an access only; nil once cleaned up
	cleanup func(*T)
}

// An Option configures a Provider when it is made.
type Option[T any] struct {
	cleanup   func(*T)
	cleanupE  func(*T) error
	interrupt func(*T)
}

// WithCleanup calls fn with the resource when it was revoked and the last access has ended. It
// runs exactly once, on the goroutine that finishes the revocation: that of the revoker that began it,
// or, if that did not wait, that of the last access (see RevokeNoWait). A panic reaches the caller there; all other
// revokers return nevertheless. Several clean-ups run last first, as deferred calls do.
//
// fn must not wait for a revocation of the same provider: it would wait for itself. A nil fn is no clean-up.
func WithCleanup[T any](fn func(res *T)) Option[T] {
	return Option[T]{cleanup: fn}
}

// WithCleanupError is WithCleanup for a clean-up that may fail: RevokeContext and RevokeAll return its error,
// joined to others, to every caller that waits for the end of the revocation, or comes after it.
func WithCleanupError[T any](fn func(res *T) error) Option[T] {
	return Option[T]{cleanupE: fn}
}

// WithInterrupt calls fn with the resource when its revocation begins, to make the accesses that are running
// end soon: to close a connection's socket, set a deadline that has passed, wake a queue. Linux's
// debugfs_enter_cancellation and Rust's unbind callback have the same purpose.
//
// fn runs exactly once, whichever way the resource is revoked, on the goroutine that began it: after no access can
// succeed any more, before that goroutine waits, and always before the clean-up, also when no access runs.
// RevokeAll first shuts all, then interrupts all, and then waits. Accesses are still running, so fn may do with
// the resource what an access may, and nothing that needs it idle. It must not block, and not wait for a
// revocation of the same provider: it would wait for itself. A panic in it reaches the caller there, after the
// revocation, which goes on. Several run last first, as deferred calls do. A nil fn does nothing.
//
//revlint:scoped fn(res)
func WithInterrupt[T any](fn func(res *T)) Option[T] {
	return Option[T]{interrupt: fn}
}

// NewProvider makes a provider of res. It never waits. It panics if res is nil, because by nil
// TryAccess says that there is nothing.
func NewProvider[T any](res *T, opts ...Option[T]) *Provider[T] {
	if res == nil {
		panic("revocable: NewProvider of a nil resource")
	}
	p := &Provider[T]{res: res}
	p.mode = modeInline
	if debugging != nil {
		p.startRecords(reflect.TypeFor[T]().String())
	}
	for _, o := range opts {
		p.apply(o)
	}
	if debugging != nil && p.cleanup != nil {
		reportForgotten(p)
	}
	return p
}

// apply adds what o asks for to a provider that nobody else knows yet.
func (p *Provider[T]) apply(o Option[T]) {
	if fn := o.interrupt; fn != nil {
		x, res := p.extension(), p.res
		x.interrupts = append(x.interrupts, func() { fn(res) })
	}
	cleanup := o.cleanup
	if fn := o.cleanupE; fn != nil {
		cleanup = func(res *T) { p.failed(fn(res)) }
	}
	switch first := p.cleanup; {
	case cleanup == nil:
	case first == nil:
		p.cleanup = cleanup
	default:
		p.cleanup = func(res *T) {
			defer first(res)
			cleanup(res)
		}
	}
}

// Handle returns a handle of the resource. After a revocation it is a revoked handle.
//
//revlint:borrow h from p
func (p *Provider[T]) Handle() (h Handle[T]) {
	return Handle[T]{p}
}

// Revoke takes the resource away. No new access succeeds from the moment it begins. It waits for the accesses that
// are running, and runs the clean-up. Any number of goroutines may call it, at any time. Every call returns only
// after the drain and the clean-up, and the one that began the revocation returns true.
//
// A Revoke inside one's own access, or inside the clean-up, waits for itself, for ever. Debug
// mode reports it, and the linter finds it. Call RevokeNoWait instead.
//
//revlint:waits p
func (p *Provider[T]) Revoke() bool {
	began, _ := p.revokeAndWait(context.Background())
	return began
}

// RevokeContext revokes as Revoke does, but waits no longer than ctx lasts. If ctx ends first, it returns
// context.Cause(ctx). The revocation stays in force nevertheless, and the last access to leave cleans up. If there
// is nothing to wait for, it does not look at ctx. It returns the errors of the clean-up, see WithCleanupError,
// joined if there are several.
//
//revlint:waits p
func (p *Provider[T]) RevokeContext(ctx context.Context) error {
	_, err := p.revokeAndWait(ctx)
	return err
}

// revokeAndWait revokes p and waits for the end of that, or of ctx.
func (p *Provider[T]) revokeAndWait(ctx context.Context) (began bool, err error) {
	g := p.cell()
	if g.void() {
		return false, nil
	}
	running, began := g.shut()
	if !began {
		if !g.await(ctx, eventCleaned) {
			return false, context.Cause(ctx)
		}
		return false, g.cleanupError()
	}
	defer func() { // deferred, so that the revocation goes on when an interrupt panics
		if g.settle(running, nil) || g.await(ctx, eventDrained) || !g.handOver(p) {
			p.finish()
			err = g.cleanupError()
		} else {
			err = context.Cause(ctx)
		}
	}()
	g.interrupt()
	return true, nil
}

// RevokeNoWait revokes without waiting for anybody. No new access succeeds from the moment it begins. The
// clean-up runs when the last running access ends, on that access's goroutine; if no access is running, it runs
// here and now. (In one case it runs on a goroutine of its own: if the last to leave is an entry that the
// revocation overtook, because TryAccess must not be held up.) RevokeNoWait returns true if this call began the
// revocation. It may be called inside an access. It is Rust's revoke_nosync without its unsafety, because
// nothing is cleaned up under a running access.
func (p *Provider[T]) RevokeNoWait() bool {
	g := p.cell()
	if g.void() {
		return false
	}
	running, began := g.shut()
	if !began {
		return false
	}
	defer func() { // see revokeAndWait
		if g.settle(running, p) {
			p.finish()
		}
	}()
	g.interrupt()
	return true
}

// finish ends the revocation. Exactly one goroutine comes here, after the drain: no access reads res
// any more, so plain memory will do.
func (p *Provider[T]) finish() {
	res, cleanup := p.res, p.cleanup
	p.res, p.cleanup = nil, nil // handles that are kept for ever must not keep the resource
	p.noteCall("clean-up")
	defer p.finished()
	if cleanup != nil {
		cleanup(res)
	}
}

// cell returns the gate of p, nil for a nil p.
func (p *Provider[T]) cell() *gate {
	if p == nil {
		return nil
	}
	return &p.gate
}
