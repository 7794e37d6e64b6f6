package certainty

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What a callee answers is what it found, and not what it put in its place; and what it puts somewhere goes to
// where that was at the call.

type slot struct{ s *sensor.Sensor }

func (x *slot) swap(s *sensor.Sensor) (old *sensor.Sensor) {
	old = x.s
	x.s = s
	return old
}

func (x *slot) take() *sensor.Sensor {
	s := x.s
	x.s = nil
	return s
}

func (x *slot) both(s *sensor.Sensor) (is, was *sensor.Sensor) {
	was = x.s
	x.s = s
	return s, was
}

func accessed(h sensor.Handle) (*sensor.Sensor, revocable.Guard) { return h.TryAccess() }

func okRestored(h sensor.Handle, x *slot) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	defer g.Release()
	old := x.swap(s)
	v := x.s.Read()
	x.s = old
	return v
}

func okRestoredBoth(h sensor.Handle, x *slot) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	defer g.Release()
	is, old := x.both(s)
	v := is.Read()
	x.s = old
	return v
}

func okOldOne(h sensor.Handle, x *slot) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	old := x.swap(s)
	x.s = nil
	g.Release()
	return old.Read()
}

func okSwappedIn(h sensor.Handle, other *sensor.Sensor) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	x := &slot{other}
	old := x.swap(s)
	g.Release()
	return old.Read()
}

func badSwappedOut(h sensor.Handle) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	x := &slot{s}
	old := x.swap(nil)
	g.Release()
	return old.Read() // want revuse
}

func badTaken(h sensor.Handle) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	x := &slot{s}
	old := x.take()
	g.Release()
	return old.Read() // want revuse
}

type link struct {
	s    *sensor.Sensor
	next *link
}

type chain struct{ head, tail *link }

func (c *chain) push(l *link) {
	c.tail.next = l
	c.tail = l
}

func (c *chain) popAll() *link {
	l := c.head
	c.head, c.tail = nil, nil
	return l
}

func badPushed(h sensor.Handle) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	first := &link{}
	c := &chain{first, first}
	c.push(&link{s: s})
	g.Release()
	return first.next.s.Read() // want revuse
}

func okNothingBehind(h sensor.Handle) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	first := &link{}
	c := &chain{first, first}
	c.push(&link{s: s})
	g.Release()
	if c.tail.next != nil {
		return c.tail.next.s.Read()
	}
	return 0
}

func badPopped(h sensor.Handle) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	l := &link{s: s}
	c := &chain{l, l}
	all := c.popAll()
	g.Release()
	return all.s.Read() // want revuse
}

type couple struct{ a, b *sensor.Sensor }

func (c *couple) flip() { c.a, c.b = c.b, c.a }

func (c *couple) shift(s *sensor.Sensor) *sensor.Sensor {
	out := c.a
	c.a, c.b = c.b, s
	return out
}

func okFlipped(h sensor.Handle, other *sensor.Sensor) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	c := &couple{s, other}
	c.flip()
	g.Release()
	return c.a.Read()
}

func badFlipped(h sensor.Handle, other *sensor.Sensor) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	c := &couple{s, other}
	c.flip()
	g.Release()
	return c.b.Read() // want revuse
}

func okShifted(h sensor.Handle, other *sensor.Sensor) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	c := &couple{other, s}
	out := c.shift(nil)
	g.Release()
	return out.Read()
}

func badShifted(h sensor.Handle, other *sensor.Sensor) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	c := &couple{s, other}
	out := c.shift(nil)
	g.Release()
	return out.Read() // want revuse
}

func badShiftedOn(h sensor.Handle, other *sensor.Sensor) float64 {
	s, g := accessed(h)
	if s == nil {
		return 0
	}
	c := &couple{other, s}
	_ = c.shift(nil)
	g.Release()
	return c.a.Read() // want revuse
}
