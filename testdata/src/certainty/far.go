package certainty

import (
	"errors"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What stands farther from its root than paths are followed: each is a value of
// its own, so what a callee finds out of one says nothing of another.

type shelf struct{ box *box }
type box struct{ tray *tray }
type tray struct{ cell *cell }

type cell struct {
	open, full bool
	mu         sync.Mutex
	err        error
	next       *cell
}

// endUnless releases g, except where the cell is open and not full.
func (c *cell) endUnless(g revocable.Guard) {
	if c.open && !c.full {
		return
	}
	g.Release()
}

func endedFarAway(h sensor.Handle, s *shelf) {
	v, g := h.TryAccess()
	if v == nil {
		return
	}
	s.box.tray.cell.endUnless(g)
	_ = v.Value
}

func endedNearby(h sensor.Handle) {
	v, g := h.TryAccess()
	if v == nil {
		return
	}
	c := cell{open: true, full: true}
	c.endUnless(g)
	_ = v.Value // want revuse
}

// isClosed takes a lock and gives it back: for its callers nothing has ended.
func (c *cell) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err != nil
}

func (c *cell) ping() error {
	if c.isClosed() {
		return errors.New("closed")
	}
	c.next.full = true
	return c.next.err
}

func pingFarAway(s *shelf) error {
	return s.box.tray.cell.ping()
}

func lockedAround(c *cell) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}
