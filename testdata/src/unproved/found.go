package unproved

import (
	"container/list"
	"context"
	"iter"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What was put where it is not followed, and is found there again: by a callee that answers with it, in an
// interface, by a function that is called for the next one.

var giveAny func() any

func putAny(v any) { giveAny = func() any { return v } }

func foundByFunction(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	putAny(s)
	g.Release()
	return giveAny().(*sensor.Sensor).Read() // answer: unknown: it is not known where it comes from
}

func foundInSyncMap(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var m sync.Map
	m.Store(1, s)
	g.Release()
	v, ok := m.LoadAndDelete(1)
	if !ok {
		return 0
	}
	switch v := v.(type) {
	case *sensor.Sensor:
		return v.Read() // answer: unknown: it is not known where it comes from
	}
	return 0
}

func foundByRange(h sensor.Handle) (sum float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var m sync.Map
	m.Store(1, s)
	g.Release()
	m.Range(func(_, v any) bool {
		sum += v.(*sensor.Sensor).Read() // answer: unknown: it is not known where it comes from
		return true
	})
	return sum
}

type ofContext struct{}

func foundInContext(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	ctx := context.WithValue(context.Background(), ofContext{}, s)
	g.Release()
	return ctx.Value(ofContext{}).(*sensor.Sensor).Read() // answer: unknown: it is not known where it comes from
}

type anything struct{ v any }

func (a *anything) get() any { return a.v }

func foundBy(h sensor.Handle, find func(string) *anything) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	find("x").v = s
	g.Release()
	return find("x").get().(*sensor.Sensor).Read() // answer: unknown: it is not known where it comes from
}

func eachSensor(h sensor.Handle) iter.Seq[*sensor.Sensor] {
	return func(yield func(*sensor.Sensor) bool) {
		s, g := h.TryAccess()
		if s == nil {
			return
		}
		defer g.Release()
		yield(s)
	}
}

func foundByPull(h sensor.Handle) float64 {
	next, stop := iter.Pull(eachSensor(h))
	s, ok := next()
	stop()
	if !ok {
		return 0
	}
	return s.Read() // answer: unknown: it is not known where it comes from
}

func foundCollected(h sensor.Handle) float64 {
	all := slices.Collect(eachSensor(h))
	if len(all) == 0 {
		return 0
	}
	return all[0].Read() // answer: unknown: it is not known where it comes from
}

var shelfOf *sensor.Sensor

// exchange has a contract, which says nothing of what it answers.
//
//revlint:move x
func exchange(x *sensor.Sensor) (was *sensor.Sensor) {
	was, shelfOf = shelfOf, x
	return was
}

func foundOnShelf(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	exchange(s)
	g.Release()
	return exchange(nil).Read() // answer: unknown: it is not known where it comes from
}

// Where it is followed it is found.

func foundInList(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	l := list.New()
	e := l.PushBack(s)
	g.Release()
	return e.Value.(*sensor.Sensor).Read() // want revuse
}

func foundInPointer(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var p atomic.Pointer[sensor.Sensor]
	p.Store(s)
	g.Release()
	return p.Load().Read() // want revuse
}
