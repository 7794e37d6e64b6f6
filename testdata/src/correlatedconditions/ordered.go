package correlatedconditions

import "github.com/revlint/revlint/testdata/src/lib/sensor"

// Comparisons of one number with constants decide each other.

func okInACase(h sensor.Handle, n int) {
	switch n {
	case 0:
		s, g := h.TryAccess()
		if n == 1 {
			return
		}
		if n > 0 {
			return
		}
		_ = s
		g.Release()
	}
}

func okEachOnce(h sensor.Handle, n int) {
	_, g := h.TryAccess()
	if n < 2 {
		g.Release()
	}
	if n >= 3 {
		g.Release()
	}
	if n == 2 {
		g.Release()
	}
}

func badButTwo(h sensor.Handle, n int) {
	_, g := h.TryAccess() // want revleak
	if n < 2 {
		g.Release()
	}
	if n > 2 {
		g.Release()
	}
}

func badOneAndTwo(h sensor.Handle, n uint) {
	_, g := h.TryAccess()
	if n != 0 {
		g.Release()
	}
	if n < 3 {
		g.Release() // want revrelease
	}
}

func okUnsigned(h sensor.Handle, n uint) {
	_, g := h.TryAccess()
	if n != 0 {
		g.Release()
	}
	if n < 1 {
		g.Release()
	}
}

func okLength(h sensor.Handle, of []byte) {
	_, g := h.TryAccess()
	if len(of) == 0 {
		g.Release()
	}
	if len(of) > 0 {
		g.Release()
	}
}

// The constant stands on either side.
func okEitherSide(h sensor.Handle, n int) {
	_, g := h.TryAccess()
	if 5 <= n {
		g.Release()
	}
	if n <= 4 {
		g.Release()
	}
}

func badFractions(h sensor.Handle, n float64) {
	_, g := h.TryAccess() // want revleak
	if n < 1 {
		g.Release()
	}
	if n > 1 {
		g.Release()
	}
}

func okKinds(h sensor.Handle, kind string) {
	_, g := h.TryAccess()
	if kind == "now" {
		g.Release()
	}
	switch kind {
	case "later", "soon":
		g.Release()
	case "now":
	default:
		g.Release()
	}
}

func badKinds(h sensor.Handle, kind string) {
	_, g := h.TryAccess() // want revleak
	if kind == "now" {
		g.Release()
	}
	if kind == "later" {
		g.Release()
	}
}

func okTwoNumbers(h sensor.Handle, x, y float64) {
	_, g := h.TryAccess()
	if x < y {
		g.Release()
		return
	}
	if x != y {
		if y < x {
			g.Release()
			return
		}
	}
	g.Release()
}

func okEitherOrder(h sensor.Handle, x, y int) {
	_, g := h.TryAccess()
	if x < y {
		g.Release()
	}
	if y <= x {
		g.Release()
	}
}

// A condition that a function literal asks, too.
func okAskedInALiteral(h sensor.Handle, a, b bool) {
	_, g := h.TryAccess()
	func() {
		if a && b {
			g.Release()
		}
	}()
	if !(a && b) {
		g.Release()
	}
}

func okAskedInADeferredLiteral(h sensor.Handle, a, b bool) {
	_, g := h.TryAccess()
	defer func() {
		if !(a || b) {
			g.Release()
		}
	}()
	if a || b {
		g.Release()
	}
}

func badAskedInADeferredLiteral(h sensor.Handle, a, b bool) {
	_, g := h.TryAccess() // want revleak
	defer func() {
		if a && b {
			g.Release()
		}
	}()
	if !a && !b {
		g.Release()
	}
}

type asked struct {
	held bool
	n    int
}

func okAskedOfFields(h sensor.Handle, of *asked) {
	_, g := h.TryAccess()
	if of.held && of.n == 1 {
		g.Release()
	}
	if !(of.held && of.n == 1) {
		g.Release()
	}
}
