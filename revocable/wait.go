package revocable

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// An event is something that happens once in the life of a gate and that somebody may wait for.
type event int

const (
	eventRevoked event = iota // no new access can succeed
	eventDrained              // no access is running any more
	eventCleaned              // the clean-up has ended
	events
)

// An extension holds what most gates never need. It is made by the first who waits.
type extension struct {
	heir       finisher // finishes when the stage is stageHanded; set before that
	interrupts []func() // set before anybody knows the provider, taken by who shuts it
	errs       []error  // of the clean-up; complete once the stage is stageCleaned

	mu       sync.Mutex
	channels [events]chan struct{}
	hooks    map[*hook]struct{} // called at eventRevoked
	readers  map[*slot]struct{}

	snare atomic.Pointer[snare] // set by a test

	ledger // debug mode
}

// A hook is called when the gate is shut, on the revoker's goroutine: it must not block.
type hook struct{ call func() }

// closed is the channel of everything that has already happened.
var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

func (g *gate) extension() *extension {
	if x := g.ext.Load(); x != nil {
		return x
	}
	g.ext.CompareAndSwap(nil, new(extension))
	return g.ext.Load()
}

func (g *gate) happened(e event) bool {
	switch e {
	case eventRevoked:
		return atomic.LoadUint32(&g.mode) == modeRevoked || g.open.Load() < 0
	case eventDrained:
		return g.stage.Load() >= stageDrained
	default:
		return g.stage.Load() == stageCleaned
	}
}

// announce wakes those who wait for e, which has happened.
//
// No wake-up is lost: what made happened(e) true was stored before ext is loaded here, and a waiter
// makes the extension before it asks happened(e), so one of the two sees the other. If both come to
// the extension, mu puts them in order.
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

// addHook has h called once g is shut. It reports false, and will not call h, if that has already happened.
func (g *gate) addHook(h *hook) bool {
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

// removeHook reports whether it kept h from being called.
func (g *gate) removeHook(h *hook) bool {
	x := g.extension()
	x.mu.Lock()
	defer x.mu.Unlock()
	_, there := x.hooks[h]
	delete(x.hooks, h)
	return there
}

// spins is how often a waiter looks before it parks: for a few microseconds, about what parking and
// waking would cost.
const spins = 4000

// await waits for e. It reports false if ctx ended first.
func (g *gate) await(ctx context.Context, e event) bool {
	if g.happened(e) {
		return true
	}
	if g.recorded {
		return g.awaitWatched(ctx, e)
	}
	if ctx.Err() != nil {
		return false
	}
	if runtime.GOMAXPROCS(0) > 1 { // else nobody could end the wait meanwhile
		for range spins {
			if g.happened(e) {
				return true
			}
		}
	}
	select {
	case <-g.channel(e):
		return true
	case <-ctx.Done():
		return g.happened(e)
	}
}
