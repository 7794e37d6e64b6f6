package revnil

import "fmt"

func earlyReturn(h handle) (float64, error) {
	s, g := h.TryAccess()
	if s == nil {
		return 0, errGone
	}
	defer g.Release()
	return s.last, nil
}

func nilOnTheLeft(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if nil == s {
		return 0
	}
	return s.last
}

func insideIf(h handle) float64 {
	var v float64
	if s, g := h.TryAccess(); s != nil {
		v = s.last
		g.Release()
	}
	return v
}

func deferBeforeCheck(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		return 0
	}
	return s.read()
}

func shortCircuit(h handle, v float64) bool {
	s, g := h.TryAccess()
	defer g.Release()
	return s != nil && s.limits.contain(v)
}

func shortCircuitOr(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil || s.id == 0 {
		return 0
	}
	return s.last
}

func nilSafeMethod(h handle) string {
	s, g := h.TryAccess()
	defer g.Release()
	return s.label()
}

func printPointer(h handle) {
	s, g := h.TryAccess()
	defer g.Release()
	fmt.Println(s != nil, s == nil)
}

func redundantCheck(h handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	v := s.last
	if s != nil {
		v++
	}
	return v + s.last
}

func twoAtOnce(a, b handle) float64 {
	x, gx := a.TryAccess()
	defer gx.Release()
	y, gy := b.TryAccess()
	defer gy.Release()
	if x == nil || y == nil {
		return 0
	}
	return x.last + y.last
}

func bothOrElse(a, b handle) float64 {
	x, gx := a.TryAccess()
	defer gx.Release()
	y, gy := b.TryAccess()
	defer gy.Release()
	if x != nil && y != nil {
		return x.last * y.last
	}
	if x != nil {
		return x.last
	}
	if y != nil {
		return y.last
	}
	return 0
}

func switchOnNil(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	switch {
	case s == nil:
		return 0
	case s.id == 7:
		return 7
	}
	return s.last
}

func switchOnValue(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	switch s {
	case nil:
		return 0
	default:
		return s.last
	}
}
