package certainty

import (
	"iter"

	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// A number that something was counted up to is more than zero, in whichever round: what counts up to it again has a round.

func upTo(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func releasesInTheRoundsOfAnother(h sensor.Handle, n int) {
	for i := 0; i < n; i++ {
		if i == 1 {
			continue
		}
		_, g := h.TryAccess()
		for range upTo(n) {
			g.Release()
			break
		}
	}
}

func releasesByTheNumber(h sensor.Handle, n int) {
	for i := range n {
		if i == 1 {
			continue
		}
		_, g := h.TryAccess()
		if n > 0 {
			g.Release()
		}
	}
}

// Broken: another number.

func releasesInTheRoundsOfAnotherNumber(h sensor.Handle, n, m int) {
	for i := 0; i < n; i++ {
		if i == 1 {
			continue
		}
		_, g := h.TryAccess() // want revleak
		for range upTo(m) {
			g.Release()
			break
		}
	}
}

// Broken: that it is more than one, nobody knows.

func releasesByMore(h sensor.Handle, n int) {
	for i := 0; i < n; i++ {
		if i == 1 {
			continue
		}
		_, g := h.TryAccess() // want revleak
		if n > 1 {
			g.Release()
		}
	}
}
