package device

import (
	"sync/atomic"
	"unsafe"

	"github.com/revlint/revlint/revocable"
)

// A Devres is a resource that cannot outlive the binding it was registered in. Where
// there is a token, [Devres.Access] reaches it at no cost; elsewhere, in code that may
// run after an Unbind, [Devres.TryAccess] and [Devres.With] reach it as long as it is
// there. Prefer the former: where callbacks are stopped before their resources go, no
// access can fail.
//
// A Devres may be kept, shared and used at any time. It must not be copied. A nil or zero
// Devres is one that was taken away long ago.
type Devres[T any] struct {
	binding  *binding // the first field: see refuse
	entry    entry
	res      atomic.Pointer[T] // nil once it is taken away; for those alone that a valid token lets in
	provider *revocable.Provider[T]
}

// Manage registers a resource with the binding that b speaks of. Unbind takes it away
// and calls release, if that is not nil, exactly once, when no access to it is left: see
// [Device.Unbind] for when its turn comes. From the call on the resource belongs to the
// device; its other users reach it through the Devres alone.
//
// Manage panics if res is nil, and if b is not valid.
func Manage[T any](b *Bound, res *T, release func(*T)) *Devres[T] {
	bd := b.valid("Manage")
	if res == nil {
		panic("device: Manage of a nil resource")
	}
	r := &Devres[T]{binding: bd, provider: revocable.NewProvider(res, revocable.WithCleanup(release))}
	r.res.Store(res)
	bd.register("Manage", &r.entry, r)
	return r
}

// undo takes the resource away, waits for those who use it, and releases it.
func (r *Devres[T]) undo() {
	r.res.Store(nil) // even if the release panics
	r.provider.Revoke()
}

// Access returns the resource, which is valid until the callback that b was given to
// returns. It costs a comparison or two: it neither writes nor waits, and cannot fail where
// b is of the binding that the resource was registered in.
//
// It returns ErrWrongDevice, and nil, if b is of another device or of another binding of
// the same device, or is not valid, and [revocable.ErrRevoked] after [Devres.Release].
//
//revlint:borrow p from b if err == nil
func (r *Devres[T]) Access(b *Bound) (p *T, err error) { return access(r, b, refuse) }

// access is Access. In this form that is inlined, with nothing of the inliner's budget to spare;
// slow is always refuse, a parameter because a call through one costs less of the budget.
func access[T any](r *Devres[T], b *Bound, slow func(*Bound, unsafe.Pointer) error) (p *T, err error) {
	if r != nil && b != nil && r.binding == b.binding && b.self == b {
		p = r.res.Load()
	}
	if p == nil {
		err = slow(b, unsafe.Pointer(r))
	}
	return
}

// refuse says why Access does not succeed. It is given a Devres of any type, all of which begin with
// their binding.
func refuse(b *Bound, devres unsafe.Pointer) error {
	var home *binding
	if devres != nil {
		home = *(**binding)(devres)
	}
	switch {
	case b == nil || b.self != b || b.binding == nil:
		return b.refused("Devres.Access")
	case home == nil || home == b.binding:
		return revocable.ErrRevoked
	default:
		return ErrWrongDevice
	}
}

// Release takes the resource away and releases it now, instead of at the unbind: for what
// lives shorter than the device, such as the streams of a camera. It waits for the
// accesses by TryAccess that are running. The caller makes sure that no callback uses the
// resource with a token.
//
// Afterwards nothing of it is left in the binding, Access returns [revocable.ErrRevoked], and
// a further Release returns nil. Release returns ErrWrongDevice, and does nothing, if Access
// would.
//
//revlint:waits r
func (r *Devres[T]) Release(b *Bound) error {
	if _, err := r.Access(b); err == ErrWrongDevice {
		return err
	}
	if r == nil || r.binding == nil {
		return nil
	}
	if r.binding.take(&r.entry) {
		r.undo()
	} else {
		r.provider.Revoke() // another Release has begun: wait for it
	}
	return nil
}

// TryAccess returns the resource and a guard that keeps it there until it is released,
// or nil and an empty guard once the resource has been taken away. It never waits. See
// [revocable.Handle.TryAccess].
//
//revlint:acquire res guard g from r if res != nil
func (r *Devres[T]) TryAccess() (res *T, g revocable.Guard) { return r.Handle().TryAccess() }

// With calls fn with the resource, which is there until fn returns. It returns
// [revocable.ErrRevoked], without calling fn, once the resource has been taken away, and
// otherwise what fn returns.
//
//revlint:scoped fn, fn(res) from r
func (r *Devres[T]) With(fn func(res *T) error) error { return r.Handle().With(fn) }

// Handle returns a handle of the resource, for users that know nothing of devices.
//
//revlint:borrow h from r
func (r *Devres[T]) Handle() (h revocable.Handle[T]) {
	if r == nil {
		return h
	}
	return r.provider.Handle()
}
