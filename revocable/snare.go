package revocable

import (
	"sync/atomic"

	snares "github.com/revlint/revlint/revocable/internal/snare"
)

// A snare revokes a provider at an access that a test has chosen: see package revocabletest.
type snare struct {
	left   atomic.Int64 // accesses, with that one
	victim Revoker
}

func init() {
	snares.RevokeAt = func(provider any, n int64) (sprung func() bool) {
		s := &snare{victim: provider.(Revoker)}
		s.left.Store(n)
		s.victim.cell().set(s)
		return func() bool { return s.left.Load() <= 0 }
	}
}

// set has all accesses that begin from now on pass s, in the slow way.
func (g *gate) set(s *snare) {
	if g.void() {
		return
	}
	g.extension().snare.Store(s)
	if !atomic.CompareAndSwapUint32(&g.mode, modeInline, modeSnared) &&
		atomic.CompareAndSwapUint32(&g.mode, modeSharded, modeSnared) {
		demote()
	}
}

// pass lets an access pass the snare, if there is one, and springs it if the access is the one.
func (g *gate) pass() {
	if s := g.ext.Load().snare.Load(); s != nil && s.left.Add(-1) == 0 {
		s.victim.RevokeNoWait()
	}
}

func (g *gate) enterSnared() *counter {
	g.pass()
	if g.open.Add(1) < 0 {
		g.open.Add(-1)
		return nil
	}
	return &g.open
}
