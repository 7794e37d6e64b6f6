// Package passingcallbacks has callbacks that cannot outlive the call they are given to, and some that do.
package passingcallbacks

import (
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

type hooks struct {
	onTick []func()
	last   func() float64
}

func (hs *hooks) add(fn func()) { hs.onTick = append(hs.onTick, fn) }

func (hs *hooks) run() {
	for _, fn := range hs.onTick {
		fn()
	}
}

// twice calls fn and forgets it.
func twice(fn func()) {
	fn()
	fn()
}

// each calls fn for every value of s.
func each[T any](list []T, fn func(T)) {
	for _, x := range list {
		fn(x)
	}
}

// values are those of s, one by one.
func values(s *sensor.Sensor) iter.Seq[float64] {
	return func(yield func(float64) bool) {
		for _, v := range s.History {
			if !yield(v) {
				return
			}
		}
	}
}

func okSort(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	sort.Slice(s.History, func(i, j int) bool { return s.History[i] < s.History[j] })
}

func okSlices(h sensor.Handle, names []string) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	slices.SortFunc(names, func(a, b string) int {
		if a == s.Name {
			return -1
		}
		return strings.Compare(a, b)
	})
}

func okStrings(h sensor.Handle, text string) string {
	s, g := h.TryAccess()
	if s == nil {
		return text
	}
	defer g.Release()
	return strings.Map(func(r rune) rune {
		if s.Range.Contains(float64(r)) {
			return r
		}
		return -1
	}, text)
}

func okOnce(h sensor.Handle, once *sync.Once) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	once.Do(func() { s.Set(0) })
}

func okOwnHelper(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	twice(func() { s.Set(s.Value + 1) })
}

func okGenericHelper(h sensor.Handle, list []float64) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	each(list, func(v float64) { s.Set(v) })
	each(list, s.Set)
}

func okIterator(h sensor.Handle) (total float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	for v := range values(s) {
		total += v
	}
	return total
}

func okHelperElsewhere(h sensor.Handle) (v float64, err error) {
	err = access.Use(h, func(s *sensor.Sensor) error {
		v = s.Read()
		return nil
	})
	return v, err
}

func okForEach(tx *store.Tx) (total int) {
	b := tx.Bucket("a")
	if b == nil {
		return 0
	}
	_ = b.ForEach(func(key string, value []byte) error {
		total += len(value)
		return nil
	})
	return total
}

func okLocalHooks(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	var hs hooks
	hs.add(func() { s.Set(1) })
	hs.run()
}

func (hs *hooks) badRegistered(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	hs.add(func() { s.Set(1) }) // want revescape
}

func (hs *hooks) badStored(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	hs.last = func() float64 { return s.Value } // want revescape
}

func (hs *hooks) badMethodValueStored(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	hs.last = s.Read // want revescape
}

func badReturned(h sensor.Handle) func() float64 {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return func() float64 { return s.Value } // want revescape
}

func badIteratorReturned(h sensor.Handle) iter.Seq[float64] {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return values(s) // want revescape
}

func badHelperElsewhere(h sensor.Handle) error {
	return access.Use(h, func(s *sensor.Sensor) error {
		access.Remember(s) // want revescape
		return nil
	})
}
