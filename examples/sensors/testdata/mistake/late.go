package mistake

import "github.com/revlint/revlint/revocable"

// warming reads a second time after it has given the access back: the sensor may have been unplugged in between.
func warming(h revocable.Handle[sensor], wait func()) (celsius float64, err error) {
	s, g := h.TryAccess()
	if s == nil {
		return 0, revocable.ErrRevoked
	}
	before := s.celsius
	g.Release()
	wait()
	return s.celsius - before, nil // want revuse
}

// now does not ask whether the sensor is there.
func now(h revocable.Handle[sensor]) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return s.celsius // want revnil
}
