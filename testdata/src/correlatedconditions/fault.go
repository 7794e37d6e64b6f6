package correlatedconditions

import "github.com/revlint/revlint/testdata/src/lib/sensor"

// A pointer that is nil is followed: where nothing was made, nothing behind that is reached.

func okFollowed(h sensor.Handle, other *sensor.Sensor, both bool) {
	var t *sensor.Sensor
	if both {
		t = other
	}
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	t.Value = s.Value
	if both {
		g.Release()
	}
}

func okCalled(h sensor.Handle, report func(float64), both bool) {
	var f func(float64)
	if both {
		f = report
	}
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	f(s.Value)
	if both {
		g.Release()
	}
}

// It is asked first, and so the path goes on.
func badAsked(h sensor.Handle, other *sensor.Sensor, both bool) {
	var t *sensor.Sensor
	if both {
		t = other
	}
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return
	}
	if t != nil {
		t.Value = s.Value
	}
	if both {
		g.Release()
	}
}

// To write to a map that is nil panics, to read from it does not.
func badRead(h sensor.Handle, made map[string]float64, both bool) float64 {
	var t map[string]float64
	if both {
		t = made
	}
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	v := t[s.Name]
	if both {
		g.Release()
	}
	return v
}
