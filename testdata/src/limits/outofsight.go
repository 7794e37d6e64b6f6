package limits

import (
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type settings struct {
	next   *settings
	number int
}

type changer interface{ change(s *settings) }

// Code out of sight is taken to leave a field of the caller's as it was, be it a pointer or a number,
// unless a loan stands there, or a bool that this function stored: too often nothing changes.
func changedOutOfSight(h sensor.Handle, s *settings, c changer) {
	was := s.next
	c.change(s)
	if s.next == was {
		return
	}
	_, g := h.TryAccess() // missed: revleak
	_ = g
}
