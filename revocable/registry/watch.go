package registry

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"path"
	"slices"
	"sync"

	"github.com/revlint/revlint/revocable"
)

// A Kind says what has happened to a name.
type Kind int

const (
	Arrived Kind = iota + 1 // it was published
	Leaving                 // no look-up finds it any more; what has a handle can still use it, unless it was revoked behind the registry's back
	Gone                    // it was revoked, and the name is free
)

func (k Kind) String() string {
	switch k {
	case Arrived:
		return "arrived"
	case Leaving:
		return "leaving"
	case Gone:
		return "gone"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// An Event is something that has happened to a name.
type Event[T any] struct {
	Kind   Kind
	Name   string
	Seq    uint64 // counts the events of the registry, from 1
	Handle revocable.Handle[T]
}

func (e Event[T]) String() string { return fmt.Sprintf("%d: %s %s", e.Seq, e.Name, e.Kind) }

// Watch is a sequence of what happens to names that match pattern, as path.Match sees it, and are those of a T.
// First come those that are there when ranging over it begins, each as Arrived and, if it is leaving, as Leaving.
// Then comes every later event, once, in the order of Seq: without gap or repetition, from one point in time. So
// of one name Arrived, Leaving and Gone follow each other. The sequence ends when ctx does.
//
// An event costs neither goroutine nor channel. A slow receiver keeps the events that it has not taken yet. One
// that has stopped ranging keeps nothing. Watch panics if the pattern is malformed.
func Watch[T any](ctx context.Context, r *Registry, pattern string) iter.Seq[Event[T]] {
	if _, err := path.Match(pattern, ""); err != nil {
		panic(fmt.Sprintf("registry: Watch with the pattern %q: %v", pattern, err))
	}
	return func(yield func(Event[T]) bool) {
		w := &watcher[T]{pattern: pattern, wake: make(chan struct{}, 1)}
		r.watch(w)
		defer r.unwatch(w)
		for {
			for _, e := range w.take() {
				if ctx.Err() != nil || !yield(e) {
					return
				}
			}
			select {
			case <-w.wake:
			case <-ctx.Done():
				return
			}
		}
	}
}

// A receiver is a watcher of any type.
type receiver interface {
	receive(k Kind, e *Entry, seq uint64)
	received()
}

// A watcher is one ranging over a Watch.
type watcher[T any] struct {
	pattern string
	wake    chan struct{} // has room for one: there is something to take

	mu      sync.Mutex
	backlog []Event[T]
}

func (w *watcher[T]) receive(k Kind, e *Entry, seq uint64) {
	p, ok := e.provider.(*revocable.Provider[T])
	if !ok {
		return
	}
	if matches, _ := path.Match(w.pattern, e.slot.name); !matches {
		return
	}
	w.mu.Lock()
	w.backlog = append(w.backlog, Event[T]{k, e.slot.name, seq, p.Handle()})
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// received puts what was received so far in order.
func (w *watcher[T]) received() {
	w.mu.Lock()
	defer w.mu.Unlock()
	slices.SortFunc(w.backlog, func(a, b Event[T]) int { return cmp.Compare(a.Seq, b.Seq) })
}

func (w *watcher[T]) take() (backlog []Event[T]) {
	w.mu.Lock()
	defer w.mu.Unlock()
	backlog, w.backlog = w.backlog, nil
	return backlog
}

// watch gives w what is there, and from then on all that happens.
func (r *Registry) watch(w receiver) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for s := range r.table.all {
		e := s.entry.Load()
		if e == nil {
			continue
		}
		w.receive(Arrived, e, e.arrived)
		if e.leaving.Load() {
			w.receive(Leaving, e, e.left)
		}
	}
	w.received()
	if r.watchers == nil {
		r.watchers = make(map[receiver]struct{})
	}
	r.watchers[w] = struct{}{}
}

func (r *Registry) unwatch(w receiver) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.watchers, w)
}

// tell tells all watchers of an event, under the registry's mutex.
func (r *Registry) tell(k Kind, e *Entry) (seq uint64) {
	r.seq++
	for w := range r.watchers {
		w.receive(k, e, r.seq)
	}
	return r.seq
}
