package revnil

import (
	"errors"

	"github.com/revlint/revlint/revocable"
)

// What a callee was to fill is as it was before, where it answers that it failed.

type slot struct {
	s *sensor
	g revocable.Guard
}

var errNone = errors.New("none")

func fillSlot(h handle, to *slot) error {
	s, g := h.TryAccess()
	if s == nil {
		return errNone
	}
	to.s, to.g = s, g
	return nil
}

func leftUnlooked(h handle) float64 {
	var a slot
	err := fillSlot(h, &a)
	defer a.g.Release()
	if err != nil {
		return a.s.last // want revnil
	}
	return a.s.last
}

func leftUnasked(h handle) float64 {
	a := new(slot)
	_ = fillSlot(h, a)
	x := a.s.last // want revnil
	a.g.Release()
	return x
}

func okLeftAsked(h handle) float64 {
	var a slot
	if err := fillSlot(h, &a); err != nil {
		return 0
	}
	defer a.g.Release()
	return a.s.last
}

func okLeftTested(h handle) float64 {
	var a slot
	_ = fillSlot(h, &a)
	defer a.g.Release()
	if a.s == nil {
		return 0
	}
	return a.s.last
}

func okLeftUntil(h handle) float64 {
	var a slot
	for a.s == nil {
		_ = fillSlot(h, &a)
	}
	defer a.g.Release()
	return a.s.last
}

// okLeftBefore had something there before: that is what it looks at.
func okLeftBefore(h handle, old *sensor) float64 {
	a := slot{s: old}
	_ = fillSlot(h, &a)
	x := a.s.last
	a.g.Release()
	return x
}

// fillPerhaps answers with an error of which nothing is known.
func fillPerhaps(h handle, to *slot, check func() error) error {
	if err := check(); err != nil {
		return err
	}
	return fillSlot(h, to)
}

func okLeftChecked(h handle, check func() error) float64 {
	var a slot
	if err := fillPerhaps(h, &a, check); err != nil {
		return 0
	}
	defer a.g.Release()
	return a.s.last
}

// A method that is called by way of an interface looks at what is in there.

type measurer interface{ measure() float64 }

func (s *sensor) measure() float64 { return s.last }

type careful struct{ sensor }

func (c *careful) measure() float64 {
	if c == nil {
		return 0
	}
	return c.last
}

func measured(m measurer) float64 { return m.measure() }

func byInterface(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return measured(s) // want revnil
}

func okByInterface(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		return 0
	}
	return measured(s)
}

func okByInterfaceCareful(h revocable.Handle[careful]) float64 {
	c, g := h.TryAccess()
	defer g.Release()
	return measured(c)
}
