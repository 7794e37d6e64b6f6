package revnil

import "log"

func testedTheWrongWay(h handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return s.last // want revnil
	}
	defer g.Release()
	return s.last
}

func loggedButWentOn(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		log.Print("sensor is gone")
	}
	return s.last // want revnil
}

func testedTheOtherHandle(a, b handle) float64 {
	x, gx := a.TryAccess()
	if x == nil {
		return 0
	}
	defer gx.Release()
	y, gy := b.TryAccess()
	defer gy.Release()
	if x == nil {
		return 0
	}
	return x.last + y.last // want revnil
}

func checkedAfterwards(h handle) float64 {
	s, g := h.TryAccess()
	v := s.last // want revnil
	if s == nil {
		return 0
	}
	g.Release()
	return v
}

func checkedOnOneBranch(h handle, careful bool) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if careful {
		if s == nil {
			return 0
		}
	}
	return s.last // want revnil
}

func orInsteadOfAnd(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s != nil || s.last > 0 { // want revnil
		return 1
	}
	return 0
}

func eitherWillDo(a, b handle) float64 {
	x, gx := a.TryAccess()
	defer gx.Release()
	y, gy := b.TryAccess()
	defer gy.Release()
	if x == nil && y == nil {
		return 0
	}
	return x.last // want revnil
}

func defaultOfSwitch(h handle, mode int) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	switch mode {
	case 0:
		if s == nil {
			return 0
		}
		return s.last
	case 1:
		return -1
	default:
		return s.limits.high // want revnil
	}
}

func usedInElse(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s != nil {
		return s.last
	} else {
		return s.limits.low // want revnil
	}
}
