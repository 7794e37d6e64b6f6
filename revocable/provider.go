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
	cleanup func(*T)
}

// WithCleanup has fn called with the resource when it was revoked and the last access has ended. It
// runs exactly once, on the goroutine that finishes the revocation: that of the revoker that began it,
// or, if that did not wait, that of the last access (see RevokeNoWait). A panic reaches the caller there; all other
// revokers return nevertheless. Several clean-ups run last first, as deferred calls do.
//
// fn must not wait for a revocation of the same provider: it would wait for itself.
func WithCleanup[T any](fn func(res *T)) Option[T] {
	return Option[T]{cleanup: fn}
}

// NewProvider makes a provider of res. It never waits. It panics if res is nil, for nil is how
// TryAccess says that there is nothing.
func NewProvider[T any](res *T, opts ...Option[T]) *Provider[T] {
	if res == nil {
		panic("revocable: NewProvider of a nil resource")
	}
	p := &Provider[T]{res: res}
	for _, o := range opts {
		switch first := p.cleanup; {
		case o.cleanup == nil:
		case first == nil:
			p.cleanup = o.cleanup
		default:
			p.cleanup = func(res *T) {
				defer first(res)
				o.cleanup(res)
			}
		}
	}
	p.mode = modeInline
	if debugging != nil {
		p.startRecords(reflect.TypeFor[T]().String())
	}
	return p
}

// Handle returns a handle of the resource. After a revocation it is a revoked handle.
//
//revlint:borrow h from p
func (p *Provider[T]) Handle() (h Handle[T]) {
	return Handle[T]{p}
}

// Revoke takes the resource away: no new access succeeds from the moment it begins; it waits for the
// accesses that are running, and has the clean-up run. Any number of goroutines may call it, at any
// time: every call returns only after the drain and the clean-up, and true for the one that began it.
//
// Revoking inside one's own access, or inside the clean-up, waits for itself, for ever: debug mode
// reports it, the linter flags it, RevokeNoWait is the way to do it.
//
//revlint:waits p
func (p *Provider[T]) Revoke() bool {
	began, _ := p.revokeAndWait(context.Background())
	return began
}

// RevokeContext revokes as Revoke does, but waits no longer than ctx lasts: then it returns
// context.Cause(ctx). The revocation stays in force nevertheless: the last access to leave cleans up. It
// returns nil if there is nothing to wait for, even when ctx has already ended.
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
	began, drained := g.revoke(nil)
	switch {
	case !began:
		if !g.await(ctx, eventCleaned) {
			return false, context.Cause(ctx)
		}
	case drained || g.await(ctx, eventDrained) || !g.handOver(p):
		p.finish()
	default:
		return true, context.Cause(ctx)
	}
	return began, nil
}

// RevokeNoWait revokes without waiting for anybody: no new access succeeds from the moment it begins,
// and the clean-up runs when the last running access ends, on its goroutine; if there is none, here and
// now. (One case runs it on a goroutine of its own: when the last to leave is an entry that the
// revocation overtook, for TryAccess must not be held up.) It returns true if this call began the
// revocation. It may be called inside an access. It is Rust's revoke_nosync without its unsafety:
// nothing is cleaned up under a running access.
func (p *Provider[T]) RevokeNoWait() bool {
	g := p.cell()
	if g.void() {
		return false
	}
	began, drained := g.revoke(p)
	if drained {
		p.finish()
	}
	return began
}

// finish ends the revocation. Exactly one goroutine comes here, after the drain: no access reads res
// any more, so plain memory will do.
func (p *Provider[T]) finish() {
	res, cleanup := p.res, p.cleanup
	p.res, p.cleanup = nil, nil // handles that are kept for ever must not keep the resource
	p.noteCleaner()
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
