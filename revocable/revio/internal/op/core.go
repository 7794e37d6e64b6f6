// Package op is what the wrappers of revio, revhttp and revsql have in common: the operations of any number of
// objects pass one gate, and those that sleep are woken when it shuts.
package op

import (
	"errors"
	"maps"
	"net"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/revlint/revlint/revocable"
)

// Settings are what the options of a wrapper add up to.
type Settings struct {
	Behind     []revocable.Holder
	Interrupts []func()
	Is         []error
}

// A Core is what revokes: the gate, and the objects that must be woken when it shuts.
type Core struct {
	revoker // hides what else a provider can do from revio.Owner, which has the methods of a Core's fields

	handle     revocable.Handle[Core]
	behind     []revocable.Holder
	cause      error
	interrupts []func()
	interrupt  sync.Once

	// Only where there are providers behind: operations that run, and waking while wake goes on.
	running atomic.Int64
	waker   sync.Mutex // held while wake goes on

	mu       sync.Mutex
	sleepers map[Sleeper]struct{}
	unhook   []func() bool // from behind; hooked there as long as there are sleepers
}

type revoker = revocable.Revoker

// A Sleeper is an object whose operations may sleep.
type Sleeper interface {
	// Wake makes the operations that run return soon. It is called when no new one can begin, perhaps more than
	// once, and must not block.
	Wake()
}

// WrapConn wraps a connection that came from an object of core. Package revio, which has it, sets it.
var WrapConn func(core *Core, c net.Conn) net.Conn

// New makes a core. Errors of revocation also are those of is.
func New(s Settings, is ...error) *Core {
	c := &Core{behind: s.Behind, cause: revocable.ErrRevoked, interrupts: s.Interrupts}
	if is = slices.Concat(is, s.Is); len(is) > 0 {
		c.cause = &cause{is}
	}
	p := revocable.NewProvider(c, revocable.WithInterrupt((*Core).wake), revocable.WithCleanup((*Core).retire))
	c.revoker, c.handle = p, p.Handle()
	return c
}

// Cause is what operations fail with after the revocation.
func (c *Core) Cause() error { return c.cause }

// An Access is a running operation.
type Access struct {
	own    revocable.Guard
	behind *held // nil unless there is something behind
}

// held is what an operation holds behind its core's. It is pooled, so that such operations do not allocate either.
type held struct {
	core   *Core
	guards []revocable.Guard
}

var pool = sync.Pool{New: func() any { return new(held) }}

// Enter begins an operation. It fails once the core, or a provider behind it, has been revoked.
func (c *Core) Enter() (a Access, ok bool) {
	p, g := c.handle.TryAccess()
	if p == nil {
		return a, false
	}
	a.own = g
	if len(c.behind) > 0 && !c.enterBehind(&a) {
		return a, false
	}
	return a, true
}

// Plain returns the handle of a core with nothing behind it: an operation may then be an access to that, which spares it
// calls. With something behind the handle is the zero one, which admits nobody.
func (c *Core) Plain() (h revocable.Handle[Core]) {
	if len(c.behind) == 0 {
		h = c.handle
	}
	return h
}

func (c *Core) enterBehind(a *Access) bool {
	h := pool.Get().(*held)
	for _, b := range c.behind {
		g, ok := b.TryHold()
		if !ok {
			h.release()
			a.own.Release()
			return false
		}
		h.guards = append(h.guards, g)
	}
	h.core, a.behind = c, h
	c.running.Add(1)
	if !c.Alive() {
		c.wakeAll() // a wake that came before this was counted has left that out
	}
	return true
}

// Leave ends the operation.
func (a *Access) Leave() {
	if h := a.behind; h != nil {
		if h.core.running.Add(-1) >= waking {
			h.core.awaitWake() // the objects are being touched on account of this operation
		}
		a.behind = nil
		h.release()
	}
	a.own.Release()
}

func (c *Core) awaitWake() {
	c.waker.Lock()
	defer c.waker.Unlock()
}

func (h *held) release() {
	for i := range h.guards {
		h.guards[i].Release()
	}
	clear(h.guards)
	h.core, h.guards = nil, h.guards[:0]
	pool.Put(h)
}

// Alive reports whether operations can begin. Once it is false it stays so.
func (c *Core) Alive() bool {
	if !c.handle.Alive() {
		return false
	}
	for _, h := range c.behind {
		if !h.Alive() {
			return false
		}
	}
	return true
}

// Interruptible reports whether the owner can wake operations by means of its own.
func (c *Core) Interruptible() bool { return len(c.interrupts) > 0 }

// Add has s woken by revocations until Remove. It need not be called again for what was revoked: no operation
// begins there.
func (c *Core) Add(s Sleeper) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.handle.Alive() {
		return
	}
	if c.sleepers == nil {
		c.sleepers = make(map[Sleeper]struct{})
	}
	c.sleepers[s] = struct{}{}
	if c.unhook == nil {
		for _, h := range c.behind {
			c.unhook = append(c.unhook, h.OnRevoke(c.wake))
		}
	}
}

// Remove has s not woken any more.
func (c *Core) Remove(s Sleeper) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sleepers, s)
	if len(c.sleepers) == 0 {
		c.unhookLocked()
	}
}

// retire forgets all sleepers: no operation of theirs is running, or ever will.
func (c *Core) retire() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sleepers = nil
	c.unhookLocked()
}

func (c *Core) unhookLocked() {
	for _, stop := range c.unhook {
		stop()
	}
	c.unhook = nil
}

// waking is more than all operations that can run.
const waking = 1 << 32

// wake wakes all that sleep.
//
// The owner's revocation waits for whoever runs this. That of a provider behind does not: it waits for operations, and
// once none is running its resource is gone, and the objects with it. So there the objects are touched only if an
// operation is running, which does not leave before that is done.
func (c *Core) wake() {
	if len(c.behind) > 0 {
		c.waker.Lock()
		defer c.waker.Unlock()
		defer c.running.Add(-waking)
		if c.running.Add(waking) == waking {
			return
		}
	}
	c.wakeAll()
}

func (c *Core) wakeAll() {
	c.mu.Lock()
	sleepers := slices.Collect(maps.Keys(c.sleepers))
	c.mu.Unlock()
	for _, s := range sleepers {
		s.Wake()
	}
	c.interrupt.Do(func() {
		for _, fn := range c.interrupts {
			fn()
		}
	})
}

// A cause is ErrRevoked and some more.
type cause struct{ is []error }

func (*cause) Error() string { return revocable.ErrRevoked.Error() }

func (*cause) Unwrap() error { return revocable.ErrRevoked }

func (c *cause) Is(target error) bool {
	return slices.ContainsFunc(c.is, func(err error) bool { return errors.Is(err, target) })
}
