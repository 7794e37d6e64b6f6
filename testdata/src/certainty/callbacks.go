package certainty

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Functions that are handed to what calls them.

func finally(g *revocable.Guard, end func(*revocable.Guard)) { end(g) }

func do(f func()) { f() }

func endedByExpression(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	_ = s.Value
	finally(&g, (*revocable.Guard).Release)
}

func usedAfterExpression(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	finally(&g, (*revocable.Guard).Release)
	_ = s.Value // want revuse
}

func endedByDo(h sensor.Handle) {
	s, release := access.Acquire(h)
	if s == nil {
		return
	}
	_ = s.Value
	do(release)
}

func usedAfterDo(h sensor.Handle) {
	s, release := access.Acquire(h)
	if s == nil {
		return
	}
	do(release)
	_ = s.Value // want revuse
}

// Elements that are released in a loop are different ones.

type held struct {
	s *sensor.Sensor
	g revocable.Guard
}

func (h *held) close() { h.g.Release() }

func elementsClosed(hs []sensor.Handle) {
	var all []held
	for _, h := range hs {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		all = append(all, held{s, g})
	}
	for i := range all {
		_ = all[i].s.Value
		all[i].close()
	}
}

func elementsClosedLater(hs []sensor.Handle) (sum float64) {
	var all []held
	defer func() {
		for i := range all {
			all[i].close()
		}
	}()
	for _, h := range hs {
		s, g := h.TryAccess()
		if s == nil {
			break
		}
		all = append(all, held{s, g})
		sum += s.Value
	}
	return sum
}

// Conditions that are asked twice.

func correlated(h sensor.Handle, n int) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	if n > 0 {
		g.Release()
	}
	if !(n > 0) {
		_ = s.Value
		g.Release()
	}
}

func correlatedBoth(h sensor.Handle, a, b bool) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	if a && b {
		g.Release()
	}
	if !(a && b) {
		_ = s.Value
		g.Release()
	}
}

func notCorrelated(h sensor.Handle, n, m int) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return
	}
	if n > 0 {
		g.Release()
		return
	}
	if m > 0 {
		_ = s.Value
		g.Release()
	}
}

func once(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	for range 1 {
		_ = s.Value
		g.Release()
	}
}

func twice(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	for range 2 {
		_ = s.Value // want revuse
		g.Release()
	}
}

// A captured variable that nobody reads outside.

func capturedOnly(h sensor.Handle, spawn func(func())) {
	var s *sensor.Sensor
	spawn(func() {
		var g revocable.Guard
		s, g = h.TryAccess()
		if s != nil {
			_ = s.Value
		}
		g.Release()
	})
}
