// Package summaries has helpers that do one thing each with what they are given; package uses calls
// them from elsewhere, and functions here call them in place.
package summaries

import (
	"bytes"
	"errors"
	"log"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// ErrLow is what Check finds.
var ErrLow = errors.New("too low")

// Needs dereferences s.
func Needs(s *sensor.Sensor) float64 { return s.Value }

// NeedsDeep dereferences s somewhere below.
func NeedsDeep(s *sensor.Sensor) float64 { return 2 * Needs(s) }

// NeedsUnless dereferences s unless skip is set.
func NeedsUnless(s *sensor.Sensor, skip bool) float64 {
	if skip {
		return 0
	}
	return s.Value
}

// Tolerates does without s.
func Tolerates(s *sensor.Sensor) float64 {
	if s == nil {
		return 0
	}
	return Needs(s)
}

// Check says what is wrong with s, if it is there at all.
func Check(s *sensor.Sensor) error {
	if s == nil {
		return sensor.ErrGone
	}
	if s.Value < s.Range.Low {
		return ErrLow
	}
	return nil
}

// A Cache keeps what it is given.
type Cache struct {
	sensors map[string]*sensor.Sensor
	data    [][]byte
	last    *sensor.Sensor
}

// Add keeps s.
func (c *Cache) Add(s *sensor.Sensor) { c.sensors[s.Name] = s }

// AddCopy keeps a copy of data.
func (c *Cache) AddCopy(data []byte) { c.data = append(c.data, bytes.Clone(data)) }

// AddAll keeps data.
func (c *Cache) AddAll(data ...[]byte) { c.data = append(c.data, data...) }

// AddDeep keeps s somewhere below.
func (c *Cache) AddDeep(s *sensor.Sensor) { c.set(s) }

func (c *Cache) set(s *sensor.Sensor) { c.last = s }

// Use keeps s only while it runs.
func (c *Cache) Use(s *sensor.Sensor) float64 {
	before := c.last
	c.last = s
	defer func() { c.last = before }()
	return c.measure()
}

func (c *Cache) measure() float64 {
	if c.last == nil {
		return 0
	}
	return c.last.Value
}

// Spawn hands s to a goroutine.
func Spawn(s *sensor.Sensor) { go s.Set(0) }

// SpawnAndWait waits for its goroutine.
func SpawnAndWait(s *sensor.Sensor) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Set(0)
	}()
	<-done
}

// Same returns what it is given.
func Same[T any](v T) T { return v }

// Part returns a part of data.
func Part(data []byte) []byte {
	if len(data) > 4 {
		return data[4:]
	}
	return data
}

// Fresh returns new memory.
func Fresh(data []byte) []byte { return append(make([]byte, 0, len(data)), data...) }

// Pick returns one of its arguments.
func Pick(a, b *sensor.Sensor) *sensor.Sensor {
	if a != nil {
		return a
	}
	return b
}

// Release ends the access.
func Release(g *revocable.Guard) { g.Release() }

// ReleaseDeep ends the access somewhere below.
func ReleaseDeep(g *revocable.Guard) {
	log.Print("releasing")
	Release(g)
}

// ReleaseCopy ends the access of a guard given by value.
func ReleaseCopy(g revocable.Guard) { ReleaseDeep(&g) }

// ReleaseAll ends many accesses.
func ReleaseAll(guards ...*revocable.Guard) {
	for _, g := range guards {
		g.Release()
	}
}

// Finish commits unless err, and returns the first error.
func Finish(tx *store.Tx, err error) error {
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// Open returns an access or an error.
func Open(h sensor.Handle) (*sensor.Sensor, revocable.Guard, error) {
	s, g := h.TryAccess()
	if err := Check(s); err != nil {
		g.Release()
		return nil, revocable.Guard{}, err
	}
	return s, g, nil
}

// OpenBool returns an access, if there is one.
func OpenBool(h sensor.Handle) (s *sensor.Sensor, g revocable.Guard, ok bool) {
	s, g = h.TryAccess()
	return s, g, s != nil
}

// Value returns a copy of a value.
func Value(db *kv.DB, key string) ([]byte, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return Fresh(v), nil
}

// A Visitor is called for each sensor.
type Visitor func(s *sensor.Sensor) error

// Visit calls fn within an access of its own.
func Visit(h sensor.Handle, fn Visitor) error {
	s, g, err := Open(h)
	if err != nil {
		return err
	}
	defer g.Release()
	return fn(s)
}

// Forever does not return.
func Forever(h sensor.Handle) {
	<-h.Revoked()
	panic("summaries: the sensor has gone")
}
