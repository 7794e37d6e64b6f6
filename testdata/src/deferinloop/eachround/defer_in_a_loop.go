// Package eachround defers in loops.
package eachround

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func okDeferEach(handles []sensor.Handle) (total float64) {
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		defer g.Release()
		total += s.Value
	}
	return total
}

func okDeferEachThenUse(handles []sensor.Handle) (total float64) {
	var sensors []*sensor.Sensor
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			return 0
		}
		defer g.Release()
		sensors = append(sensors, s)
	}
	for _, s := range sensors {
		total += s.Value
	}
	return total
}

func okLiteralPerRound(db *kv.DB, keys []string) (total int, err error) {
	for _, key := range keys {
		err := func() error {
			v, closer, err := db.Get(key)
			if err != nil {
				return err
			}
			defer closer.Close()
			total += len(v)
			return nil
		}()
		if err != nil {
			return 0, err
		}
	}
	return total, nil
}

func okHelperPerRound(dbs []*store.DB) (n int, err error) {
	for _, db := range dbs {
		k, err := count(db)
		if err != nil {
			return n, err
		}
		n += k
	}
	return n, nil
}

func count(db *store.DB) (int, error) {
	tx, err := db.Begin(false)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	return access.Count(tx, "a"), nil
}

func okDeferredCleanupOfAll(handles []sensor.Handle) (total float64) {
	var guards []revocable.Guard
	defer func() {
		for i := range guards {
			guards[i].Release()
		}
	}()
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			break
		}
		guards = append(guards, g)
		total += s.Value
	}
	return total
}

func okDeferInRangeFunc(h sensor.Handle, others []sensor.Handle) (total float64) {
	for s := range h.Live() {
		for _, o := range others {
			p, g := o.TryAccess()
			if p == nil {
				continue
			}
			defer g.Release()
			total += p.Value + s.Value
		}
	}
	return total
}

func badDeferSomeRounds(handles []sensor.Handle) (total float64) {
	for i, h := range handles {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			continue
		}
		if i > 0 {
			defer g.Release()
		}
		total += s.Value
	}
	return total
}

func badDeferAndRelease(handles []sensor.Handle) (total float64) {
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		defer g.Release() // want revrelease
		total += s.Value
		g.Release()
	}
	return total
}

func badBreakBeforeDefer(handles []sensor.Handle, limit float64) (total float64) {
	for _, h := range handles {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			continue
		}
		if s.Value > limit {
			break
		}
		defer g.Release()
		total += s.Value
	}
	return total
}

func badReturnedFromLoop(handles []sensor.Handle, name string) *sensor.Sensor {
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		defer g.Release()
		if s.Name == name {
			return s // want revescape
		}
	}
	return nil
}

func badLiteralPerRound(db *kv.DB, keys []string) (total int, err error) {
	for _, key := range keys {
		err := func() error {
			v, closer, err := db.Get(key) // want revleak
			if err != nil {
				return err
			}
			if len(v) == 0 {
				return kv.ErrNotFound
			}
			defer closer.Close()
			total += len(v)
			return nil
		}()
		if err != nil {
			return 0, err
		}
	}
	return total, nil
}

func badRangeFunc(h sensor.Handle, others []sensor.Handle) (total float64) {
	for s := range h.Live() {
		for _, o := range others {
			p, g := o.TryAccess() // want revleak
			if p == nil {
				return total
			}
			if p.Value < s.Value {
				return total
			}
			defer g.Release()
			total += p.Value
		}
	}
	return total
}
