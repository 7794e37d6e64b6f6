package rangefunc

import (
	"iter"

	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// An iterator that counts up to a number has no round where that is not more than zero.

func upTo(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func fromOne(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 1; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func atLeastOnce(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) || i >= n {
				return
			}
		}
	}
}

func noRound(h sensor.Handle, n int) {
	_, g := h.TryAccess() // want revleak
	for range upTo(n) {
		g.Release()
		break
	}
}

func okNoRound(h sensor.Handle, n int) {
	_, g := h.TryAccess()
	for range upTo(n) {
		g.Release()
		break
	}
	if n <= 0 {
		g.Release()
	}
}

func okSomeRounds(h sensor.Handle) {
	_, g := h.TryAccess()
	for range upTo(3) {
		g.Release()
		break
	}
}

func okAsked(h sensor.Handle, n int) {
	if n < 1 {
		return
	}
	_, g := h.TryAccess()
	for range upTo(n) {
		g.Release()
		break
	}
}

func okOneOfSeveral(h sensor.Handle, n int, all bool) {
	if all {
		n = 2
	} else if n < 1 {
		return
	}
	_, g := h.TryAccess()
	for range upTo(n) {
		g.Release()
		break
	}
}

// Of others it is not known.

func okFromOne(h sensor.Handle, n int) {
	_, g := h.TryAccess()
	for range fromOne(n) {
		g.Release()
		break
	}
}

func okAtLeastOnce(h sensor.Handle, n int) {
	_, g := h.TryAccess()
	for range atLeastOnce(n) {
		g.Release()
		break
	}
}
