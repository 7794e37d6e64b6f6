package rangefunc

import "github.com/revlint/revlint/testdata/src/lib/sensor"

// Each round of the first loop defers a release, in a literal; so many paths are not kept apart behind the second.
// What is deferred on some of them only may have released what they have.

func okDeferredInFirst(h sensor.Handle, m int) (n int) {
	for range upTo(m) {
		s, g := h.TryAccess()
		if s == nil {
			n--
		} else {
			defer func() { g.Release() }()
		}
	}
	for range upTo(m) {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			n--
		}
		_ = g
	}
	return n
}
