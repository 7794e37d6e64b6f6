package revocable

import (
	"context"
	"runtime"
	"sync"
)

// An event is something that happens once in the life of a gate and that somebody may wait for.
type event int

const (
	eventRevoked event = iota // no new access can succeed
	eventDrained              // no access is running any more
	eventCleaned              // the clean-up has ended
	events
)

// An extension holds what most providers never need: it is made by the first who waits.
type extension struct {
	mu       sync.Mutex
	channels [events]chan struct{}
	hooks    map[*hook]struct{} // called on eventRevoked
}

// A hook is called when the gate is shut, on the revoker's goroutine: it must not block.
type hook struct{ call func() }

// closed is the channel of everything that has already happened.
var closed = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

func (g *gate) extension() *extension {
	for {
		if x := g.ext.Load(); x != nil {
			return x
		}
		g.ext.CompareAndSwap(nil, new(extension))
	}
}

func (g *gate) happened(e event) bool {
	switch e {
	case eventRevoked:
		return g.mode.Load() == modeRevoked || g.open.Load() < 0
	case eventDrained:
		return g.stage.Load() >= stageDrained
	default:
		return g.stage.Load() == stageCleaned
	}
}

// announce wakes those who wait for e, which has happened.
//
// No wake-up is lost: what makes happened(e) true comes before this load of ext, and a waiter makes
// the extension before it asks happened(e), so one of the two sees the other. If both meet in the
// extension, mu orders them.
func (g *gate) announce(e event) {
	x := g.ext.Load()
	if x == nil {
		return
	}
	x.mu.Lock()
	if c := x.channels[e]; c != nil {
		close(c)
	}
	var hooks map[*hook]struct{}
	if e == eventRevoked {
		hooks, x.hooks = x.hooks, nil
	}
	x.mu.Unlock()
	for h := range hooks {
		h.call()
	}
}

// channel returns a channel that is closed once e has happened.
func (g *gate) channel(e event) <-chan struct{} {
	if g.happened(e) {
		return closed
	}
	x := g.extension()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.channels[e] == nil {
		if g.happened(e) {
			return closed
		}
		x.channels[e] = make(chan struct{})
	}
	return x.channels[e]
}

// onRevoked arranges for h to be called once g is shut. It reports false, and does not call h, if
// that has already happened.
func (g *gate) onRevoked(h *hook) bool {
	x := g.extension()
	x.mu.Lock()
	defer x.mu.Unlock()
	if g.happened(eventRevoked) {
		return false
	}
	if x.hooks == nil {
		x.hooks = make(map[*hook]struct{})
	}
	x.hooks[h] = struct{}{}
	return true
}

func (g *gate) forget(h *hook) {
	x := g.extension()
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.hooks, h)
}

// spins is how often a waiter looks before it parks: a few microseconds, which is what parking and
// waking costs anyway.
const spins = 4000

// await waits for e. It reports false if ctx ended first; a nil ctx never ends.
func (g *gate) await(ctx context.Context, e event) bool {
	if g.happened(e) {
		return true
	}
	var done <-chan struct{}
	if ctx != nil {
		if ctx.Err() != nil {
			return false
		}
		done = ctx.Done()
	}
	if runtime.GOMAXPROCS(0) > 1 {
		for range spins {
			if g.happened(e) {
				return true
			}
		}
	}
	select {
	case <-g.channel(e):
		return true
	case <-done:
		return g.happened(e)
	}
}
