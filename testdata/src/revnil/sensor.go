// Package revnil holds programs that look, or fail to look, whether an access
// was granted before they use what it gave.
package revnil

import (
	"errors"

	"github.com/revlint/revlint/revocable"
)

var errGone = errors.New("sensor is gone")

type sensor struct {
	id      int
	last    float64
	history []float64
	limits  limits
	peer    *sensor
}

type limits struct{ low, high float64 }

type handle = revocable.Handle[sensor]

// read needs a sensor.
func (s *sensor) read() float64 { return s.last }

// label does without one.
func (s *sensor) label() string {
	if s == nil {
		return "none"
	}
	return string(rune('a' + s.id))
}

func (l limits) contain(v float64) bool { return l.low <= v && v <= l.high }
