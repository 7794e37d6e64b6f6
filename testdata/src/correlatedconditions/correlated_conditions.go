// Package correlatedconditions acquires and releases under conditions that go together.
package correlatedconditions

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func okSameFlag(h sensor.Handle, exact bool) (v float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	if exact {
		if s, g = h.TryAccess(); s == nil {
			return 0
		}
	}
	v = 20
	if exact {
		v = s.Read()
		g.Release()
	}
	return v
}

func okStoredCheck(h sensor.Handle, scale float64) (v float64) {
	s, g := h.TryAccess()
	held := s != nil
	v = scale
	if held {
		v *= s.Value
	}
	v++
	if held {
		g.Release()
	}
	return v
}

func okStoredCheckInverted(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	gone := s == nil
	if gone {
		return 0
	}
	defer g.Release()
	return s.Read()
}

func okStoredError(db *store.DB) (n int) {
	tx, err := db.Begin(false)
	ok := err == nil
	if ok {
		n = access.Count(tx, "a")
	}
	if !ok {
		return -1
	}
	tx.Rollback()
	return n
}

func okConjunction(h sensor.Handle, want bool) (v float64) {
	s, g := h.TryAccess()
	use := want && s != nil
	if use {
		v = s.Read()
	}
	g.Release()
	return v
}

func okFlagSetOnSuccess(h sensor.Handle, wanted bool) (v float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	opened := false
	if wanted {
		s, g = h.TryAccess()
		if s != nil {
			opened = true
		}
	}
	if opened {
		v = s.Read()
	}
	if opened {
		g.Release()
	}
	return v
}

func okReleasedFlag(h sensor.Handle, early bool) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	released := false
	v = s.Value
	if early {
		g.Release()
		released = true
	}
	v *= 2
	if !released {
		g.Release()
	}
	return v
}

func okTransactionIfWritable(db *store.DB, write bool) (err error) {
	var tx *store.Tx
	if write {
		tx, err = db.Begin(true)
		if err != nil {
			return err
		}
	}
	if tx != nil {
		err = access.Put(tx, "a", "k", "v")
	}
	if tx != nil {
		if err != nil {
			tx.Rollback()
			return err
		}
		return tx.Commit()
	}
	return nil
}

func okEnum(h sensor.Handle, mode int) (v float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	switch mode {
	case 1, 2:
		s, g = h.TryAccess()
	}
	if s == nil {
		return 0
	}
	v = s.Value * float64(mode)
	g.Release()
	return v
}

func badOtherFlag(h sensor.Handle, exact, quick bool) (v float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	if exact {
		if s, g = h.TryAccess(); s == nil { // want revleak
			return 0
		}
		v = s.Value
	}
	if quick {
		g.Release()
	}
	return v
}

func badFlagChanged(h sensor.Handle, exact bool, limit float64) (v float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	if exact {
		if s, g = h.TryAccess(); s == nil { // want revleak
			return 0
		}
		v = s.Value
		if v > limit {
			exact = false
		}
	}
	if exact {
		g.Release()
	}
	return v
}

func badStoredCheckInverted(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	held := s != nil
	if held {
		return 0
	}
	return s.Value // want revnil
}

func badStoredDisjunction(h sensor.Handle, want bool) (v float64) {
	s, g := h.TryAccess()
	use := want || s != nil
	if use {
		v = s.Value // want revnil
	}
	g.Release()
	return v
}

func badReleasedFlagForgotten(h sensor.Handle, early bool) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	released := false
	v = s.Value
	if early {
		g.Release()
	}
	if !released {
		g.Release() // want revrelease
	}
	return v
}

func badUsedWhenReleased(h sensor.Handle, early bool) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	if early {
		g.Release()
	}
	v = 1
	if early {
		return s.Value // want revuse
	}
	g.Release()
	return v
}

func badTransactionIfWritable(db *store.DB, write, force bool) (err error) {
	var tx *store.Tx
	if write {
		tx, err = db.Begin(true) // want revleak
		if err != nil {
			return err
		}
	}
	if tx != nil && force {
		return tx.Commit()
	}
	return nil
}
