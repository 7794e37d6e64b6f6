// Package factories has functions that return what they acquired, and their callers.
package factories

import (
	"io"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func okForwards(h sensor.Handle) (*sensor.Sensor, revocable.Guard) {
	return h.TryAccess()
}

func okForwardsNamed(h sensor.Handle) (s *sensor.Sensor, g revocable.Guard) {
	s, g = h.TryAccess()
	return
}

func okForwardsGeneric[T any](h revocable.Handle[T]) (*T, revocable.Guard) {
	return h.TryAccess()
}

func okForwardsTransaction(db *store.DB) (*store.Tx, error) { return db.Begin(true) }

func okForwardsClosure(h sensor.Handle) (*sensor.Sensor, func(), bool) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, nil, false
	}
	return s, g.Release, true
}

func okForwardsCloser(db *kv.DB, key string) ([]byte, io.Closer, error) {
	v, c, err := db.Get(key)
	if err != nil {
		return nil, nil, err
	}
	return v[:len(v):len(v)], c, nil
}

func okCaller(h sensor.Handle) float64 {
	s, g := okForwards(h)
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.Read()
}

func okCallerGeneric(h sensor.Handle) float64 {
	s, g := okForwardsGeneric(h)
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.Read()
}

func okCallerElsewhere(h sensor.Handle) (float64, error) {
	s, g, err := access.OpenAny(h)
	if err != nil {
		return 0, err
	}
	defer g.Release()
	return s.Read(), nil
}

func okCallerOfClosure(h sensor.Handle) float64 {
	s, release, ok := okForwardsClosure(h)
	if !ok {
		return 0
	}
	defer release()
	return s.Read()
}

func okCallerOfClosureElsewhere(h sensor.Handle) float64 {
	s, release := access.Acquire(h)
	defer release()
	if s == nil {
		return 0
	}
	return s.Read()
}

func okCallerOfStruct(h sensor.Handle) (float64, error) {
	a, err := access.NewAccess(h)
	if err != nil {
		return 0, err
	}
	defer a.Close()
	return a.Sensor.Read(), nil
}

func okCallerOfTransaction(db *store.DB) error {
	tx, err := okForwardsTransaction(db)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := access.Put(tx, "a", "k", "v"); err != nil {
		return err
	}
	return tx.Commit()
}

func okCallerOfCloser(db *kv.DB) (string, error) {
	v, c, err := okForwardsCloser(db, "k")
	if err != nil {
		return "", err
	}
	defer c.Close()
	return string(v), nil
}

func badCallerLeaks(h sensor.Handle) float64 {
	s, g := okForwards(h) // want revleak
	if s == nil {
		return 0
	}
	if v := s.Read(); v > 0 {
		g.Release()
		return v
	}
	return 0
}

func badCallerForgetsToLook(h sensor.Handle) float64 {
	s, g := okForwardsGeneric(h)
	defer g.Release()
	return s.Value // want revnil
}

func badCallerDropsError(h sensor.Handle) float64 {
	s, g, _ := access.Open(h)
	defer g.Release()
	return s.Value // want revnil
}

func badCallerElsewhereLeaks(h sensor.Handle) (float64, error) {
	s, _, err := access.OpenAny(h) // want revleak
	if err != nil {
		return 0, err
	}
	return s.Read(), nil
}

func badCallerReleasesEarly(h sensor.Handle) (string, error) {
	s, g, err := access.OpenAny(h)
	if err != nil {
		return "", err
	}
	g.Release()
	return s.Name, nil // want revuse
}

func badCallerOfStructLeaks(h sensor.Handle) (float64, error) {
	a, err := access.NewAccess(h) // want revleak
	if err != nil {
		return 0, err
	}
	return a.Sensor.Read(), nil
}

func badCallerOfTransaction(db *store.DB) error {
	tx, err := okForwardsTransaction(db) // want revleak
	if err != nil {
		return err
	}
	if err := access.Put(tx, "a", "k", "v"); err != nil {
		return err
	}
	return tx.Commit()
}

func badReturnsWithoutGuard(h sensor.Handle) *sensor.Sensor {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return s // want revescape
}

func badCallerOfCloserKeepsValue(db *kv.DB) ([]byte, error) {
	v, c, err := okForwardsCloser(db, "k")
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return v, nil // want revescape
}
