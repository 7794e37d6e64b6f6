package registry

import (
	"context"
	"sync/atomic"

	"github.com/revlint/revlint/revocable"
)

// A Ref follows a name. It gives access to what has the name at present, over any number of withdrawals and
// returns. What is leaving can be accessed until it is revoked, so that a consumer that is unbound for that reason
// can bring it to rest.
type Ref[T any] struct {
	registry *Registry
	name     string
	slot     *slot
	now      atomic.Pointer[revocable.Provider[T]]
	closed   bool // guarded by the registry's mutex
}

// Follow makes a Ref of a name, which need not be taken yet. A resource of another type counts as none.
//
//revlint:borrow ref from r
func Follow[T any](r *Registry, name string) (ref *Ref[T]) {
	ref = &Ref[T]{registry: r, name: name}
	r.mu.Lock()
	defer r.mu.Unlock()
	ref.slot = r.slot(name)
	if ref.slot.followers == nil {
		ref.slot.followers = make(map[follower]struct{})
	}
	ref.slot.followers[ref] = struct{}{}
	if e := ref.slot.entry.Load(); e != nil {
		ref.follow(e)
	}
	return ref
}

// follow is called under the registry's mutex.
func (ref *Ref[T]) follow(e *Entry) {
	var p *revocable.Provider[T]
	if e != nil {
		p, _ = e.provider.(*revocable.Provider[T])
	}
	ref.now.Store(p)
}

// TryAccess does what that of a handle does, and costs one atomic load more. It never blocks.
//
//revlint:acquire res guard g from ref if res != nil
func (ref *Ref[T]) TryAccess() (res *T, g revocable.Guard) {
	return ref.now.Load().Handle().TryAccess()
}

// With calls fn with the resource, in an access, and returns its error; or it returns [revocable.ErrRevoked] if
// nothing is there at present.
//
//revlint:scoped fn, fn(res) from ref
func (ref *Ref[T]) With(fn func(res *T) error) error { return ref.now.Load().Handle().With(fn) }

// Handle returns a handle of what is there at present, and stays with that. If nothing is there the handle is revoked.
//
//revlint:borrow h from ref
func (ref *Ref[T]) Handle() (h revocable.Handle[T]) { return ref.now.Load().Handle() }

// Wait waits until a T has the name, and returns a handle of it: see [Wait].
//
//revlint:borrow h from ref if err == nil
func (ref *Ref[T]) Wait(ctx context.Context) (h revocable.Handle[T], err error) {
	return Wait[T](ctx, ref.registry, ref.name)
}

// Close ends the following: the Ref gives nothing any more, and the registry knows nothing of it.
func (ref *Ref[T]) Close() {
	r := ref.registry
	r.mu.Lock()
	defer r.mu.Unlock()
	if ref.closed {
		return
	}
	ref.closed = true
	ref.now.Store(nil)
	delete(ref.slot.followers, ref)
	r.release(ref.slot)
}
