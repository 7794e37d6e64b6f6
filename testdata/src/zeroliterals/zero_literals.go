// Package zeroliterals has composite literals without content, which copy nothing.
package zeroliterals

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type lease struct {
	s    *sensor.Sensor
	g    revocable.Guard
	name string
}

type holder struct{ l lease }

func okZeroOnFailure(h sensor.Handle) (lease, error) {
	s, g := h.TryAccess()
	if s == nil {
		return lease{}, sensor.ErrGone
	}
	return lease{s: s, g: g}, nil
}

func okZeroGuard(h sensor.Handle, skip bool) (*sensor.Sensor, revocable.Guard) {
	if skip {
		return nil, revocable.Guard{}
	}
	return h.TryAccess()
}

func (o *holder) okCleared() {
	o.l.g.Release()
	o.l = lease{}
}

func (o *holder) okReplaced(h sensor.Handle) bool {
	o.l.g.Release()
	o.l = lease{}
	s, g := h.TryAccess()
	if s == nil {
		return false
	}
	o.l = lease{s: s, g: g, name: s.Name}
	return true
}

func okLocalCleared(h sensor.Handle) string {
	l := lease{}
	l.s, l.g = h.TryAccess()
	if l.s == nil {
		return ""
	}
	name := l.s.Name
	l.g.Release()
	l = lease{}
	return name + l.name
}

func okVar(h sensor.Handle, want bool) (v float64) {
	var l lease
	defer func() { l.g.Release() }()
	if want {
		l.s, l.g = h.TryAccess()
	}
	if l.s != nil {
		v = l.s.Read()
	}
	return v
}

func badClearedUnpaid(h sensor.Handle) string {
	l := lease{}
	l.s, l.g = h.TryAccess() // want revleak
	if l.s == nil {
		return ""
	}
	l.name = l.s.Name
	name := l.name
	l = lease{}
	return name
}

func badUsedAfterClear(h sensor.Handle) string {
	var l lease
	l.s, l.g = h.TryAccess()
	if l.s == nil {
		return ""
	}
	s := l.s
	l.g.Release()
	l = lease{}
	return l.name + s.Name // want revuse
}

func badReturnsZeroLeaks(h sensor.Handle, wanted int) (lease, error) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return lease{}, sensor.ErrGone
	}
	if s.ID != wanted {
		return lease{}, sensor.ErrGone
	}
	return lease{s: s, g: g}, nil
}

func badGuardForgotten(h sensor.Handle) (lease, error) {
	s, g := h.TryAccess()
	if s == nil {
		return lease{}, sensor.ErrGone
	}
	defer g.Release()
	return lease{s: s, name: s.Name}, nil // want revescape
}
