package device

import "github.com/revlint/revlint/revocable"

// A Devres is a resource that cannot outlive the binding it was registered in. Where
// there is a token, [Devres.Access] reaches it at no cost; elsewhere, in code that may
// run after an Unbind, [Devres.TryAccess] and [Devres.With] reach it as long as it is
// there. Prefer the former: where callbacks are stopped before their resources go, no
// access can fail.
//
// A Devres may be kept, shared and used at any time. It must not be copied.
type Devres[T any] struct {
	binding *binding
	res     *T // cleared by Unbind; read by those alone that a valid token lets in
	handle  revocable.Handle[T]
}

// Manage registers a resource with the binding that b speaks of. Unbind takes it away
// and calls release, if that is not nil, exactly once, when no access to it is left: see
// [Device.Unbind] for when its turn comes. From the call on the resource belongs to the
// device; its other users reach it through the Devres alone.
//
// Manage panics if res is nil, and if b is retired.
func Manage[T any](b *Bound, res *T, release func(*T)) *Devres[T] {
	bd := b.valid("Manage")
	var opts []revocable.Option[T]
	if release != nil {
		opts = append(opts, revocable.WithCleanup(release))
	}
	p := revocable.NewProvider(res, opts...)
	r := &Devres[T]{binding: bd, res: res, handle: p.Handle()}
	bd.register(func() {
		r.res = nil // even if the release panics
		p.Revoke()
	})
	return r
}

// Access returns the resource, which is valid until the callback that b was given to
// returns. It costs one comparison: it neither writes nor waits, and cannot fail where
// b is of the binding that the resource was registered in.
//
// It returns ErrWrongDevice, and nil, if b is of another device or of another binding of
// the same device, or is retired.
//
//revlint:borrow p from b if err == nil
func (r *Devres[T]) Access(b *Bound) (p *T, err error) {
	if r.binding != b.binding {
		return nil, b.refuse()
	}
	return r.res, nil
}

// TryAccess returns the resource and a guard that keeps it there until it is released,
// or nil and an empty guard once the resource has been taken away. It never waits. See
// [revocable.Handle.TryAccess].
//
//revlint:acquire res guard g from r if res != nil
func (r *Devres[T]) TryAccess() (res *T, g revocable.Guard) { return r.handle.TryAccess() }

// With calls fn with the resource, which is there until fn returns. It returns
// [revocable.ErrRevoked], without calling fn, once the resource has been taken away, and
// otherwise what fn returns.
//
//revlint:scoped fn, fn(res) from r
func (r *Devres[T]) With(fn func(res *T) error) error { return r.handle.With(fn) }

// Handle returns a handle of the resource, for users that know nothing of devices.
//
//revlint:borrow h from r
func (r *Devres[T]) Handle() (h revocable.Handle[T]) { return r.handle }
