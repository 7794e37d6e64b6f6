package certainty

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What is put into a caller's memory: as a whole, in place of something else, or in an
// interface.

type taken struct {
	s *sensor.Sensor
	g revocable.Guard
}

func take(h sensor.Handle) (t taken, ok bool) {
	t.s, t.g = h.TryAccess()
	return t, t.s != nil
}

type holder struct {
	taken taken
	ok    bool
	s     *sensor.Sensor
	g     revocable.Guard
}

func (x *holder) fill(h sensor.Handle) { x.taken, x.ok = take(h) }

func (x *holder) fillOnly(h sensor.Handle) { x.taken, _ = take(h) }

func badWhole(h sensor.Handle) {
	x := new(holder)
	x.fillOnly(h) // want revleak
}

// The flag beside it may tell whether anything is there: what it says is not followed.

func okWhole(h sensor.Handle) {
	x := new(holder)
	x.fill(h)
	if x.ok {
		x.taken.g.Release()
	}
}

func (x *holder) badReplaced(h sensor.Handle) {
	x.s, x.g = h.TryAccess() // want revleak
	x.s, x.g = h.TryAccess()
}

func (x *holder) okPlaced(h sensor.Handle) {
	x.s, x.g = h.TryAccess()
}

type releaser interface{ Release() }

func badTwiceBehindInterface(h sensor.Handle, x *holder) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	y := new(holder)
	y.g = g
	var r releaser = &y.g
	r.Release()
	var q releaser = &y.g
	q.Release() // want revrelease
}

// An interface that holds a nil pointer is not nil: the test is none.
func badTestedInInterface(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	var v any = s
	if v == nil {
		return 0
	}
	return s.Value // want revnil
}

func okTestedItself(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	var v any = s
	if s == nil {
		return 0
	}
	return v.(*sensor.Sensor).Value
}
