// Package access has the helpers that every program with handles grows.
package access

import (
	"errors"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Open is TryAccess with an error.
func Open(h sensor.Handle) (*sensor.Sensor, revocable.Guard, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, revocable.Guard{}, sensor.ErrGone
	}
	return s, g, nil
}

// OpenAny is Open for every type of resource.
func OpenAny[T any](h revocable.Handle[T]) (*T, revocable.Guard, error) {
	p, g := h.TryAccess()
	if p == nil {
		return nil, revocable.Guard{}, revocable.ErrRevoked
	}
	return p, g, nil
}

// Acquire returns the function that ends the access, too.
func Acquire(h sensor.Handle) (s *sensor.Sensor, release func()) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, func() {}
	}
	return s, func() { g.Release() }
}

// End ends an access, if there is one.
func End(g *revocable.Guard) {
	if g != nil {
		g.Release()
	}
}

// EndIf ends an access on failure alone.
func EndIf(err error, g *revocable.Guard) {
	if err != nil {
		g.Release()
	}
}

// Must panics without a resource.
func Must[T any](p *T) *T {
	if p == nil {
		panic("access: resource has gone")
	}
	return p
}

// Use calls fn with the sensor, if there is one.
func Use(h sensor.Handle, fn func(s *sensor.Sensor) error) error {
	s, g, err := Open(h)
	if err != nil {
		return err
	}
	defer g.Release()
	return fn(s)
}

// Last needs a sensor.
func Last(s *sensor.Sensor) float64 { return s.Value }

// LastOr does without one.
func LastOr(s *sensor.Sensor, or float64) float64 {
	if s == nil {
		return or
	}
	return s.Value
}

// Latest is the sensor seen last, kept for the monitor.
var Latest *sensor.Sensor

// Remember keeps s in Latest.
func Remember(s *sensor.Sensor) { Latest = s }

// Snapshot copies what can be copied.
func Snapshot(s *sensor.Sensor) Copy {
	return Copy{ID: s.ID, Value: s.Value, Name: s.Name, History: append([]float64(nil), s.History...)}
}

// A Copy is what was known of a sensor.
type Copy struct {
	ID      int
	Value   float64
	Name    string
	History []float64
}

// View is a sensor's own memory in a struct.
type View struct{ Values []float64 }

// ViewOf returns the values of s without copying them.
func ViewOf(s *sensor.Sensor) View { return View{Values: s.History} }

// An Access holds a sensor together with its guard until it is closed.
type Access struct {
	Sensor *sensor.Sensor
	guard  revocable.Guard
}

// NewAccess fails when the sensor has gone.
func NewAccess(h sensor.Handle) (*Access, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, errors.Join(sensor.ErrGone, revocable.ErrRevoked)
	}
	return &Access{Sensor: s, guard: g}, nil
}

// Close ends the access.
func (a *Access) Close() error {
	a.guard.Release()
	return nil
}
