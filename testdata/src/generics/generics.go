// Package generics has helpers and types with type parameters, of which the
// analyzers see one body and many instances.
package generics

import (
	"cmp"
	"errors"
	"slices"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

var errGone = errors.New("gone")

// A Cell holds a resource for as long as it is open.
type Cell[T any] struct {
	h     revocable.Handle[T]
	res   *T
	guard revocable.Guard
}

func (c *Cell[T]) Open() error {
	c.res, c.guard = c.h.TryAccess()
	if c.res == nil {
		return errGone
	}
	return nil
}

func (c *Cell[T]) Close() {
	c.res = nil
	c.guard.Release()
}

// Leaky forgets the guard.
func (c *Cell[T]) Leaky(use func(*T) error) error {
	p, g := c.h.TryAccess() // want revleak
	if p == nil {
		return errGone
	}
	if c.res == p {
		return nil
	}
	defer g.Release()
	return use(p)
}

func (c *Cell[T]) Use(use func(*T) error) error {
	p, g := c.h.TryAccess()
	if p == nil {
		return errGone
	}
	defer g.Release()
	return use(p)
}

// Keep keeps what ends with the function.
func (c *Cell[T]) Keep() {
	p, g := c.h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	c.res = p // want revescape
}

func (c *Cell[T]) Copy() (v T, err error) {
	p, g := c.h.TryAccess()
	if p == nil {
		return v, errGone
	}
	defer g.Release()
	return *p, nil
}

func (c *Cell[T]) CopyUnchecked() T {
	p, g := c.h.TryAccess()
	defer g.Release()
	return *p // want revnil
}

func (c *Cell[T]) CopyTooLate() (v T) {
	p, g := c.h.TryAccess()
	if p == nil {
		return v
	}
	g.Release()
	return *p // want revuse
}

func read[T, R any](h revocable.Handle[T], f func(*T) R) (r R, ok bool) {
	p, g := h.TryAccess()
	if p == nil {
		return r, false
	}
	defer g.Release()
	return f(p), true
}

func okRead(h sensor.Handle) float64 {
	v, _ := read(h, (*sensor.Sensor).Read)
	return v
}

func okReadLiteral(h sensor.Handle) (int, bool) {
	return read(h, func(s *sensor.Sensor) int { return len(s.History) })
}

func open[T any](h revocable.Handle[T]) (*T, func(), error) {
	p, g := h.TryAccess()
	if p == nil {
		return nil, nil, errGone
	}
	return p, g.Release, nil
}

func okOpen(h sensor.Handle) (float64, error) {
	s, done, err := open(h)
	if err != nil {
		return 0, err
	}
	defer done()
	return s.Value, nil
}

func badOpenLeaks(h sensor.Handle) (float64, error) {
	s, done, err := open(h) // want revleak
	if err != nil {
		return 0, err
	}
	if s.Value < 0 {
		return 0, errGone
	}
	v := s.Value
	done()
	return v, nil
}

func badOpenUsedLate(h sensor.Handle) (float64, error) {
	s, done, err := open(h)
	if err != nil {
		return 0, err
	}
	done()
	return s.Value, nil // want revuse
}

func release[G interface{ Release() }](g G) { g.Release() }

func okReleaseByConstraint(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := s.Value
	release(&g)
	return v
}

func first[T any](list []T) T { return list[0] }

func ptr[T any](v T) *T { return &v }

func same[T any](v T) T { return v }

func badThroughIdentity(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	t := same(s)
	g.Release()
	return t.Value // want revuse
}

func okFirstIsACopy(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil || len(s.History) == 0 {
		g.Release()
		return 0
	}
	v := first(s.History)
	g.Release()
	return v
}

func okPointerToCopy(h sensor.Handle) *float64 {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return ptr(s.Value)
}

// A Set keeps what it is given.
type Set[K cmp.Ordered, V any] struct{ m map[K]V }

func (s *Set[K, V]) Put(k K, v V) {
	if s.m == nil {
		s.m = make(map[K]V)
	}
	s.m[k] = v
}

func (s *Set[K, V]) Keys() []K {
	var keys []K
	for k := range s.m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func badKeptInSet(h sensor.Handle, set *Set[int, *sensor.Sensor]) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	set.Put(s.ID, s) // want revescape
}

func okCopyKeptInSet(h sensor.Handle, set *Set[int, float64]) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	set.Put(s.ID, s.Value)
}

func okLocalSet(h sensor.Handle) []int {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	var set Set[int, *sensor.Sensor]
	set.Put(s.ID, s)
	return set.Keys()
}

type source[T any] interface {
	TryAccess() (*T, revocable.Guard)
}

// Nothing is known of what a source gives.
func okSource[T any](s source[T]) bool {
	p, g := s.TryAccess()
	defer g.Release()
	return p != nil
}

func mapAll[T, R any](hs []revocable.Handle[T], f func(*T) R) (out []R) {
	for _, h := range hs {
		for p := range h.Live() {
			out = append(out, f(p))
		}
	}
	return out
}

func okNames(hs []sensor.Handle) []string {
	return mapAll(hs, func(s *sensor.Sensor) string { return s.Name })
}
