package revnil

import (
	"fmt"
	"log"
	"os"
	"testing"

	"github.com/revlint/revlint/revocable"
)

// must gives back what it is given, or does not return.
func must(s *sensor) *sensor {
	if s == nil {
		panic(errGone)
	}
	return s
}

func mustAny[T any](p *T) *T {
	if p == nil {
		panic("nothing there")
	}
	return p
}

func isGone(s *sensor) bool { return s == nil }

func check(s *sensor) error {
	if s == nil {
		return errGone
	}
	return nil
}

func die(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format, args...)
	os.Exit(1)
}

func lastOf(s *sensor) float64 { return s.last }

func lastOrZero(s *sensor) float64 {
	if s == nil {
		return 0
	}
	return s.last
}

func open(h handle) (*sensor, revocable.Guard, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, revocable.Guard{}, errGone
	}
	return s, g, nil
}

func helperNeedsIt(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return lastOf(s) // want revnil
}

func helperDoesWithout(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return lastOrZero(s)
}

func helperPanics(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	must(s)
	return s.last
}

func helperPanicsGeneric(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return mustAny(s).last
}

func helperSaysSo(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if isGone(s) {
		return 0
	}
	return s.last
}

func helperSaysSoTheWrongWay(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if !isGone(s) {
		return 0
	}
	return s.last // want revnil
}

func helperReturnsError(h handle) (float64, error) {
	s, g := h.TryAccess()
	defer g.Release()
	if err := check(s); err != nil {
		return 0, err
	}
	return s.last, nil
}

func helperErrorDropped(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	_ = check(s)
	return s.last // want revnil
}

func opened(h handle) (float64, error) {
	s, g, err := open(h)
	if err != nil {
		return 0, err
	}
	defer g.Release()
	return s.last, nil
}

func openedUnchecked(h handle) float64 {
	s, g, _ := open(h)
	defer g.Release()
	return s.last // want revnil
}

func fatal(h handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		log.Fatal("sensor is gone")
	}
	defer g.Release()
	return s.last
}

func ownFatal(h handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		die("sensor %v is gone", h)
	}
	defer g.Release()
	return s.last
}

func fatalInTest(t testing.TB, h handle) {
	s, g := h.TryAccess()
	if s == nil {
		t.Fatal("sensor is gone")
	}
	defer g.Release()
	if s.last != 0 {
		t.Error("sensor was read")
	}
}

func errorInTest(t testing.TB, h handle) {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		t.Error("sensor is gone")
	}
	if s.last != 0 { // want revnil
		t.Error("sensor was read")
	}
}

func fatalInTestOfT(t *testing.T, h handle) {
	s, g := h.TryAccess()
	if s == nil {
		t.Fatalf("%v is gone", h)
	}
	defer g.Release()
	s.last = 0
}
