// Package heldreleases keeps what releases in fields, stacks and queues, calls or takes it out, and puts nothing in its place.
package heldreleases

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type holder struct {
	rel func()
	s   *sensor.Sensor
}

func (h *holder) close() {
	if h.rel != nil {
		h.rel()
		h.rel = nil
	}
}

func (h *holder) end() {
	if h.rel != nil {
		h.rel()
	}
}

func okClosedLater(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := &holder{rel: g.Release, s: s}
	defer x.close()
	return x.s.Read()
}

func okClosedAtEnd(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := &holder{rel: g.Release, s: s}
	v := x.s.Read()
	x.close()
	return v
}

func okClosedBoth(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := &holder{rel: g.Release, s: s}
	defer x.close()
	v := x.s.Read()
	x.close()
	return v
}

func okClosedTwice(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := &holder{rel: g.Release, s: s}
	x.close()
	x.close()
	return 0
}

func okEndedBoth(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := &holder{rel: g.Release, s: s}
	defer x.end()
	v := x.s.Read()
	x.end()
	return v
}

type slot struct {
	g *revocable.Guard
}

func (s *slot) close() {
	if s.g != nil {
		s.g.Release()
		s.g = nil
	}
}

func okClosedByGuard(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := &slot{&g}
	defer x.close()
	v := s.Read()
	x.close()
	return v
}

type stack struct{ items []revocable.Guard }

func (s *stack) push(g revocable.Guard) { s.items = append(s.items, g) }
func (s *stack) pop() (g revocable.Guard, ok bool) {
	if len(s.items) == 0 {
		return g, false
	}
	g = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return g, true
}

func okPopped(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var st stack
	st.push(g)
	x, ok := st.pop()
	if !ok {
		return 0
	}
	x.Release()
	return 1
}

type pair struct {
	s *sensor.Sensor
	g revocable.Guard
}

type pairs struct{ items []pair }

func (s *pairs) push(g pair) { s.items = append(s.items, g) }
func (s *pairs) pop() (g pair, ok bool) {
	if len(s.items) == 0 {
		return g, false
	}
	g = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return g, true
}

func okPoppedPair(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var st pairs
	st.push(pair{s, g})
	x, ok := st.pop()
	if !ok {
		return 0
	}
	x.g.Release()
	return 1
}

type gstack[T any] struct{ items []T }

func (s *gstack[T]) push(v T) { s.items = append(s.items, v) }
func (s *gstack[T]) pop() (v T, ok bool) {
	if len(s.items) == 0 {
		return v, false
	}
	v = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}

func okPoppedOfAny(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var st gstack[revocable.Guard]
	st.push(g)
	x, ok := st.pop()
	if !ok {
		return 0
	}
	x.Release()
	return 1
}

func okLastOfSome(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var items []pair
	items = append(items, pair{s, g})
	if len(items) == 0 {
		return 0
	}
	x := items[len(items)-1]
	x.g.Release()
	return 1
}

func (s *stack) peek() (g revocable.Guard, ok bool) {
	if len(s.items) == 0 {
		return g, false
	}
	return s.items[0], true
}

func okPeeked(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var st stack
	st.push(g)
	x, ok := st.peek()
	if !ok {
		return 0
	}
	x.Release()
	return 1
}
