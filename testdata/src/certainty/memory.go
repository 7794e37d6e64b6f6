// Package certainty has programs in which something is so only perhaps: what is
// in memory, what a callee did, which of several values it is. What is certain
// is found; the rest is silent.
package certainty

import (
	"context"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// Guards behind pointers that callees return.

func openBehind(h sensor.Handle) (*sensor.Sensor, *revocable.Guard) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, nil
	}
	return s, &g
}

func releasedBehind(h sensor.Handle) {
	s, g := openBehind(h)
	if s == nil {
		return
	}
	_ = s.Value
	g.Release()
}

func usedAfterBehind(h sensor.Handle) {
	s, g := openBehind(h)
	if s == nil {
		return
	}
	g.Release()
	_ = s.Value // want revuse
}

func leakedBehind(h sensor.Handle) {
	s, g := openBehind(h) // want revleak
	if s == nil {
		return
	}
	if s.Value > 3 {
		return
	}
	g.Release()
}

// Loans that are handed out in the caller's memory.

type session struct {
	s *sensor.Sensor
	g revocable.Guard
}

func (x *session) open(h sensor.Handle) bool {
	x.s, x.g = h.TryAccess()
	return x.s != nil
}

func (x *session) close() { x.g.Release() }

func opened(h sensor.Handle) {
	var x session
	if !x.open(h) {
		return
	}
	_ = x.s.Value
	x.g.Release()
}

func openedAndClosed(h sensor.Handle) {
	var x session
	if !x.open(h) {
		return
	}
	defer x.close()
	_ = x.s.Value
}

func openedUsedAfter(h sensor.Handle) {
	var x session
	if !x.open(h) {
		return
	}
	x.close()
	_ = x.s.Value // want revuse
}

func openedLeaked(h sensor.Handle) {
	var x session
	if !x.open(h) { // want revleak
		return
	}
	_ = x.s.Value
}

func openedUnchecked(h sensor.Handle) {
	var x session
	x.open(h)
	_ = x.s.Value // want revnil
	x.close()
}

func fill(h sensor.Handle, s **sensor.Sensor, g *revocable.Guard) {
	*s, *g = h.TryAccess()
}

func filled(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	fill(h, &s, &g)
	defer g.Release()
	if s != nil {
		_ = s.Value
	}
}

func filledUsedAfter(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	fill(h, &s, &g)
	if s == nil {
		g.Release() // want revrelease
		return
	}
	g.Release()
	_ = s.Value // want revuse
}

func filledUnchecked(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	fill(h, &s, &g)
	_ = s.Value // want revnil
	g.Release()
}

// A callee that hands its parameter to a function that it was given.

func apply(s *sensor.Sensor, f func(*sensor.Sensor)) { f(s) }

func applied(h sensor.Handle) {
	s, g := h.TryAccess()
	defer g.Release()
	if s != nil {
		apply(s, func(s *sensor.Sensor) { _ = s.Value })
	}
}

func appliedUnchecked(h sensor.Handle) {
	s, g := h.TryAccess()
	apply(s, func(s *sensor.Sensor) { _ = s.Value }) // want revnil
	g.Release()
}

func appliedAfter(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	g.Release()
	apply(s, func(s *sensor.Sensor) { _ = s.Value }) // want revuse
}

// Elements of variadic arguments and slices in callees.

func useAll(ss ...*sensor.Sensor) (sum float64) {
	for _, s := range ss {
		sum += s.Value
	}
	return sum
}

func variadicAfter(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	g.Release()
	_ = useAll(s) // want revuse
}

func variadic(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	_ = useAll(s)
	g.Release()
}

// A channel that is made here, filled and not read again.

func throughChannel(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	ch := make(chan *sensor.Sensor, 1)
	ch <- s
	_ = (<-ch).Value
	g.Release()
}

func leftInChannel(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	ch := make(chan *sensor.Sensor, 1)
	ch <- s
	g.Release()
}

// A field that is appended to, and set to nil in time.

type batch struct{ list []*sensor.Sensor }

func (b *batch) collect(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	b.list = append(b.list, s)
	b.list = nil
	g.Release()
}

func (b *batch) collectAndKeep(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	b.list = append(b.list, s) // want revescape
	g.Release()
}

// A package variable that a helper sets and clears.

var current *sensor.Sensor

func setCurrent(s *sensor.Sensor) { current = s }

func clearCurrent() { current = nil }

func setAndCleared(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	setCurrent(s)
	clearCurrent()
	g.Release()
}

func setAndKept(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	setCurrent(s) // want revescape
	g.Release()
}

// A helper that returns the empty guard.

func noGuard() revocable.Guard { return revocable.Guard{} }

