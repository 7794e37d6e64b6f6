// Package methodvalues calls methods by their values and expressions,
// through embedded fields, and through interfaces.
package methodvalues

import (
	"io"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func okReleaseValue(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	done := g.Release
	defer done()
	return s.Value
}

func badUseAfterReleaseValue(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	done := g.Release
	done()
	return s.Value // want revuse
}

func okReleaseExpression(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := s.Value
	(*revocable.Guard).Release(&g)
	return v
}

func badTwiceByExpression(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	s.Set(1)
	g.Release()
	(*revocable.Guard).Release(&g) // want revrelease
}

func okAccessValue(h sensor.Handle) float64 {
	try := h.TryAccess
	s, g := try()
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.Value
}

func badAccessValueUnchecked(h sensor.Handle) float64 {
	try := h.TryAccess
	s, g := try()
	defer g.Release()
	return s.Value // want revnil
}

func okWithMethodValue(h sensor.Handle, m *monitor) error { return h.With(m.note) }

func badWithMethodValue(h sensor.Handle, m *monitor) error { return h.With(m.keep) }

type monitor struct {
	value float64
	kept  *sensor.Sensor
}

func (m *monitor) note(s *sensor.Sensor) error {
	m.value = s.Value
	return nil
}

func (m *monitor) keep(s *sensor.Sensor) error {
	m.kept = s // want revescape
	return nil
}

// A lease is an access with its guard embedded: Release is its own method.
type lease struct {
	revocable.Guard
	sensor *sensor.Sensor
}

func borrow(h sensor.Handle) (lease, bool) {
	s, g := h.TryAccess()
	return lease{g, s}, s != nil
}

func okLease(h sensor.Handle) float64 {
	l, ok := borrow(h)
	if !ok {
		return 0
	}
	defer l.Release()
	return l.sensor.Value
}

func badLeaseLeaks(h sensor.Handle) float64 {
	l, ok := borrow(h) // want revleak
	if !ok {
		return 0
	}
	if l.sensor.Value < 0 {
		return 0
	}
	defer l.Release()
	return l.sensor.Value
}

func badLeaseUsedLate(h sensor.Handle) float64 {
	l, ok := borrow(h)
	if !ok {
		return 0
	}
	l.Release()
	return l.sensor.Value // want revuse
}

// A handle embedded: TryAccess is promoted.
type client struct {
	sensor.Handle
	name string
}

func (c *client) okRead() float64 {
	s, g := c.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.Value
}

func (c *client) badRead() float64 {
	s, g := c.TryAccess()
	defer g.Release()
	return s.Value // want revnil
}

func (c *client) badReadLeaks() float64 {
	s, g := c.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	if c.name == "" {
		return 0
	}
	v := s.Value
	g.Release()
	return v
}

// A transaction embedded: its methods are promoted.
type txn struct {
	*store.Tx
	changes int
}

func begin(db *store.DB) (*txn, error) {
	tx, err := db.Begin(true)
	if err != nil {
		return nil, err
	}
	return &txn{Tx: tx}, nil
}

func okTxn(db *store.DB) error {
	t, err := begin(db)
	if err != nil {
		return err
	}
	defer t.Rollback()
	if _, err := t.CreateBucket("a"); err != nil {
		return err
	}
	t.changes++
	return t.Commit()
}

func badTxnLeaks(db *store.DB) error {
	t, err := begin(db) // want revleak
	if err != nil {
		return err
	}
	if _, err := t.CreateBucket("a"); err != nil {
		return err
	}
	return t.Commit()
}

func okThroughInterface(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var r interface{ Release() } = &g
	defer r.Release()
	return s.Value
}

func badThroughInterface(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var r interface{ Release() } = &g
	r.Release()
	return s.Value // want revuse
}

type closerFunc func() error

func (f closerFunc) Close() error { return f() }

func okAsCloser(h sensor.Handle) (*sensor.Sensor, io.Closer) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, closerFunc(func() error { return nil })
	}
	return s, closerFunc(func() error {
		g.Release()
		return nil
	})
}

func okReader(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	read := s.Read
	return read()
}

func badReaderReturned(h sensor.Handle) func() float64 {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return s.Read // want revescape
}

func badReaderUsedLate(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	read := s.Read
	g.Release()
	return read() // want revuse
}

func okExpressionOfResource(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	return (*sensor.Sensor).Read(s)
}

func badExpressionUnchecked(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return (*sensor.Sensor).Read(s) // want revnil
}

func okNilSafeValue(h sensor.Handle) string {
	s, g := h.TryAccess()
	defer g.Release()
	return (*sensor.Sensor).Label(s)
}
