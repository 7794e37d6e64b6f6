package registry

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/internal/bindings"
)

// A Registry has names for what comes and goes. The zero Registry is ready for use. It must not be copied.
type Registry struct {
	table table // read without mu

	mu       sync.Mutex // after links.mu, where both are held
	seq      uint64     // of the last event
	watchers map[receiver]struct{}
}

// A slot is a name that something has, or that somebody waits for or follows.
type slot struct {
	name  string
	entry atomic.Pointer[Entry] // from its Publish until it is gone

	// Guarded by the registry's mutex.
	waiting   int
	arrival   chan struct{} // closed when an entry comes; nil if nobody has waited since the last
	followers map[follower]struct{}
}

// A follower is a Ref.
type follower interface{ follow(e *Entry) }

// Publish gives a name to what p provides. Names are path-like: they are what fs.ValidPath accepts, except ".".
// One provider has a name at a time. The name is taken until the entry is withdrawn, to the end, or p is revoked.
//
// Publish returns ErrExists if the name is taken, whatever the type, [revocable.ErrRevoked] if p is revoked, and
// fs.ErrInvalid if name is no such name.
//
//revlint:lend p to e if err == nil
func Publish[T any](r *Registry, name string, p *revocable.Provider[T]) (e *Entry, err error) {
	return publish(r, name, p, nil)
}

// PublishFor is Publish for what belongs to a device. When the device of b is unbound, the entry is withdrawn, in
// its place in the list of what is undone. Those who link to it depend on that device.
//
//revlint:lend p to e if err == nil
func PublishFor[T any](b *device.Bound, r *Registry, name string, p *revocable.Provider[T]) (e *Entry, err error) {
	return publish(r, name, p, bindings.Of(b, "registry.PublishFor"))
}

func publish[T any](r *Registry, name string, p *revocable.Provider[T], owner bindings.Binding) (*Entry, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	h := p.Handle()
	e := &Entry{
		registry: r, provider: p, revoker: p, handle: h, owner: owner,
		cleaned: func() bool { return p.Stats().State == revocable.Revoked },
		done:    make(chan struct{}),
	}
	if owner != nil {
		e.forget = owner.Register("registry.PublishFor", func() { _ = e.Withdraw(context.Background()) })
	}
	if err := r.insert(name, e); err != nil {
		if owner != nil {
			e.forget()
		}
		return nil, err
	}
	e.stop = h.OnRevoke(e.foundOut)
	return e, nil
}

func (r *Registry) insert(name string, e *Entry) error {
	links.mu.Lock()
	defer links.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.slot(name)
	if old := s.entry.Load(); old != nil {
		if old.leaving.Load() || old.handle.Alive() {
			return about(name, ErrExists)
		}
		old.leaveLocked(true) // revoked behind the registry's back, and not found out yet
		go old.aftermath()
		s = r.slot(name)
	}
	if !e.handle.Alive() {
		r.release(s)
		return about(name, revocable.ErrRevoked)
	}
	e.slot = s
	s.entry.Store(e)
	links.own(e)
	for f := range s.followers {
		f.follow(e)
	}
	e.arrived = r.tell(Arrived, e)
	if s.arrival != nil {
		close(s.arrival)
		s.arrival = nil
	}
	return nil
}

// slot returns the slot of a name, and makes it if there is none.
func (r *Registry) slot(name string) *slot {
	s := r.table.find(name)
	if s == nil {
		s = &slot{name: name}
		r.table.add(s)
	}
	return s
}

// release lets go of a slot that nobody uses.
func (r *Registry) release(s *slot) {
	if s.entry.Load() == nil && s.waiting == 0 && len(s.followers) == 0 {
		r.table.remove(s)
	}
}

// present returns the entry of a name, nil if there is none or it is leaving.
func (r *Registry) present(name string) *Entry {
	s := r.table.find(name)
	if s == nil {
		return nil
	}
	return s.present()
}

func (s *slot) present() *Entry {
	e := s.entry.Load()
	if e == nil || e.leaving.Load() || !e.handle.Alive() {
		return nil
	}
	return e
}

// provides returns the provider of an entry.
func provides[T any](e *Entry) (*revocable.Provider[T], error) {
	p, ok := e.provider.(*revocable.Provider[T])
	if !ok {
		return nil, about(e.slot.name, ErrType)
	}
	return p, nil
}

// Lookup returns a handle of what has the name. It takes no lock. It returns ErrNotFound if nothing has it or what
// has it is leaving, and ErrType if that is not a T.
//
//revlint:borrow h from r if err == nil
func Lookup[T any](r *Registry, name string) (h revocable.Handle[T], err error) {
	e := r.present(name)
	if e == nil {
		return h, about(name, ErrNotFound)
	}
	p, err := provides[T](e)
	if err != nil {
		return h, err
	}
	return p.Handle(), nil
}

// Wait is Lookup, but waits until something has the name: the deferred look-up. Where what has it is not a T, it
// returns ErrType at once. When ctx ends first it returns context.Cause(ctx).
//
//revlint:borrow h from r if err == nil
func Wait[T any](ctx context.Context, r *Registry, name string) (h revocable.Handle[T], err error) {
	e, err := r.await(ctx, name)
	if err != nil {
		return h, err
	}
	p, err := provides[T](e)
	if err != nil {
		return h, err
	}
	return p.Handle(), nil
}

func (r *Registry) await(ctx context.Context, name string) (*Entry, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	for {
		r.mu.Lock()
		s := r.slot(name)
		e := s.present()
		if e != nil {
			r.mu.Unlock()
			return e, nil
		}
		if s.arrival == nil {
			s.arrival = make(chan struct{})
		}
		arrival := s.arrival
		s.waiting++
		r.mu.Unlock()

		var err error
		select {
		case <-arrival:
		case <-ctx.Done():
			err = context.Cause(ctx)
		}
		r.mu.Lock()
		s.waiting--
		r.release(s)
		r.mu.Unlock()
		if err != nil {
			return nil, err
		}
	}
}

// All is a sequence of the names of all T, in their order, and their handles: of those that are there at the time that
// ranging over it begins, and are not leaving.
func All[T any](r *Registry) iter.Seq2[string, revocable.Handle[T]] {
	return func(yield func(string, revocable.Handle[T]) bool) {
		type pair struct {
			name   string
			handle revocable.Handle[T]
		}
		var all []pair
		r.mu.Lock()
		for s := range r.table.all {
			if e := s.present(); e != nil {
				if p, ok := e.provider.(*revocable.Provider[T]); ok {
					all = append(all, pair{s.name, p.Handle()})
				}
			}
		}
		r.mu.Unlock()
		slices.SortFunc(all, func(a, b pair) int { return cmp.Compare(a.name, b.name) })
		for _, p := range all {
			if !yield(p.name, p.handle) {
				return
			}
		}
	}
}
