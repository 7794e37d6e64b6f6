package lists

import "github.com/revlint/revlint/testdata/src/lib/sensor"

// A cleanups has what is to be done in the end, last first, as people write it.
type cleanups struct{ fns []func() }

func (c *cleanups) add(fn func()) { c.fns = append(c.fns, fn) }

func (c *cleanups) run() {
	for i := len(c.fns) - 1; i >= 0; i-- {
		c.fns[i]()
	}
}

func (c *cleanups) runInOrder() {
	for _, fn := range c.fns {
		fn()
	}
}

// runUntil stops early: what it has not come to is not done.
func (c *cleanups) runUntil(stop func() bool) {
	for _, fn := range c.fns {
		if stop() {
			return
		}
		fn()
	}
}

// addIf adds what is there.
func (c *cleanups) addIf(fn func(), really bool) {
	if really {
		c.fns = append(c.fns, fn)
	}
}

func okCleanedUp(h, k sensor.Handle) float64 {
	var c cleanups
	defer c.run()
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	c.add(g.Release)
	t, f := k.TryAccess()
	if t == nil {
		return s.Value
	}
	c.add(f.Release)
	return s.Value + t.Value
}

func usedAfterCleanup(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	c := new(cleanups)
	c.add(g.Release)
	c.run()
	return s.Value // want revuse
}

func forgottenOnTheWay(h, k sensor.Handle) float64 {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	var c cleanups
	c.add(g.Release)
	t, f := k.TryAccess()
	if t == nil {
		return s.Value
	}
	c.add(f.Release)
	x := s.Value + t.Value
	c.run()
	return x
}

// okLastFirst looks at s before it is released, which was added first.
func okLastFirst(h sensor.Handle, log func(float64)) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	var c cleanups
	c.add(func() { g.Release() })
	c.add(func() { log(s.Value) })
	c.run()
}

func firstFirst(h sensor.Handle, log func(float64)) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	var c cleanups
	c.add(func() { g.Release() })
	c.add(func() { log(s.Value) }) // want revuse
	c.runInOrder()
}

// okAddedPerhaps, okRunPerhaps, okHandedOn: who runs what, is not told.
func okAddedPerhaps(h sensor.Handle, really bool) {
	_, g := h.TryAccess()
	var c cleanups
	c.addIf(g.Release, really)
	c.run()
	if !really {
		g.Release()
	}
}

func okRunPerhaps(h sensor.Handle, stop func() bool) {
	_, g := h.TryAccess()
	var c cleanups
	c.add(g.Release)
	c.runUntil(stop)
}

func okHandedOn(h sensor.Handle, run func(*cleanups)) {
	_, g := h.TryAccess()
	var c cleanups
	c.add(g.Release)
	run(&c)
}

func okReturned(h sensor.Handle) *cleanups {
	_, g := h.TryAccess()
	c := new(cleanups)
	c.add(g.Release)
	return c
}

type opened struct{ cleanups }

func okInField(h sensor.Handle, o *opened) {
	_, g := h.TryAccess()
	o.add(g.Release)
}

func okInLoop(hs []sensor.Handle) {
	var c cleanups
	defer c.run()
	for _, h := range hs {
		_, g := h.TryAccess()
		c.add(g.Release)
	}
}

// okAddsMore adds to what is run while it runs.
func okAddsMore(h sensor.Handle) {
	_, g := h.TryAccess()
	var c cleanups
	c.add(func() { c.add(g.Release) })
	c.runAll()
}

func (c *cleanups) runAll() {
	for i := 0; i < len(c.fns); i++ {
		c.fns[i]()
	}
}
