package unproved

import (
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// One of several functions is called: which, may go with what else is known.

func readsOneOfTwo(h sensor.Handle, twice bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	read := func() float64 { return s.Value } // answer: unknown: paths or code out of sight may have ended it
	sum := read()
	if twice {
		read = func() float64 { return 2 * s.Value } // answer: unknown: paths or code out of sight may have ended it
	}
	g.Release()
	return sum + read()
}

func readsOneOfTwoBefore(h sensor.Handle, twice bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	read := func() float64 { return s.Value } // answer: proved
	if twice {
		read = func() float64 { return 2 * s.Value } // answer: proved
	}
	return read()
}

func oneOfTwoReleases(h sensor.Handle, keep bool) float64 {
	s, g := h.TryAccess() // answer: unknown: paths or code out of sight may have ended it
	if s == nil {
		return 0
	}
	end := func() { g.Release() }
	if keep {
		end = func() {}
	}
	end()
	return s.Value // answer: unknown: paths or code out of sight may have ended it
}

func bothRelease(h sensor.Handle, loud bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	end := func() { g.Release() }
	if loud {
		end = func() { g.Release(); println("released") }
	}
	end()
	return s.Value // want revuse
}

func bothReleaseLast(h sensor.Handle, loud bool) float64 {
	s, g := h.TryAccess() // answer: silent
	if s == nil {
		return 0
	}
	end := func() { g.Release() }
	if loud {
		end = func() { g.Release(); println("released") }
	}
	v := s.Value // answer: proved
	end()
	return v
}

func do(fn func()) { fn() }

func oneOfTwoHandedOn(h sensor.Handle, keep bool) float64 {
	s, g := h.TryAccess() // answer: unknown: paths or code out of sight may have ended it
	if s == nil {
		return 0
	}
	end := func() { g.Release() }
	if keep {
		end = func() {}
	}
	do(end)
	return s.Value // answer: unknown: paths or code out of sight may have ended it
}

func oneOfTwoDeferred(h sensor.Handle, loud bool) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	last := func() { v = s.Value } // want revuse
	if loud {
		last = func() { println("over") }
	}
	defer func() { last() }()
	g.Release()
	return 0
}

// A function that a callee made of what it was given may look at that whenever it is called.

func reader(s *sensor.Sensor) (read func() float64) {
	read = func() float64 { return s.Value }
	if s == nil {
		return read
	}
	read()
	return read
}

func readsLater(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	read := reader(s) // answer: proved
	g.Release()
	return read() // answer: unknown: a callee may look at it after it was released
}
