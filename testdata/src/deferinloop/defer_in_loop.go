// Package deferinloop defers releases in loops: each is held until the function ends.
package deferinloop

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

type fleet struct {
	handles []sensor.Handle
	dbs     map[string]*store.DB
}

// All are held until the end, which is late, but not wrong.
func (f *fleet) okAllUntilTheEnd() (sum float64) {
	for _, h := range f.handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		defer g.Release()
		sum += s.Value
	}
	return sum
}

func (f *fleet) okClosurePerRound() (sum float64) {
	for _, h := range f.handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		defer func() { g.Release() }()
		sum += s.Value
	}
	return sum
}

func (f *fleet) okLiteralPerRound() (sum float64) {
	for _, h := range f.handles {
		func() {
			s, g := h.TryAccess()
			if s == nil {
				return
			}
			defer g.Release()
			sum += s.Value
		}()
	}
	return sum
}

func read(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.Value
}

func (f *fleet) okFunctionPerRound() (sum float64) {
	for _, h := range f.handles {
		sum += read(h)
	}
	return sum
}

// The closure reads g when the function ends: the last one is released.
func (f *fleet) badOneVariable() (sum float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	defer func() { g.Release() }()
	for _, h := range f.handles {
		s, g = h.TryAccess() // want revleak
		if s == nil {
			return sum
		}
		sum += s.Value
	}
	return sum
}

// The receiver &g is evaluated at the defer: it is the same variable each time.
func (f *fleet) okOneVariableReleased() (sum float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for _, h := range f.handles {
		s, g = h.TryAccess()
		if s == nil {
			return sum
		}
		sum += s.Value
		g.Release()
	}
	return sum
}

func (f *fleet) badDeferredAndReleased() (sum float64) {
	for _, h := range f.handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		defer g.Release() // want revrelease
		sum += s.Value
		if sum > 100 {
			g.Release()
			break
		}
	}
	return sum
}

func (f *fleet) badContinueBeforeDefer() (sum float64) {
	for _, h := range f.handles {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			continue
		}
		if s.Value < 0 {
			continue
		}
		defer g.Release()
		sum += s.Value
	}
	return sum
}

// Each transaction keeps its store locked until the function ends.
func (f *fleet) okTransactions() (n int, err error) {
	for name, db := range f.dbs {
		tx, err := db.Begin(false)
		if err != nil {
			return n, err
		}
		defer tx.Rollback()
		if b := tx.Bucket(name); b != nil {
			n += len(b.Get("last"))
		}
	}
	return n, nil
}

func (f *fleet) badEscapesAtTheEnd() (values [][]byte, err error) {
	for name, db := range f.dbs {
		tx, err := db.Begin(false)
		if err != nil {
			return nil, err
		}
		defer tx.Rollback()
		if b := tx.Bucket(name); b != nil {
			values = append(values, append([]byte(nil), b.Get("last")...), b.Get("first")) // want revescape
		}
	}
	return values, nil
}

func (f *fleet) okUsedWhileAllAreHeld() (best float64) {
	var held []*sensor.Sensor
	for _, h := range f.handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		defer g.Release()
		held = append(held, s)
	}
	for _, s := range held {
		best = max(best, s.Value)
	}
	return best
}

// In a range over a function, too, it runs when the function ends.
func (f *fleet) okDeferInLive(h sensor.Handle) (v float64) {
	for s := range h.Live() {
		t, g := h.TryAccess()
		if t == nil {
			break
		}
		defer g.Release()
		v = s.Value + t.Value
	}
	return v
}

func (f *fleet) okGuardsReleasedByOneDefer() (sum float64) {
	var guards []revocable.Guard
	defer func() {
		for i := range guards {
			guards[i].Release()
		}
	}()
	for _, h := range f.handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		guards = append(guards, g)
		sum += s.Value
	}
	return sum
}
