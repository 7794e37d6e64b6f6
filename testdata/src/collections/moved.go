package collections

import (
	"maps"
	"slices"
	"sort"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Elements go from one collection to another, by what the standard library has for that,
// and by hand: who has them in the end releases them.

func okCloned(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	closeAll(slices.Clone([]revocable.Guard{g, f}))
}

func okConcatenated(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	all := slices.Concat([]revocable.Guard{g}, []revocable.Guard{f})
	for i := range all {
		all[i].Release()
	}
}

func okSorted(h, k sensor.Handle) {
	s, g := h.TryAccess()
	t, f := k.TryAccess()
	if s == nil || t == nil {
		g.Release()
		f.Release()
		return
	}
	all := []held{{s, g}, {t, f}}
	sort.Slice(all, func(i, j int) bool { return all[i].s.Value < all[j].s.Value })
	slices.Reverse(all)
	for i := range all {
		all[i].g.Release()
	}
}

func okCollected(h sensor.Handle) {
	_, g := h.TryAccess()
	for _, r := range slices.Collect(maps.Values(map[string]revocable.Guard{"a": g})) {
		r.Release()
	}
}

func okJoined(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	one, two := []revocable.Guard{g}, []revocable.Guard{f}
	closeAll(append(one, two...))
}

func pass(gs ...*revocable.Guard) { closeEach(gs...) }

func okPassedOn(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	pass(&g, &f)
}

func keepIn(m map[string][]revocable.Guard, name string, gs []revocable.Guard) {
	m[name] = gs
}

func okKeptInAMap(h sensor.Handle, m map[string][]revocable.Guard) {
	_, g := h.TryAccess()
	keepIn(m, "it", []revocable.Guard{g})
}

func okNested(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	all := [][]revocable.Guard{{g}, {f}}
	for _, gs := range all {
		for i := range gs {
			gs[i].Release()
		}
	}
}

func okReturned(h, k sensor.Handle) (out [2]revocable.Guard) {
	_, out[0] = h.TryAccess()
	_, out[1] = k.TryAccess()
	return out
}

func okReturnedByName(h sensor.Handle) map[string]held {
	s, g := h.TryAccess()
	return map[string]held{"it": {s, g}}
}

func okInParallel(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	var wg sync.WaitGroup
	for _, r := range []revocable.Guard{g, f} {
		wg.Go(func() { r.Release() })
	}
	wg.Wait()
}

func okPool(h, k sensor.Handle) {
	jobs := make(chan revocable.Guard, 2)
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	jobs <- g
	jobs <- f
	close(jobs)
	for r := range jobs {
		r.Release()
	}
}

func okChosen(h, k sensor.Handle, name string) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	by := map[string]revocable.Guard{"a": g, "b": f}
	r := by[name]
	r.Release()
	delete(by, name)
	for _, r := range by {
		r.Release()
	}
}

type cleaner struct{ fs []func() }

func (c *cleaner) add(f func()) { c.fs = append(c.fs, f) }

func (c *cleaner) run() {
	for i := len(c.fs) - 1; i >= 0; i-- {
		c.fs[i]()
	}
	c.fs = nil
}

func okCleaner(h, k sensor.Handle) {
	var c cleaner
	defer c.run()
	s, g := h.TryAccess()
	c.add(g.Release)
	t, f := k.TryAccess()
	c.add(f.Release)
	if s != nil && t != nil {
		_ = s.Value + t.Value
	}
}

func okOwnCleaner(h, k sensor.Handle) {
	var fs []func()
	defer func() {
		for _, f := range fs {
			f()
		}
	}()
	_, g := h.TryAccess()
	fs = append(fs, g.Release)
	_, f := k.TryAccess()
	fs = append(fs, func() { f.Release() })
}

func okRetried(h sensor.Handle) {
	var got []held
	for range 3 {
		if s, g := h.TryAccess(); s != nil {
			got = append(got, held{s, g})
			break
		}
	}
	for _, x := range got {
		x.g.Release()
	}
}

func okFirst(h, k sensor.Handle) float64 {
	for _, c := range [...]sensor.Handle{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			continue
		}
		v := s.Value
		g.Release()
		return v
	}
	return 0
}
