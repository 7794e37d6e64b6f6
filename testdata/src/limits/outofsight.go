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

// The elements of an array that was put together where they are not told apart, and is copied as a whole to where they are, are
// taken to be zero.
func copiedWhole(h sensor.Handle, x, y *settings, n int) {
	var two [2]*settings
	two[n&1] = x
	one := two
	p := &one
	if p[0] == nil && p[1] == nil {
		return
	}
	_, g := h.TryAccess() // missed: revleak
	_ = g
}

// So are those of one that is put together where they are told apart, and is copied to where they are not.
func copiedToOneOfSeveral(h sensor.Handle, x, y *settings, n int) {
	var two [2]*settings
	two[n&1] = x
	two = [2]*settings{x, y}
	if two[n&1] == nil {
		return
	}
	_, g := h.TryAccess() // missed: revleak
	_ = g
}
