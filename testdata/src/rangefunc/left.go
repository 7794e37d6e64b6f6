package rangefunc

import (
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// The loop is left with the release.
func releasedAndLeft(h sensor.Handle, s *scan.Scanner) (n int) {
	r, g := h.TryAccess()
	if r == nil {
		return 0
	}
	for t := range s.Tokens() {
		if n += len(t); n > r.ID {
			break
		}
	}
	g.Release()
	return n
}

func releasedInBodyAndLeft(h sensor.Handle, s *scan.Scanner) {
	r, g := h.TryAccess()
	if r == nil {
		return
	}
	for t := range s.Tokens() {
		r.Set(float64(len(t)))
		g.Release()
		return
	}
	g.Release()
}

// There may be two rounds.
func releasedInEachRound(h sensor.Handle, s *scan.Scanner) {
	r, g := h.TryAccess()
	if r == nil {
		return
	}
	for range s.Tokens() {
		g.Release() // want revrelease
	}
}

// What is deferred in the body runs when the function returns, if there was a round.
func deferredInBody(h sensor.Handle, s *scan.Scanner) float64 {
	r, g := h.TryAccess() // want revleak
	if r == nil {
		return 0
	}
	for range s.Tokens() {
		defer g.Release()
		break
	}
	return r.Value
}

// What is deferred in the body looks when the access is over, and that is said of the look.
func lookDeferred(h sensor.Handle, n int) {
	for r := range h.Live() {
		defer r.Set(1) // want revuse
	}
	for r := range h.Live() {
		defer func() {
			n++
			r.Set(float64(n)) // want revuse
		}()
	}
}

func calledAfterwards(h sensor.Handle) {
	var f func()
	for r := range h.Live() {
		f = func() { r.Set(2) } // want revescape
	}
	if f != nil {
		f()
	}
}
