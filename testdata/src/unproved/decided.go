package unproved

import "github.com/revlint/revlint/testdata/src/lib/sensor"

// A bool that is known is passed, and the callee looks for reasons of its own: it may look at nothing, too.

func readIfOne(s *sensor.Sensor, now bool, n int) float64 {
	v := 0.0
	if n == 1 {
		v = readNow(s, now)
	}
	return v
}

func readNow(s *sensor.Sensor, now bool) float64 {
	return read(s, func(s *sensor.Sensor) float64 { return s.Value })
}

func read(s *sensor.Sensor, with func(*sensor.Sensor) float64) float64 { return with(s) }

func looksPerhaps(h sensor.Handle, now bool, n int) (v float64) {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		v = 1
	}
	if now {
		v = readIfOne(s, now, n) // answer: unknown: it is not checked, and a callee may look at it
	}
	return v
}
