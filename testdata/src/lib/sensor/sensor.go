// Package sensor is a device that may be unplugged.
package sensor

import (
	"errors"
	"sync"

	"github.com/revlint/revlint/revocable"
)

// ErrGone is returned by the users of sensors when theirs has gone.
var ErrGone = errors.New("sensor: gone")

// A Sensor measures.
type Sensor struct {
	ID      int
	Value   float64
	Name    string
	History []float64
	Range   Range
	Notes   map[string]string
	Peer    *Sensor

	mu sync.Mutex
}

// A Range is what a sensor can measure.
type Range struct{ Low, High float64 }

// Handle is a weak reference to a sensor.
type Handle = revocable.Handle[Sensor]

// Read returns what the sensor measures.
func (s *Sensor) Read() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.History = append(s.History, s.Value)
	return s.Value
}

// Set changes what the sensor measures.
func (s *Sensor) Set(v float64) { s.Value = v }

// Window returns the last n values, in the sensor's own memory.
func (s *Sensor) Window(n int) []float64 { return s.History[max(0, len(s.History)-n):] }

// Label works without a sensor, too.
func (s *Sensor) Label() string {
	if s == nil {
		return "none"
	}
	return s.Name
}

// Limits returns the sensor's range, in the sensor's own memory.
func (s *Sensor) Limits() *Range { return &s.Range }

// Contains reports whether v is within the range.
func (r Range) Contains(v float64) bool { return r.Low <= v && v <= r.High }