func emptyGuard(h sensor.Handle, on bool) {
	g := noGuard()
	if on {
		var s *sensor.Sensor
		if s, g = h.TryAccess(); s != nil {
			_ = s.Value
		}
	}
	g.Release()
}

func emptyTwice() {
	g := noGuard()
	g.Release() // want revrelease
	g.Release() // want revrelease
}

// A value and its error.

func open(h sensor.Handle) (*sensor.Sensor, revocable.Guard, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, g, sensor.ErrGone
	}
	return s, g, nil
}

func openOr(ctx context.Context, h sensor.Handle) (*sensor.Sensor, revocable.Guard, error) {
	select {
	case <-ctx.Done():
		return nil, revocable.Guard{}, ctx.Err()
	default:
	}
	return open(h)
}

func openedOr(ctx context.Context, h sensor.Handle) error {
	s, g, err := openOr(ctx, h)
	if err != nil {
		return err
	}
	defer g.Release()
	_ = s.Value
	return nil
}

func begun(db *store.DB) (err error) {
	tx, err := db.Begin(true)
	defer func() {
		if tx != nil {
			tx.Rollback()
		}
	}()
	if err != nil {
		return err
	}
	return tx.Commit()
}

func bucketOf(tx *store.Tx, ok bool) (*store.Bucket, error) {
	if !ok {
		return nil, store.ErrClosed
	}
	return tx.CreateBucket("x")
}

func coupled(tx *store.Tx, ok bool) error {
	b, err := bucketOf(tx, ok)
	if err != nil {
		return err
	}
	return b.Put("a", nil)
}

// A callback that runs under a condition.

func callIf(on bool, f func()) {
	if on {
		f()
	}
}

func conditional(h sensor.Handle, on bool) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	callIf(on, func() { g.Release() })
	if !on {
		_ = s.Value
		g.Release()
	}
}

// Borrowed from what has ended already.

func borrowedLate(tx *store.Tx, db *store.DB) {
	t, err := db.Begin(false)
	if err != nil {
		return
	}
	b := t.Bucket("x")
	if b == nil {
		t.Rollback()
		return
	}
	t.Rollback()
	v := b.Get("k") // want revuse
	_ = len(v)
	_ = v
}

// A callee that returns what it is given only if that is of some type.

type reader struct{ src any }

func newReader(src any) *reader {
	if r, ok := src.(*reader); ok {
		return r
	}
	return &reader{src}
}

func wrapped(h sensor.Handle) *reader {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	r := newReader(s.Name)
	g.Release()
	return r
}

var readers = sync.Pool{New: func() any { return new(reader) }}

func returnedByType(src any) *reader {
	r := readers.Get().(*reader)
	q := newReader(src)
	readers.Put(r)
	return q
}

func returnedIfReader(src any) int {
	r := readers.Get().(*reader)
	var x any = r
	q := newReader(x)
	readers.Put(r)
	return len(q.src.(string)) // want revuse
}

func wrapsAnother(buf *[]byte) *reader {
	b := slices.Get().(*[]byte)
	q := newReader(b)
	q.src = nil
	slices.Put(b)
	return q
}

var slices = sync.Pool{New: func() any { return new([]byte) }}

// A branch that nothing in the program takes.

var never bool

var sunk any

func escapes(x any) any {
	if never {
		sunk = x
	}
	return x
}

func sinkOfNothing(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	escapes(s)
	g.Release()
}

// A variable that is assigned once, in its initialiser.

type closer interface{ end(g *revocable.Guard) }

type ender struct{}

func (ender) end(g *revocable.Guard) { g.Release() }

var theEnder closer = ender{}

func endedByVariable(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	theEnder.end(&g)
	_ = s.Value // want revuse
}

// A flag that a callee sets in its caller's memory.

func setFlag(h sensor.Handle, s **sensor.Sensor, g *revocable.Guard, ok *bool) {
	*s, *g = h.TryAccess()
	*ok = *s != nil
}

func badUnderAFlag(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	var ok bool
	setFlag(h, &s, &g, &ok)
	if ok {
		g.Release()
		_ = s.Value // want revuse
	}
}

func okUnderAFlag(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	var ok bool
	setFlag(h, &s, &g, &ok)
	if ok {
		_ = s.Value
		g.Release()
	}
}

// What a callee clears in a package-level variable.

var cupboard = &struct{ s *sensor.Sensor }{}

func clearCupboard() { cupboard.s = nil }

func clearCupboardIf(cond bool) {
	if cond {
		cupboard.s = nil
	}
}

func okCleared(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	cupboard.s = s
	clearCupboard()
	g.Release()
}

func okPerhapsCleared(h sensor.Handle, cond bool) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	cupboard.s = s
	clearCupboardIf(cond)
	g.Release()
}

func badNotCleared(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	cupboard.s = s // want revescape
	g.Release()
}
