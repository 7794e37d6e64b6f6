// Package calledliterals has accesses that begin in a literal called at once and are used outside of it.
package calledliterals

import (
	"errors"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

type registry struct {
	mu      sync.Mutex
	handles map[string]sensor.Handle
}

func (r *registry) okLocked(name string) (float64, error) {
	var s *sensor.Sensor
	var g revocable.Guard
	func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		s, g = r.handles[name].TryAccess()
	}()
	if s == nil {
		return 0, sensor.ErrGone
	}
	defer g.Release()
	return s.Read(), nil
}

func (r *registry) okReturned(name string) (float64, error) {
	s, g := func() (*sensor.Sensor, revocable.Guard) {
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.handles[name].TryAccess()
	}()
	if s == nil {
		return 0, sensor.ErrGone
	}
	defer g.Release()
	return s.Read(), nil
}

func okNamedLiteral(h sensor.Handle) (v float64, err error) {
	var g revocable.Guard
	open := func() *sensor.Sensor {
		var s *sensor.Sensor
		s, g = h.TryAccess()
		return s
	}
	s := open()
	if s == nil {
		return 0, sensor.ErrGone
	}
	defer g.Release()
	return s.Read(), nil
}

func okTransaction(db *store.DB) (err error) {
	var tx *store.Tx
	if err = func() (err error) {
		tx, err = db.Begin(true)
		return err
	}(); err != nil {
		return err
	}
	defer tx.Rollback()
	return access.Put(tx, "a", "k", "v")
}

func okReleasedInLiteral(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := func() float64 {
		defer g.Release()
		return s.Read()
	}()
	return v * 2
}

func okOnce(h sensor.Handle) float64 {
	var once sync.Once
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	release := func() { once.Do(g.Release) }
	defer release()
	return s.Read()
}

func (r *registry) badNotReleased(name string, limit float64) (float64, error) {
	var s *sensor.Sensor
	var g revocable.Guard
	func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		s, g = r.handles[name].TryAccess() // want revleak
	}()
	if s == nil {
		return 0, sensor.ErrGone
	}
	v := s.Read()
	if v > limit {
		return 0, errors.New("out of range")
	}
	g.Release()
	return v, nil
}

func badNotLookedAt(h sensor.Handle) float64 {
	var s *sensor.Sensor
	var g revocable.Guard
	func() { s, g = h.TryAccess() }()
	defer g.Release()
	return s.Value // want revnil
}

func badReleasedInLiteral(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	func() {
		defer g.Release()
		s.Set(0)
	}()
	return s.Value // want revuse
}

func badReleasedInLiteralAndAfter(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := func() float64 {
		defer g.Release()
		return s.Read()
	}()
	g.Release() // want revrelease
	return v
}

func badTransaction(db *store.DB) (err error) {
	var tx *store.Tx
	if err = func() (err error) {
		tx, err = db.Begin(true) // want revleak
		return err
	}(); err != nil {
		return err
	}
	if err := access.Put(tx, "a", "k", "v"); err != nil {
		return err
	}
	return tx.Commit()
}
