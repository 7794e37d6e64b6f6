// Package inlined uses the fast paths, for the compiler to say whether it inlines them.
package inlined

import "github.com/revlint/revlint/revocable"

type sensor struct{ value int }

func read(h revocable.Handle[sensor]) int {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.value
}

func readTwice(h revocable.Handle[sensor]) (sum int) {
	if s, g := h.TryAccess(); s != nil {
		sum += s.value
		g.Release()
	}
	return sum + read(h)
}

var _ = readTwice

func sum(h revocable.Handle[sensor]) (total int) {
	for s := range h.Live() {
		total += s.value
	}
	return total
}

var _ = sum

func poll(h revocable.Handle[sensor]) (polls int) {
	g, ok := h.TryHold()
	for ok && !g.Revoked() && h.Alive() {
		polls++
	}
	g.Release()
	return polls
}

var _ = poll

func drainAll(r *revocable.Reader[sensor]) (total int) {
	for {
		s, ok := r.Enter()
		if !ok {
			return total
		}
		total += s.value
		r.Leave()
	}
}

var _ = drainAll
