package revnil

import "fmt"

func readField(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return s.last // want revnil
}

func writeField(h handle, v float64) {
	s, g := h.TryAccess()
	s.last = v // want revnil
	g.Release()
}

func callMethod(h handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return s.read() // want revnil
}

func rangeOverField(h handle) (sum float64) {
	s, g := h.TryAccess()
	defer g.Release()
	for _, v := range s.history { // want revnil
		sum += v
	}
	return sum
}

func copyOut(h handle) sensor {
	s, g := h.TryAccess()
	defer g.Release()
	return *s // want revnil revescape
}

func methodOfField(h handle, v float64) bool {
	s, g := h.TryAccess()
	defer g.Release()
	return s.limits.contain(v) // want revnil
}

func appendToField(h handle, v float64) {
	s, g := h.TryAccess()
	defer g.Release()
	s.history = append(s.history, v) // want revnil
}

func printFields(h handle) {
	s, g := h.TryAccess()
	defer g.Release()
	fmt.Println("sensor", s.id, "read", s.last) // want revnil
}

// The first use is the mistake; those after it follow from it.
func manyUses(h handle) {
	s, g := h.TryAccess()
	defer g.Release()
	s.id++ // want revnil
	s.last = 0
	s.history = nil
}

func increment(h handle) {
	s, g := h.TryAccess()
	defer g.Release()
	s.id++ // want revnil
}

// Comparing it with another pointer says nothing about nil.
func comparedWithOther(h handle, other *sensor) bool {
	s, g := h.TryAccess()
	defer g.Release()
	if s == other {
		return true
	}
	return s.id == 0 // want revnil
}
