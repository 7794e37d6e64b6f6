package revnil

import "time"

func retry(h handle, renew func() handle) float64 {
	s, g := h.TryAccess()
	for s == nil {
		time.Sleep(time.Second)
		s, g = renew().TryAccess()
	}
	defer g.Release()
	return s.last
}

func retryUntilTired(h handle) float64 {
	s, g := h.TryAccess()
	for i := 0; s == nil && i < 3; i++ {
		s, g = h.TryAccess()
	}
	defer g.Release()
	return s.last // want revnil
}

func sumOf(hs []handle) (sum float64) {
	for _, h := range hs {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		sum += s.last
		g.Release()
	}
	return sum
}

func sumOfUnchecked(hs []handle) (sum float64) {
	for _, h := range hs {
		s, g := h.TryAccess()
		sum += s.last // want revnil
		g.Release()
	}
	return sum
}

func untilFirst(hs []handle) float64 {
	for _, h := range hs {
		s, g := h.TryAccess()
		if s != nil {
			v := s.last
			g.Release()
			return v
		}
	}
	return 0
}

func calledAtOnce(h handle) (v float64) {
	s, g := h.TryAccess()
	defer g.Release()
	func() {
		v = s.last // want revnil
	}()
	return v
}

func calledAtOnceChecked(h handle) (v float64) {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		return 0
	}
	func() {
		v = s.last
	}()
	return v
}

func checkedInside(h handle) (v float64) {
	s, g := h.TryAccess()
	defer g.Release()
	read := func() float64 {
		if s == nil {
			return 0
		}
		return s.last
	}
	return read() + read()
}

func scoped(h handle) (v float64, err error) {
	err = h.With(func(s *sensor) error {
		v = s.last
		return nil
	})
	return v, err
}

func live(h handle) float64 {
	for s := range h.Live() {
		return s.last
	}
	return 0
}

func overwritten(h handle, spare *sensor) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		s = spare
	}
	return s.last
}

func inDefer(h handle) {
	s, g := h.TryAccess()
	defer func() {
		s.last = 0 // want revnil
		g.Release()
	}()
}

func inDeferChecked(h handle) {
	s, g := h.TryAccess()
	defer func() {
		if s != nil {
			s.last = 0
		}
		g.Release()
	}()
}
