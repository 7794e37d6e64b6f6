package revocable

import (
	"context"
	"iter"
	"sync/atomic"
)

// A Handle is a weak reference to a resource that its Provider may take away at any time. It has no
// state of its own: it may be copied, shared between goroutines, compared (handles of one provider are
// equal) and kept for as long as one likes. The zero Handle is revoked.
//
// An access may sleep, nest, overlap with others, and be released by another goroutine. Any number
// of accesses run at the same time; the resource must bear that by itself.
type Handle[T any] struct {
	p *Provider[T]
}

// TryAccess returns the resource and a guard that keeps it from being cleaned up until it is released,
// or nil and an empty guard if the resource was revoked. It never blocks and never allocates (in debug
// mode it allocates a record of the access).
//
// Any access that succeeds was taken before the revocation began; one that is tried after Revoke,
// RevokeNoWait, RevokeContext or RevokeAll has begun fails, even while others still run.
//
//revlint:acquire res guard g from h if res != nil
func (h Handle[T]) TryAccess() (res *T, g Guard) {
	// In this form the method is inlined, with nearly nothing of the inliner's budget to spare.
	if p := h.p; p != nil {
		if g.counter = p.enter(enterSlow); g.counter != nil {
			g.gate, res = &p.gate, p.res
		}
	}
	return
}

// Alive reports whether the resource has not been revoked. It is a hint, at the cost of two loads from one cache line: the next moment
// may prove true wrong, while false stays true. Once an access has failed it is false. It is for skipping work, and for
// polling. To use the resource, call TryAccess.
func (h Handle[T]) Alive() bool {
	// The counter is what refuses; the mode, which is set after it, tells a zero Provider, whose counter is open.
	return h.p != nil && atomic.LoadUint32(&h.p.mode) != modeRevoked && h.p.open.Load() >= 0
}

// With calls fn with the resource and returns its error, or returns ErrRevoked without calling it.
// The access ends when fn returns, panics or ends its goroutine.
//
//revlint:scoped fn, fn(res) from h
func (h Handle[T]) With(fn func(res *T) error) error {
	res, g := h.TryAccess()
	if res == nil {
		return ErrRevoked
	}
	defer g.Release()
	return fn(res)
}

// Do is [Handle.With] for a function with a result: it returns what fn returns, or the zero R and ErrRevoked. The
// result must not hold on to the resource, because the access has ended by then.
//
//revlint:scoped fn, fn(res) from h
func Do[T, R any](h Handle[T], fn func(res *T) (R, error)) (R, error) {
	res, g := h.TryAccess()
	if res == nil {
		var none R
		return none, ErrRevoked
	}
	defer g.Release()
	return fn(res)
}

// WithContext is [Handle.With] for a function that may take long: the context it is given is a copy of parent that
// is cancelled, with the cause ErrRevoked, as soon as a revocation begins, and when fn has returned.
//
//revlint:scoped fn, fn(res) from h
func (h Handle[T]) WithContext(parent context.Context, fn func(ctx context.Context, res *T) error) error {
	res, g := h.TryAccess()
	if res == nil {
		return ErrRevoked
	}
	defer g.Release()
	ctx, cancel := h.Context(parent)
	defer cancel()
	return fn(ctx, res)
}

// Live returns a sequence of the resource alone, or of nothing once it was revoked, so that
//
//	for res := range h.Live() { … }
//
// runs its body at most once, and inside an access. The access ends with the body, however that is
// left. The sequence may be ranged over again: each time is an access of its own.
//
//revlint:scoped range return from h
func (h Handle[T]) Live() iter.Seq[*T] {
	// A function that is inlined into the range statement, so that neither it nor the loop's body becomes a
	// heap object; for the same reason the result has no name.
	return func(yield func(*T) bool) { h.live(yield) }
}

func (h Handle[T]) live(yield func(*T) bool) {
	res, g := h.TryAccess()
	if res == nil {
		return
	}
	defer g.Release()
	yield(res)
}

// UnsafeAccess returns the resource without counting an access, or nil once it was cleaned up. The
// caller vouches, by some means this package does not know, that the revocation cannot come before the
// last use; if it does, that is a use after free and a data race. The linter asks for the reason.
//
//revlint:unsafe
func (h Handle[T]) UnsafeAccess() *T {
	if h.p == nil {
		return nil
	}
	return h.p.res
}

// With2 calls fn inside an access to both resources and returns its error. If either was revoked it
// returns ErrRevoked, without calling fn and holding neither.
//
//revlint:scoped fn(pa) from a
//revlint:scoped fn(pb) from b
func With2[A, B any](a Handle[A], b Handle[B], fn func(pa *A, pb *B) error) error {
	pa, ga := a.TryAccess()
	if pa == nil {
		return ErrRevoked
	}
	defer ga.Release()
	pb, gb := b.TryAccess()
	if pb == nil {
		return ErrRevoked
	}
	defer gb.Release()
	return fn(pa, pb)
}
