package revnil

func heldInVariable(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	held := s != nil
	if !held {
		return 0
	}
	return s.last
}

func heldTwice(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	held := s != nil
	v := 0.0
	if held {
		v = s.last
	}
	v++
	if held {
		v += s.limits.high
	}
	return v
}

func heldAndMore(h handle, on bool) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	ok := s != nil && on
	if ok {
		return s.last
	}
	return 0
}

func heldTheWrongWay(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	gone := s == nil
	if gone {
		return s.last // want revnil
	}
	return s.limits.low
}

func heldOrMore(h handle, on bool) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	ok := s != nil || on
	if ok {
		return s.last // want revnil
	}
	return 0
}

func errorStandsForNil(h handle) float64 {
	var err error
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		err = errGone
	}
	if err != nil {
		return 0
	}
	return s.last
}

func errorNotLookedAt(h handle) (v float64, err error) {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		err = errGone
	}
	v = s.last // want revnil
	return v, err
}

func countHeld(a, b handle) float64 {
	n := 0
	x, gx := a.TryAccess()
	defer gx.Release()
	if x != nil {
		n++
	}
	y, gy := b.TryAccess()
	defer gy.Release()
	if y != nil {
		n++
	}
	if n == 0 {
		return 0
	}
	if x == nil {
		return y.last
	}
	return x.last
}
