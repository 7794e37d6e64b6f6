// Package collections has programs that put what is on loan into slices, arrays, maps and
// channels of which it is known what they hold: how many elements there are, and which is
// which.
package collections

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

func okFromAMap(h sensor.Handle) {
	s, g := h.TryAccess()
	guards := map[string]revocable.Guard{"it": g}
	if s != nil {
		_ = s.Value
	}
	r := guards["it"]
	r.Release()
}

func badFromAMap(h sensor.Handle) {
	s, g := h.TryAccess()
	guards := map[string]revocable.Guard{"it": g}
	r := guards["it"]
	r.Release()
	if s != nil {
		_ = s.Value // want revuse
	}
}

func badDeletedFromAMap(h sensor.Handle) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return
	}
	guards := map[string]revocable.Guard{"it": g}
	delete(guards, "it")
	if r, ok := guards["it"]; ok {
		r.Release()
	}
}

func okRangedOver(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	for _, r := range map[string]revocable.Guard{"it": g} {
		r.Release()
	}
}

func badRangedOver(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	for _, r := range map[string]revocable.Guard{"it": g} {
		r.Release()
	}
	_ = s.Value // want revuse
}

func badFromAChannel(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	c := make(chan revocable.Guard, 1)
	c <- g
	r := <-c
	r.Release()
	_ = s.Value // want revuse
}

// First in, first out.
func badOneOfTwo(h, k sensor.Handle) {
	s, g := h.TryAccess()
	t, f := k.TryAccess() // want revleak
	c := make(chan revocable.Guard, 2)
	c <- g
	c <- f
	r := <-c
	r.Release()
	_, _ = s, t
}

func okBoth(h, k sensor.Handle) {
	s, g := h.TryAccess()
	t, f := k.TryAccess()
	guards := []revocable.Guard{g, f}
	for i := range guards {
		guards[i].Release()
	}
	_, _ = s, t
}

func badBoth(h, k sensor.Handle) {
	s, g := h.TryAccess()
	t, f := k.TryAccess() // missed: revleak
	guards := []revocable.Guard{g, f}
	for i := range guards[:1] {
		guards[i].Release()
	}
	_, _ = s, t
}

func badSecondOnly(h, k sensor.Handle) {
	s, g := h.TryAccess() // want revleak
	_, f := k.TryAccess()
	guards := [2]revocable.Guard{g, f}
	guards[1].Release()
	_ = s
}

type held struct {
	s *sensor.Sensor
	g revocable.Guard
}

func okSeveral(h, k sensor.Handle) {
	var all []held
	for _, c := range []sensor.Handle{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			continue
		}
		all = append(all, held{s, g})
	}
	for _, a := range all {
		_ = a.s.Value
	}
	for i := range all {
		all[i].g.Release()
	}
}

func badSeveral(h, k sensor.Handle) {
	var all []held
	for _, c := range []sensor.Handle{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			continue
		}
		all = append(all, held{s, g})
	}
	for i := range all {
		all[i].g.Release()
	}
	for _, a := range all {
		_ = a.s.Value // want revuse
	}
}

func badSeveralKept(h, k sensor.Handle, enough bool) {
	var all []held
	for _, c := range []sensor.Handle{h, k} {
		s, g := c.TryAccess() // want revleak
		if s == nil {
			continue
		}
		all = append(all, held{s, g})
	}
	if enough {
		return
	}
	for i := range all {
		all[i].g.Release()
	}
}

// Last in, first out.
func okBackwards(h, k sensor.Handle) {
	var all []held
	for _, c := range []sensor.Handle{h, k} {
		if s, g := c.TryAccess(); s != nil {
			all = append(all, held{s, g})
		}
	}
	for i := len(all) - 1; i >= 0; i-- {
		_ = all[i].s.Value
		all[i].g.Release()
	}
}

func badBackwards(h, k sensor.Handle) {
	var all []held
	for _, c := range []sensor.Handle{h, k} {
		if s, g := c.TryAccess(); s != nil { // want revleak
			all = append(all, held{s, g})
		}
	}
	for i := len(all) - 1; i > 0; i-- {
		all[i].g.Release()
	}
}

// What is appended to one slice may stand in another, too.
func okShared(h, k sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	t, f := k.TryAccess()
	if t == nil {
		g.Release()
		return
	}
	base := make([]held, 0, 4)
	one := append(base, held{s, g})
	two := append(base, held{t, f}) // stands in one[0], too
	one[0].g.Release()
	g.Release()
	_ = two
}

// How many there are is not known: each is released.
func okUnknownNumber(hs []sensor.Handle) {
	var all []held
	for _, h := range hs {
		if s, g := h.TryAccess(); s != nil {
			all = append(all, held{s, g})
		}
	}
	for _, a := range all {
		_ = a.s.Value
		a.g.Release()
	}
}

func okMany(a, b, c, d, e sensor.Handle) {
	var all []held
	for _, h := range []sensor.Handle{a, b, c, d, e} {
		if s, g := h.TryAccess(); s != nil {
			all = append(all, held{s, g})
		}
	}
	for i := range all {
		all[i].g.Release()
	}
}

// A loop that runs as often as another has.
func okTwice(h, k sensor.Handle) {
	var s [2]*sensor.Sensor
	var g [2]revocable.Guard
	for i, c := range []sensor.Handle{h, k} {
		s[i], g[i] = c.TryAccess()
	}
	for i := range 2 {
		if s[i] != nil {
			_ = s[i].Value
		}
		g[i].Release()
	}
}

func badTwice(h, k sensor.Handle) {
	var s [2]*sensor.Sensor
	var g [2]revocable.Guard
	for i, c := range []sensor.Handle{h, k} {
		s[i], g[i] = c.TryAccess()
	}
	for i := range 2 {
		g[i].Release()
	}
	if s[1] != nil {
		_ = s[1].Value // want revuse
	}
}

// How many there are is not known, but there may be one.
func badAllButOne(hs []sensor.Handle) {
	var guards []revocable.Guard
	for _, h := range hs {
		if s, g := h.TryAccess(); s != nil { // want revleak
			guards = append(guards, g)
		}
	}
	for i := 1; i < len(guards); i++ {
		guards[i].Release()
	}
}

// The old name of a slice that was appended to: what it shares with the new one may be written to by way of that.
func okOldName(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	base := make([]revocable.Guard, 1, 4)
	base[0] = g
	both := append(base, f)
	base[0].Release()
	both[1].Release()
}

func okQueue(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	queue := []revocable.Guard{g}
	queue = append(queue, f)
	for len(queue) > 0 {
		first := queue[0]
		queue = queue[1:]
		first.Release()
	}
}

func okLastTwo(h, k, l sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	_, e := l.TryAccess()
	all := []revocable.Guard{g, f, e}
	all[0].Release()
	for _, last := range all[1:] {
		last.Release()
	}
}

// A key of one type is not that of another.
func okKeysOfAnyType(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	by := map[any]revocable.Guard{1: g, int64(1): f}
	first := by[1]
	first.Release()
	second := by[int64(1)]
	second.Release()
}

func badPerhapsTwo(h, k sensor.Handle, more bool) {
	_, g := h.TryAccess() // want revleak
	by := map[string]revocable.Guard{"one": g}
	if more {
		by["two"] = revocable.Guard{}
	}
	if len(by) == 2 {
		one := by["one"]
		one.Release()
	}
}
