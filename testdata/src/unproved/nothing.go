package unproved

import (
	"io"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Interfaces with nothing in them, or with a nil pointer.

type valued interface{ Read() float64 }

func readFrom(v valued) float64 { return v.Read() }

func calledOnNil() {
	var s *sensor.Sensor
	var v valued = s
	_ = v.Read() // answer: unknown: it is nil on this path
}

func passedAsNil() {
	var s *sensor.Sensor
	_ = readFrom(s) // answer: unknown: it is nil on this path
}

func closedBeforeGiven(db *kv.DB) error {
	var c io.Closer
	defer c.Close() // answer: unknown: it is nil on this path
	v, c, err := db.Get("a")
	if err != nil {
		return err
	}
	_ = v[0]
	return c.Close()
}

// A look after the guard was handed on: it may have been released.

func closeEach(gs ...*revocable.Guard) {
	for _, g := range gs {
		g.Release() // answer: unknown: it is not known where it comes from
	}
}

func closeAndLook(s *sensor.Sensor, g revocable.Guard) float64 {
	closeEach(&g)
	return s.Value
}

func lookedAtAfterItsGuardWent(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	return closeAndLook(s, g) // want revuse
}

// A guard in a struct that was passed is one guard.

func (a held) closeTwice() {
	a.g.Release()
	func() { a.g.Release() }() // want revrelease
}

func (a held) closeInRounds(n int) {
	for range n {
		a.g.Release() // want revrelease
	}
}

func (a held) closeAndReplace(h sensor.Handle) {
	a.g.Release()
	a.s, a.g = h.TryAccess()
	a.g.Release()
}

func (s *session) closeAll() {
	for i := range s.vs {
		s.vs[i].close() // answer: unknown: it is not known where it comes from
	}
}

func closeAllOfASession(hs []sensor.Handle) {
	var s session
	s.openAll(hs)
	for i := range s.vs {
		s.vs[i].close() // answer: unknown: it is not known where it comes from
	}
}

func (a held) close() { a.g.Release() }

// A slice that is nil has no elements, so nothing is looked at in a loop over it.
func usedIfGiven(h sensor.Handle) float64 {
	var all []held
	if s, g := h.TryAccess(); s != nil {
		all = append(all, held{s, g})
	}
	sum := 0.0
	for _, a := range all {
		sum += a.s.Value // answer: proved
	}
	for i := range all {
		all[i].close()
	}
	return sum
}

func keyedIfGiven(h sensor.Handle) float64 {
	var all map[string]held
	if s, g := h.TryAccess(); s != nil {
		all = map[string]held{"a": {s, g}}
	}
	sum := 0.0
	for _, a := range all {
		sum += a.s.Value // answer: proved
	}
	for _, a := range all {
		a.close()
	}
	return sum
}
