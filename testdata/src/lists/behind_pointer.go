package lists

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// A helper is given a pointer to the slice, and releases each element.

type reading struct {
	s *sensor.Sensor
	g revocable.Guard
}

func endAllBehind(all *[]reading) {
	for i := range *all {
		(*all)[i].g.Release()
	}
}

func okEndedBehind(h, k sensor.Handle) (sum float64) {
	var all []reading
	for _, c := range []sensor.Handle{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			continue
		}
		all = append(all, reading{s, g})
	}
	for _, r := range all {
		sum += r.s.Value
	}
	endAllBehind(&all)
	return sum
}

func badReadAfterEndedBehind(h, k sensor.Handle) (sum float64) {
	var all []reading
	for _, c := range []sensor.Handle{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			continue
		}
		all = append(all, reading{s, g})
	}
	endAllBehind(&all)
	for _, r := range all {
		sum += r.s.Value // want revuse
	}
	return sum
}

func badEndedTwiceBehind(h, k sensor.Handle) {
	var all []reading
	for _, c := range []sensor.Handle{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			continue
		}
		all = append(all, reading{s, g})
	}
	for i := range all {
		all[i].g.Release()
	}
	endAllBehind(&all) // want revrelease
}

// It is another slice by then: which elements are released is not known.

func endOthersBehind(all *[]reading, others []reading) {
	*all = others
	for i := range *all {
		(*all)[i].g.Release()
	}
}

func okOthers(h, k sensor.Handle, others []reading) (sum float64) {
	var all []reading
	for _, c := range []sensor.Handle{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			continue
		}
		all = append(all, reading{s, g})
	}
	mine := all
	endOthersBehind(&all, others)
	for _, r := range mine {
		sum += r.s.Value
	}
	for i := range mine {
		mine[i].g.Release()
	}
	return sum
}
