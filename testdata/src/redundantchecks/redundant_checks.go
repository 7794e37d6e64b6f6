// Package redundantchecks has nil checks that come twice, and checks of two resources spread over several ifs.
package redundantchecks

import (
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

func okTwice(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	if s != nil && s.Value > 0 {
		return s.Read()
	}
	if s == nil {
		return -1
	}
	return s.Value
}

func okTwiceInverted(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s != nil {
		v = s.Read()
	}
	if s != nil {
		v += s.Value
	}
	if s != nil {
		g.Release()
	}
	return v
}

func okBothMissing(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	if sa == nil && sb == nil {
		return 0
	}
	if sa == nil {
		return sb.Value
	}
	if sb == nil {
		return sa.Value
	}
	return (sa.Value + sb.Value) / 2
}

func okEitherMissing(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	if sa == nil || sb == nil {
		return 0
	}
	return sa.Value - sb.Value
}

func okSpread(a, b sensor.Handle) (v float64) {
	sa, ga := a.TryAccess()
	sb, gb := b.TryAccess()
	if sa != nil {
		defer ga.Release()
	}
	if sb != nil {
		defer gb.Release()
	}
	switch {
	case sa != nil && sb != nil:
		v = sa.Value * sb.Value
	case sa != nil:
		v = sa.Value
	case sb != nil:
		v = sb.Value
	}
	return v
}

func okNestedRedundant(h sensor.Handle, verbose bool) string {
	s, g := h.TryAccess()
	if s == nil {
		if verbose {
			return "sensor has gone"
		}
		return ""
	}
	defer g.Release()
	name := s.Name
	if verbose && s != nil {
		name += s.Label()
	}
	return name
}

func okReleasedWhereChecked(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	if sa == nil {
		return 0
	}
	sb, gb := b.TryAccess()
	if sb == nil {
		ga.Release()
		return 0
	}
	v := sa.Value + sb.Value
	gb.Release()
	ga.Release()
	return v
}

func badOnlyBothMissing(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	if sa == nil && sb == nil {
		return 0
	}
	v := sa.Value // want revnil
	w := sb.Value // want revnil
	return v + w
}

func badChecksTheOther(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	if sa == nil {
		return 0
	}
	if sa != nil && sa.Value < 0 {
		return sb.Value // want revnil
	}
	return sa.Value
}

func badSpread(a, b sensor.Handle) (v float64) {
	sa, ga := a.TryAccess()
	sb, gb := b.TryAccess() // want revleak
	if sa != nil {
		defer ga.Release()
	}
	if sa != nil && sb != nil {
		defer gb.Release()
		v = sb.Value
	}
	return v
}

func badRedundantRelease(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s != nil {
		v = s.Value
		g.Release()
	}
	if s != nil {
		g.Release() // want revrelease
	}
	return v
}

func badUseInSecondCheck(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s != nil {
		v = s.Read()
		g.Release()
	}
	if s != nil && v > 0 {
		v -= s.Range.Low // want revuse
	}
	return v
}
