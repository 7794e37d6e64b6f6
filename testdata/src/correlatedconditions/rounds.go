package correlatedconditions

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Two loops count to the same number: where the first has got to its second round, the other has one, too.

func okReleasedInSecondRound(h sensor.Handle, n int) float64 {
	for i := range n {
		if i > 0 {
			s, g := h.TryAccess()
			if s == nil {
				return 0
			}
			v := s.Value
			for j := 0; j < n; j++ {
				if j == 0 {
					continue
				}
				g.Release()
				return v
			}
			return v // never comes here
		}
	}
	return 0
}

func okReleasedInSecondRoundOfRange(h sensor.Handle, n int) float64 {
	for i := 0; i < n; i++ {
		if i != 0 {
			s, g := h.TryAccess()
			if s == nil {
				return 0
			}
			v := s.Value
			for j := range n {
				if j >= 1 {
					g.Release()
					return v
				}
			}
			return v // never comes here
		}
	}
	return 0
}

// The number is captured by a literal, and assigned to nowhere.
func okInLiteral(h sensor.Handle, n int) (v float64) {
	func() {
		for i := range n {
			if i == 0 {
				continue
			}
			s, g := h.TryAccess()
			if s == nil {
				return
			}
			v = s.Value
			for j := 0; j < n; j++ {
				if j > 0 {
					g.Release()
					return
				}
			}
			return // never comes here
		}
	}()
	return v
}

// Broken: a third round is not sure, another number is another one, and a number that is changed is, too.

func badReleasedInThirdRound(h sensor.Handle, n int) float64 {
	for i := range n {
		if i > 0 {
			s, g := h.TryAccess() // want revleak
			if s == nil {
				return 0
			}
			v := s.Value
			for j := range n {
				if j > 1 {
					g.Release()
					return v
				}
			}
			return v
		}
	}
	return 0
}

func badOtherNumber(h sensor.Handle, n, m int) float64 {
	for i := range n {
		if i > 0 {
			s, g := h.TryAccess() // want revleak
			if s == nil {
				return 0
			}
			v := s.Value
			for j := range m {
				if j > 0 {
					g.Release()
					return v
				}
			}
			return v
		}
	}
	return 0
}

func badFirstRound(h sensor.Handle, n int) float64 {
	for i := range n {
		if i >= 0 {
			s, g := h.TryAccess() // want revleak
			if s == nil {
				return 0
			}
			v := s.Value
			for j := range n {
				if j > 0 {
					g.Release()
					return v
				}
			}
			return v
		}
	}
	return 0
}

func badChanged(h sensor.Handle, n int) (v float64) {
	for i := 0; i < n; i++ {
		if i > 0 {
			n--
			s, g := h.TryAccess() // want revleak
			if s == nil {
				return 0
			}
			v = s.Value
			for j := 0; j < n; j++ {
				if j > 0 {
					g.Release()
					return v
				}
			}
			return v
		}
	}
	return 0
}

func badChangedByLiteral(h sensor.Handle, n int) (v float64) {
	less := func() { n-- }
	for i := 0; i < n; i++ {
		if i > 0 {
			less()
			s, g := h.TryAccess() // want revleak
			if s == nil {
				return 0
			}
			v = s.Value
			for j := 0; j < n; j++ {
				if j > 0 {
					g.Release()
					return v
				}
			}
			return v
		}
	}
	return 0
}

// Which of two bools a && b is, where it has to be true: b.

func ifWanted(h sensor.Handle, wanted bool) (*sensor.Sensor, revocable.Guard) {
	if !wanted {
		return nil, revocable.Guard{}
	}
	return h.TryAccess()
}

func okBothPassed(h sensor.Handle, a, b bool) float64 {
	s, g := ifWanted(h, a && b)
	if s == nil {
		return 0
	}
	if !b {
		return 0 // never comes here
	}
	v := s.Value
	g.Release()
	return v
}

func okBothPassedAndFirst(h sensor.Handle, a, b bool) float64 {
	s, g := ifWanted(h, a && b)
	if s == nil {
		return 0
	}
	v := s.Value
	if b {
		g.Release()
	}
	return v
}

func badEitherPassed(h sensor.Handle, a, b bool) float64 {
	s, g := ifWanted(h, a || b) // want revleak
	if s == nil {
		return 0
	}
	v := s.Value
	if b {
		g.Release()
	}
	return v
}
