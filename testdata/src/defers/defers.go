// Package defers has deferred releases: their order, their conditions, and what they see.
package defers

import (
	"errors"
	"fmt"
	"log"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

var errUnfit = errors.New("unfit")

type monitor struct {
	mu     sync.Mutex
	latest float64
	cur    *sensor.Sensor
	guard  revocable.Guard
	names  []string
}

func timed(name string) func() {
	log.Printf("%s begins", name)
	return func() { log.Printf("%s ends", name) }
}

func (m *monitor) okOrder(h sensor.Handle) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	defer func() { m.latest = s.Value }()
	s.Set(1)
}

func (m *monitor) okBeforeCheck(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		return m.latest
	}
	return s.Value
}

func okConditional(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s != nil {
		defer g.Release()
	}
	if s != nil {
		v = s.Value
	}
	return v
}

func okResultReadFirst(h sensor.Handle) (string, float64) {
	s, g := h.TryAccess()
	if s == nil {
		return "", 0
	}
	defer g.Release()
	return s.Name, s.Value
}

func okNamedResultChanged(h sensor.Handle) (err error) {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s: %w", s.Name, err)
		}
		g.Release()
	}()
	if s.Value < 0 {
		return errUnfit
	}
	return nil
}

func okRecover(h sensor.Handle, f func(*sensor.Sensor)) (err error) {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s panicked: %v", s.Name, r)
		}
	}()
	f(s)
	return nil
}

func okArgumentsEvaluatedNow(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer log.Printf("sensor %s was at %v", s.Name, s.Value)
	g.Release()
}

func okTimed(h sensor.Handle) float64 {
	defer timed("read")()
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.Read()
}

func okGuardReplaced(a, b sensor.Handle) (v float64) {
	s, g := a.TryAccess()
	defer func() { g.Release() }()
	if s == nil {
		s, g = b.TryAccess()
	}
	if s != nil {
		v = s.Value
	}
	return v
}

func okReleasedEarlyAndReplaced(a, b sensor.Handle) (v float64) {
	s, g := a.TryAccess()
	defer func() { g.Release() }()
	if s != nil {
		v = s.Value
	}
	g.Release()
	s, g = b.TryAccess()
	if s != nil {
		v += s.Value
	}
	return v
}

func (m *monitor) okFieldGuard(h sensor.Handle) bool {
	if m.cur != nil {
		m.guard.Release()
	}
	m.cur, m.guard = h.TryAccess()
	return m.cur != nil
}

func okTwoKinds(h sensor.Handle, db *store.DB) (err error) {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer func() {
		if rerr := tx.Rollback(); rerr != nil && !errors.Is(rerr, store.ErrTxDone) {
			err = errors.Join(err, rerr)
		}
	}()
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	if err := access.Put(tx, "a", s.Name, fmt.Sprint(s.Value)); err != nil {
		return err
	}
	return tx.Commit()
}

func okPanics(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		panic(sensor.ErrGone)
	}
	defer g.Release()
	if s.Value < 0 {
		panic(errUnfit)
	}
	return s.Value
}

func (m *monitor) badOrder(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer func() { m.latest = s.Value }() // want revuse
	defer g.Release()
	s.Set(1)
}

func (m *monitor) badBeforeCheck(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	defer func() { m.latest = s.Value }() // want revnil
	if s == nil {
		return 0
	}
	return 1
}

func badConditional(h sensor.Handle, keep bool) (v float64) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	if !keep {
		defer g.Release()
	}
	return s.Value
}

func badWrapped(h sensor.Handle) (err error) {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer func() {
		g.Release()
		if err != nil {
			err = fmt.Errorf("%s: %w", s.Name, err) // want revuse
		}
	}()
	if s.Value < 0 {
		return errUnfit
	}
	return nil
}

func badAfterReturn(h sensor.Handle) (v float64) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	if v = s.Value; v < 0 {
		return v
	}
	defer func() { g.Release() }()
	return v
}

func badTwice(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release() // want revrelease
	defer g.Release()
	return s.Value
}

func badClosureAndDirect(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer func() { g.Release() }() // want revrelease
	v = s.Value
	if v > 1 {
		g.Release()
		return 1
	}
	return v
}

func badGuardReplaced(a, b sensor.Handle) (v float64) {
	s, g := a.TryAccess() // want revleak
	defer func() { g.Release() }()
	if s == nil || s.Value < 0 {
		s, g = b.TryAccess()
	}
	if s != nil {
		v = s.Value
	}
	return v
}

func (m *monitor) badFieldSetInDefer(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	defer func() { m.cur = s }() // want revescape
	s.Set(2)
}

func badCloserBeforeUse(db *kv.DB) (n int, err error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return 0, err
	}
	defer func() {
		if len(v) > 0 {
			n = int(v[0]) // want revuse
		}
	}()
	defer closer.Close()
	return len(v), nil
}

func badCommitInDefer(db *store.DB) (err error) {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Commit() // want revrelease
	if err := access.Put(tx, "a", "k", "v"); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return nil
}
