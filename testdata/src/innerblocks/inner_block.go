// Package innerblocks has accesses that last for an inner block, with the return outside of it.
package innerblocks

import (
	"fmt"
	"sort"

	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func okBlock(h sensor.Handle) (v float64) {
	{
		s, g := h.TryAccess()
		if s != nil {
			v = s.Read()
		}
		g.Release()
	}
	return v * 2
}

func okIf(h sensor.Handle) (v float64) {
	if s, g := h.TryAccess(); s != nil {
		v = s.Read()
		g.Release()
	}
	return v
}

func okIfElse(h sensor.Handle, fallback float64) float64 {
	var v float64
	if s, g := h.TryAccess(); s != nil {
		defer g.Release()
		v = s.Read()
	} else {
		v = fallback
	}
	return v
}

func okSwitch(h sensor.Handle, mode string) (out string) {
	switch mode {
	case "value":
		s, g := h.TryAccess()
		if s == nil {
			break
		}
		out = fmt.Sprint(s.Read())
		g.Release()
	case "name":
		if s, g := h.TryAccess(); s != nil {
			out = s.Name
			g.Release()
		}
	default:
		out = "unknown mode"
	}
	return out
}

func okCloserInBlock(db *kv.DB, keys []string) (total int, err error) {
	sort.Strings(keys)
	for _, key := range keys {
		if v, closer, err := db.Get(key); err == nil {
			total += len(v)
			if err := closer.Close(); err != nil {
				return 0, err
			}
		}
	}
	return total, nil
}

func okTransactionInBlock(db *store.DB, write bool) error {
	if write {
		tx, err := db.Begin(true)
		if err != nil {
			return err
		}
		if err := access.Put(tx, "a", "k", "v"); err != nil {
			tx.Rollback()
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func okLive(h sensor.Handle) (v float64) {
	for s := range h.Live() {
		v = s.Read()
	}
	return v
}

func badBlock(h sensor.Handle) (v float64) {
	{
		s, _ := h.TryAccess() // want revleak
		if s != nil {
			v = s.Read()
		}
	}
	return v * 2
}

func badIf(h sensor.Handle) (v float64) {
	if s, g := h.TryAccess(); s != nil { // want revleak
		v = s.Read()
		if v < 0 {
			return 0
		}
		g.Release()
	}
	return v
}

func badSwitch(h sensor.Handle, mode string) (out string) {
	switch mode {
	case "value":
		s, g := h.TryAccess() // want revleak
		if s == nil {
			break
		}
		if s.Value == 0 {
			out = "none"
			break
		}
		out = fmt.Sprint(s.Value)
		g.Release()
	}
	return out
}

func badUsedOutside(h sensor.Handle) float64 {
	var kept *sensor.Sensor
	if s, g := h.TryAccess(); s != nil {
		kept = s
		s.Set(1)
		g.Release()
	}
	if kept == nil {
		return 0
	}
	return kept.Value // want revuse
}

func badWindowUsedOutside(h sensor.Handle) (total float64) {
	var window []float64
	if s, g := h.TryAccess(); s != nil {
		window = s.Window(4)
		g.Release()
	}
	for i := range window {
		total += window[i] // want revuse
	}
	return total
}

func badTransactionInBlock(db *store.DB, write bool) error {
	if write {
		tx, err := db.Begin(true) // want revleak
		if err != nil {
			return err
		}
		if err := access.Put(tx, "a", "k", "v"); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}
