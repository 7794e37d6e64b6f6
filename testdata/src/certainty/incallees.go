package certainty

import (
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What a callee does after it has followed what is nil, it never does.

func readsThenReleases(s **sensor.Sensor, g *revocable.Guard) float64 {
	v := (*s).Value
	g.Release()
	return v
}

func passesNothingToRelease() float64 {
	var s *sensor.Sensor
	var g revocable.Guard
	return readsThenReleases(&s, &g)
}

// Broken: here nothing is followed before.

func onlyReleases(g *revocable.Guard) { g.Release() }

func passesNothingButAGuard() {
	var g revocable.Guard
	onlyReleases(&g) // want revrelease
}

// A callee puts a test into a flag of its caller's, on some of its ways.

func flagOfCallee(h sensor.Handle, n int) (v float64) {
	var held bool
	s, g := h.TryAccess()
	testsSensor(&s, &held, n)
	if held {
		v = s.Value
	}
	g.Release()
	return v
}

func testsSensor(s **sensor.Sensor, held *bool, n int) {
	if n == 1 {
		*held = *s != nil
	}
}

// Broken: the flag says something else.

func flagOfNumber(h sensor.Handle, n int) (v float64) {
	var held bool
	s, g := h.TryAccess()
	testsNumber(&held, n)
	if held {
		v = s.Value // want revnil
	}
	g.Release()
	return v
}

func testsNumber(held *bool, n int) {
	if n >= 1 {
		*held = n == 2
	}
}

// Broken: the flag says that there is none.

func flagOfNothing(h sensor.Handle) (v float64) {
	var gone bool
	s, g := h.TryAccess()
	testsGone(&s, &gone)
	if gone {
		v = s.Value // want revnil
	}
	g.Release()
	return v
}

func testsGone(s **sensor.Sensor, gone *bool) { *gone = *s == nil }

// A callee takes out of a package's collection what its caller has put there.

var cabinet struct {
	byName map[string]*sensor.Sensor
	show   func() float64
}

func clearsCabinet(g *revocable.Guard) {
	delete(cabinet.byName, "a")
	g.Release()
}

func takesBackInCallee(h sensor.Handle) {
	s, g := h.TryAccess()
	cabinet.byName["a"] = s
	clearsCabinet(&g)
}

// Broken: nobody takes it out.

func leavesCabinet(g *revocable.Guard) { g.Release() }

func leavesInCabinet(h sensor.Handle) {
	s, g := h.TryAccess()
	cabinet.byName["a"] = s // want revescape
	leavesCabinet(&g)
}

// What a literal keeps is let go of by the function around it, which waits for it.

func inTheBackground(fn func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		fn()
	}()
	wg.Wait()
}

func replacedAround(h sensor.Handle) {
	s, g := h.TryAccess()
	inTheBackground(func() {
		defer g.Release()
		cabinet.show = func() float64 { return s.Value }
	})
	cabinet.show = nil
}

// Broken: nobody does.

func keptAround(h sensor.Handle) {
	s, g := h.TryAccess()
	inTheBackground(func() {
		defer g.Release()
		cabinet.show = func() float64 { return s.Value } // want revescape
	})
}

// What is found not to have been there has not ended.

func nilAfterRelease(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	g.Release()
	if s != nil {
		return 0
	}
	return reads(s)
}

func reads(s *sensor.Sensor) float64 { return s.Value }

// Broken: here it was there.

func notNilAfterRelease(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	g.Release()
	if s == nil {
		return 0
	}
	return reads(s) // want revuse
}
