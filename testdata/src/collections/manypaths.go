package collections

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// There are more paths than are told apart. Where they meet, a slice has one element or two, and
// so none of its loops is passed over.

func with(h sensor.Handle, f func(*sensor.Sensor)) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	f(s)
	return nil
}

func okOneOrTwo(h, k sensor.Handle, a, b bool) (n float64) {
	var all []held
	s, f := h.TryAccess()
	if s == nil {
		n--
	} else {
		defer f.Release()
	}
	_ = with(h, func(s *sensor.Sensor) {
		if a && b {
			n++
		}
		if !(a && b) {
			n--
		}
	})
	for _, c := range []revocable.Handle[sensor.Sensor]{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			break
		}
		all = append(all, held{s, g})
	}
	for i := range all {
		n += all[i].s.Value
	}
	for i := range all {
		all[i].g.Release()
	}
	return n
}
