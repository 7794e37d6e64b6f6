// Package musthelpers has helpers that do not come back without a resource.
package musthelpers

import (
	"fmt"
	"log"
	"os"
	"runtime"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func must(s *sensor.Sensor, g revocable.Guard) (*sensor.Sensor, revocable.Guard) {
	if s == nil {
		panic("no sensor")
	}
	return s, g
}

func must2[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func mustOpen(h sensor.Handle) (*sensor.Sensor, revocable.Guard) {
	s, g, err := access.Open(h)
	if err != nil {
		panic(fmt.Sprintf("open: %v", err))
	}
	return s, g
}

func fatalf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format, args...)
	os.Exit(2)
}

func require(cond bool, what string) {
	if !cond {
		fatalf("%s\n", what)
	}
}

// complain comes back.
func complain(format string, args ...any) { log.Printf(format, args...) }

// A tester is like testing.T.
type tester struct{ failed bool }

func (t *tester) Errorf(format string, args ...any) {
	t.failed = true
	fmt.Printf(format, args...)
}

func (t *tester) Fatalf(format string, args ...any) {
	t.Errorf(format, args...)
	runtime.Goexit()
}

func okMust(h sensor.Handle) float64 {
	s, g := must(h.TryAccess())
	defer g.Release()
	return s.Read()
}

func okMustOpen(h sensor.Handle) float64 {
	s, g := mustOpen(h)
	defer g.Release()
	return s.Value
}

func okMustElsewhere(h sensor.Handle) float64 {
	p, g := h.TryAccess()
	s := access.Must(p)
	defer g.Release()
	return s.Value
}

func okMustStatement(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	access.Must(s)
	v := s.Value
	g.Release()
	return v
}

func okMust2(db *store.DB) int {
	tx := must2(db.Begin(false))
	defer tx.Rollback()
	return access.Count(tx, "a")
}

func okLogFatal(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		log.Fatalf("no sensor")
	}
	defer g.Release()
	return s.Value
}

func okExit(db *kv.DB) int {
	v, closer, err := db.Get("k")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer closer.Close()
	return int(v[0])
}

func okOwnFatal(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		fatalf("no sensor %v", h)
	}
	defer g.Release()
	return s.Value
}

func okRequire(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	require(s != nil, "a sensor is needed")
	defer g.Release()
	return s.Value
}

func okTester(t *tester, h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		t.Fatalf("no sensor")
	}
	defer g.Release()
	if s.Value != 1 {
		t.Errorf("value %v", s.Value)
	}
}

func okPanicNeedsNoRelease(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	if s.Value < 0 {
		panic("negative")
	}
	v := s.Value
	g.Release()
	return v
}

func badComplains(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		complain("no sensor")
	}
	defer g.Release()
	return s.Value // want revnil
}

func badLogs(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		log.Println("no sensor")
	}
	return s.Value // want revnil
}

func badTester(t *tester, h sensor.Handle) {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		t.Errorf("no sensor")
	}
	if s.Value != 1 { // want revnil
		t.Errorf("wrong value")
	}
}

func badRequiresTheOther(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	require(sa != nil, "a is needed")
	v := sa.Value
	return v + sb.Value // want revnil
}

func badMustLeaks(h sensor.Handle) float64 {
	s, _ := must(h.TryAccess()) // want revleak
	return s.Value
}

func badMust2Leaks(db *store.DB) int {
	tx := must2(db.Begin(false)) // want revleak
	return access.Count(tx, "a")
}

func badMustOpenUsedLate(h sensor.Handle) float64 {
	s, g := mustOpen(h)
	g.Release()
	return s.Value // want revuse
}
