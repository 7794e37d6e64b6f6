package certainty

import (
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Where there are too many paths, it is forgotten which condition goes with what was released: where one is asked once more,
// nothing is certain.

func askedTooOften(h sensor.Handle, a, b, c, d, e, f bool) (n int) {
	_, g := h.TryAccess()
	if c {
		n++
	}
	if d {
		n += 2
	}
	if e {
		n += 4
	}
	if f {
		n += 8
	}
	if a || b {
		g.Release()
	}
	if !(a || b) {
		g.Release()
	}
	if c {
		n++
	}
	if d {
		n += 2
	}
	if e {
		n += 4
	}
	if f {
		n += 8
	}
	return n
}

// Broken: what is released on all paths is not released by a condition.

func releasedOnAll(h sensor.Handle, a, b, c, d, e bool) (n int) {
	_, g := h.TryAccess()
	if c {
		n++
	}
	if d {
		n += 2
	}
	if e {
		n += 4
	}
	if a {
		n += 8
	}
	g.Release()
	if b {
		g.Release() // want revrelease
	}
	if c {
		n++
	}
	if d {
		n += 2
	}
	if e {
		n += 4
	}
	if a {
		n += 8
	}
	return n
}
