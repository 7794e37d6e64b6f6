package revocable

import "context"

// Revoked returns a channel that is closed once no new access can succeed: as soon as the revocation
// begins, before it waits. Accesses that sleep select on it so as not to hold the revoker up. The
// channel of a zero handle is closed.
//
// All callers share one channel, which belongs to the synctest bubble of the first of them, as every channel does.
// So a provider that is used in two bubbles, or in one and outside, as one at package level may be, ends the
// program: make it within the test.
func (h Handle[T]) Revoked() <-chan struct{} {
	if h.p == nil {
		return closed
	}
	return h.p.channel(eventRevoked)
}

// Context returns a copy of parent that is cancelled with cause ErrRevoked as soon as the revocation
// begins. Like every CancelFunc, the one returned must be called when the work is done: it lets go of
// what the provider keeps for the context. No goroutine is started for it.
func (h Handle[T]) Context(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(parent)
	if h.p == nil {
		cancel(ErrRevoked)
		return ctx, func() { cancel(nil) }
	}
	wake := &hook{call: func() { cancel(ErrRevoked) }}
	if !h.p.addHook(wake) {
		cancel(ErrRevoked)
		return ctx, func() { cancel(nil) }
	}
	// The parent's end must let go of the hook too, for the caller's CancelFunc may come much later.
	stop := context.AfterFunc(ctx, func() { h.p.removeHook(wake) })
	return ctx, func() {
		if stop() {
			h.p.removeHook(wake)
		}
		cancel(nil)
	}
}

// OnRevoke calls fn, in a goroutine of its own, as soon as a revocation begins, before it waits. If one has begun
// already, it calls fn at once. The resource may be cleaned up by the time that fn runs. Calling stop keeps fn
// from being called. It returns true if it did so, and false if fn was called or stop was called before. It does
// not wait for fn. As with context.AfterFunc, several calls are independent of each other.
//
// Code that keeps a handle for long and registers often should call stop, because the provider keeps fn until then.
func (h Handle[T]) OnRevoke(fn func()) (stop func() bool) {
	if fn == nil {
		panic("revocable: OnRevoke of a nil function")
	}
	call := &hook{call: func() { go fn() }}
	if h.p == nil || !h.p.addHook(call) {
		go fn()
		return func() bool { return false }
	}
	return func() bool { return h.p.removeHook(call) }
}
