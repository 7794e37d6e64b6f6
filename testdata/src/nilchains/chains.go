// Package nilchains has chains of nil checks along fields.
package nilchains

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type unit struct {
	s *sensor.Sensor
	g revocable.Guard
}

type station struct {
	current *unit
	name    string
}

func okChain(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s != nil && s.Peer != nil && s.Peer.Value > 0 {
		return s.Peer.Value
	}
	return 0
}

func okChainInverted(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil || s.Peer == nil {
		return 0
	}
	return s.Value + s.Peer.Value
}

func okChainOfFields(h sensor.Handle) (v float64) {
	var u unit
	u.s, u.g = h.TryAccess()
	defer u.g.Release()
	if u.s != nil && u.s.Peer != nil {
		v = u.s.Peer.Value
	}
	return v
}

func (st *station) okThroughReceiver(h sensor.Handle) float64 {
	u := &unit{}
	u.s, u.g = h.TryAccess()
	if u.s == nil {
		return 0
	}
	st.current = u
	defer func() {
		st.current = nil
		u.g.Release()
	}()
	return st.value()
}

func (st *station) value() float64 {
	if st.current != nil && st.current.s != nil {
		return st.current.s.Value
	}
	return 0
}

func okShortCircuitCall(h sensor.Handle) bool {
	s, g := h.TryAccess()
	ok := s != nil && s.Range.Contains(s.Value) && len(s.Label()) > 0
	g.Release()
	return ok
}

func okChainOfTwo(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	if sa != nil && sb != nil && sa.Value > sb.Value {
		return sa.Value
	}
	return 0
}

func badOrder(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s.Peer != nil && s != nil { // want revnil
		return s.Peer.Value
	}
	return 0
}

func badOr(h sensor.Handle) bool {
	s, g := h.TryAccess()
	defer g.Release()
	return s != nil || s.Value > 0 // want revnil
}

func badChainOfFields(h sensor.Handle) (v float64) {
	var u unit
	u.s, u.g = h.TryAccess()
	defer u.g.Release()
	if u.s.Peer != nil { // want revnil
		v = u.s.Peer.Value
	}
	return v
}

func badElse(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s != nil && s.Value > 0 {
		return s.Value
	}
	return s.Range.Low // want revnil
}

func badChainOfTwo(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	if sa != nil && sa.Value > sb.Value { // want revnil
		return sa.Value
	}
	return 0
}

func (st *station) badFieldKept(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	st.current = &unit{s: s} // want revescape
	defer g.Release()
	return st.value()
}
