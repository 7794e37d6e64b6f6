package certainty

import (
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What a callee does with two things that it was given, and in which order.

func lookLate(s *sensor.Sensor, g revocable.Guard) {
	g.Release()
	_ = s.Value
}

func lookFirst(s *sensor.Sensor, g revocable.Guard) {
	_ = s.Value
	g.Release()
}

func lookDeferred(s *sensor.Sensor, g revocable.Guard) {
	defer s.Read()
	g.Release()
}

func lookedAtLate(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	lookLate(s, g) // want revuse
}

func lookedAtFirst(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	lookFirst(s, g)
}

func lookedAtOnTheWayOut(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	lookDeferred(s, g) // want revuse
}

// The guard of another access is none of this one's.
func lookedAtAfterAnother(h, other sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	t, of := other.TryAccess()
	if t == nil {
		return
	}
	lookLate(s, of)
}

// Where what may be nil is looked at, what comes after is of what was given.
func leakedAfterALook(h sensor.Handle) {
	s, _ := h.TryAccess() // want revleak
	_ = s.Value           // want revnil
}

func releasedAfterALook(h sensor.Handle) {
	s, g := h.TryAccess()
	_ = s.Value // want revnil
	g.Release()
}

// Goroutines that are waited for at once.

func endedInAGoroutine(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.Release()
	}()
	<-done
	_ = s.Value // want revuse
}

func usedInAGoroutine(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() { _ = s.Value })
	wg.Wait()
	g.Release()
}

// What signals before it is done is not waited for.
func signalledTooEarly(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	ready := make(chan struct{})
	go func() {
		close(ready)
		_ = s.Value // missed: revescape
	}()
	<-ready
	g.Release()
}

// Calls that are deferred more than once.

func deferredInALoop(h sensor.Handle, n int) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return
	}
	for range n {
		defer g.Release() // want revrelease
	}
}

func deferredForEach(handles []sensor.Handle) {
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		defer g.Release()
		_ = s.Value
	}
}

// Functions that stand on a stack until it is closed.

type stack struct{ fns []func() }

func (s *stack) push(fn func()) { s.fns = append(s.fns, fn) }

func (s *stack) close() {
	for _, fn := range s.fns {
		fn()
	}
}

func releasedByAStack(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	var undo stack
	undo.push(g.Release)
	_ = s.Value
	undo.close()
}

func usedOnAStack(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	g.Release()
	var undo stack
	undo.push(func() { _ = s.Value }) // want revuse
	undo.close()
}

// What a callee leaves in its caller's memory goes with whether there is an access.

type sensorSlot struct {
	s   *sensor.Sensor
	g   revocable.Guard
	err error
}

func (o *sensorSlot) fill(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		o.err = sensor.ErrGone
		return
	}
	o.s, o.g, o.err = s, g, nil
}

func openedInPlace(h sensor.Handle) float64 {
	var o sensorSlot
	o.fill(h)
	if o.err != nil {
		return 0
	}
	defer o.g.Release()
	return o.s.Value
}

// A collection that was made here holds what was put there.

func usedFromAnArray(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	both := [2]*sensor.Sensor{s, s}
	g.Release()
	_ = both[1].Value // want revuse
}

func usedFromASlice(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	var all []*sensor.Sensor
	all = append(all, s)
	for _, s := range all {
		_ = s.Value
	}
}

// One of several, each released in its turn.
func releasedFromASlice(handles []sensor.Handle) {
	var guards []revocable.Guard
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		_ = s.Value
		guards = append(guards, g)
	}
	for i := range guards {
		guards[i].Release()
	}
}

func releasedFromAParameter(g revocable.Guard) {
	guards := []revocable.Guard{g}
	for i := range guards {
		guards[i].Release()
	}
}
