package registry

import (
	"context"
	"slices"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/internal/bindings"
)

// links is the graph of who depends on whom. There is one for all registries, because a cycle may go through several.
// An edge leads from a consumer to the device that has what it is linked to, and from a child to its parent, without
// which it is not bound either.
var links = graph{suppliers: make(map[bindings.Binding][]*link), entries: make(map[bindings.Binding][]*Entry)}

type graph struct {
	mu        sync.Mutex
	suppliers map[bindings.Binding][]*link  // by consumer
	entries   map[bindings.Binding][]*Entry // by owner, and by those whose child, and so on, the owner is
}

// A link has a consumer unbound before its supplier goes.
type link struct {
	consumer bindings.Binding
	supplier *Entry
}

// Link makes the device of b depend on suppliers: before one of them is withdrawn, the device is unbound. The link
// lasts as long as the binding. A withdrawal also waits, to the end, for a device that is being unbound for
// another reason.
//
// Link fails with [revocable.ErrRevoked] if one of the suppliers is leaving, and with ErrCycle if one of them,
// over any number of links and parents, depends on the device of b; then it makes no link at all. A Withdraw that
// begins meanwhile sees the link.
//
//revlint:acquire _ guard b from suppliers optional if return == nil
func Link(b *device.Bound, suppliers ...*Entry) error {
	consumer := bindings.Of(b, "registry.Link")
	links.mu.Lock()
	defer links.mu.Unlock()
	for _, e := range suppliers {
		if e.leaving.Load() || !e.handle.Alive() {
			return about(e.slot.name, revocable.ErrRevoked)
		}
		if e.owner != nil && links.reaches(e.owner, consumer, make(map[bindings.Binding]bool)) {
			return about(e.slot.name, ErrCycle)
		}
	}
	var made []*link
	consumer.OnEnd("registry.Link", func() { links.drop(made) })
	for _, e := range suppliers {
		l := &link{consumer, e}
		if e.consumers == nil {
			e.consumers = make(map[*link]struct{})
		}
		e.consumers[l] = struct{}{}
		links.suppliers[consumer] = append(links.suppliers[consumer], l)
		made = append(made, l)
	}
	return nil
}

// reaches reports whether from is to, or depends on it.
func (g *graph) reaches(from, to bindings.Binding, seen map[bindings.Binding]bool) bool {
	if from == to {
		return true
	}
	if seen[from] {
		return false
	}
	seen[from] = true
	if p := from.Parent(); p != nil && g.reaches(p, to, seen) {
		return true
	}
	return slices.ContainsFunc(g.suppliers[from], func(l *link) bool {
		return l.supplier.owner != nil && g.reaches(l.supplier.owner, to, seen)
	})
}

// drop removes links.
func (g *graph) drop(dropped []*link) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, l := range dropped {
		delete(l.supplier.consumers, l)
		rest := slices.DeleteFunc(g.suppliers[l.consumer], func(other *link) bool { return other == l })
		if len(rest) > 0 {
			g.suppliers[l.consumer] = rest
		} else {
			delete(g.suppliers, l.consumer)
		}
	}
}

// own notes whose entry e is.
func (g *graph) own(e *Entry) {
	for o := e.owner; o != nil; o = o.Parent() {
		g.entries[o] = append(g.entries[o], e)
	}
}

func (g *graph) disown(e *Entry) {
	for o := e.owner; o != nil; o = o.Parent() {
		rest := slices.DeleteFunc(g.entries[o], func(other *Entry) bool { return other == e })
		if len(rest) > 0 {
			g.entries[o] = rest
		} else {
			delete(g.entries, o)
		}
	}
}

func (e *Entry) linked() bool {
	links.mu.Lock()
	defer links.mu.Unlock()
	return len(e.consumers) > 0
}

// dependents returns all that depends on e, and those of it on which nothing depends.
func (g *graph) dependents(e *Entry) (all, last []bindings.Binding) {
	g.mu.Lock()
	defer g.mu.Unlock()
	seen := make(map[bindings.Binding]bool)
	var visit func(e *Entry) (any bool)
	visit = func(e *Entry) bool {
		for l := range e.consumers {
			if seen[l.consumer] {
				continue
			}
			seen[l.consumer] = true
			depended := false
			for _, own := range g.entries[l.consumer] {
				depended = visit(own) || depended
			}
			all = append(all, l.consumer)
			if !depended {
				last = append(last, l.consumer)
			}
		}
		return len(e.consumers) > 0
	}
	visit(e)
	return all, last
}

// unbindConsumers unbinds what depends on e, in turns: each time those on whom nothing depends. What links to one of the
// rest meanwhile comes in a later turn, or, if the last has begun, is unbound when that withdraws its own entries.
func (e *Entry) unbindConsumers() {
	var panicked any
	for {
		_, last := links.dependents(e)
		if len(last) == 0 {
			break
		}
		if p := unbindAll(last); p != nil && panicked == nil {
			panicked = p
		}
	}
	if panicked != nil {
		panic(panicked)
	}
}

// unbindAll unbinds all at the same time. It returns what one of them panicked with.
func unbindAll(bound []bindings.Binding) (panicked any) {
	if len(bound) == 1 {
		return unbind(bound[0])
	}
	outcomes := make(chan any)
	for _, b := range bound {
		go func() {
			var p any
			defer func() { outcomes <- p }() // also when an undoing ends the goroutine
			p = unbind(b)
		}()
	}
	for range bound {
		if p := <-outcomes; p != nil {
			panicked = p
		}
	}
	return panicked
}

// unbind unbinds one. Its links end with that.
func unbind(b bindings.Binding) (panicked any) {
	defer func() { panicked = recover() }()
	_ = b.Unbind(context.Background()) // which cannot end before
	return nil
}

// reportSelf reports, in debug mode, a Withdraw that waits for its caller.
func (e *Entry) reportSelf() {
	all, _ := links.dependents(e)
	for _, b := range all {
		b.ReportSelfUnbind()
	}
}
