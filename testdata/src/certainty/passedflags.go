package certainty

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// A condition that is passed is asked again by the callee: with what it came out as before, no path is certain that
// would need it both ways.

func refreshed(s *sensor.Sensor, last []float64, now bool) float64 {
	if now {
		last = s.History
	}
	sum := 0.0
	for _, x := range last {
		sum += x
	}
	return sum
}

func asksBeforeAndPasses(h, k sensor.Handle, now bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var last []float64
	if !now {
		last = s.History
	}
	if now {
		g.Release()
	}
	t, f := k.TryAccess()
	if t == nil {
		if !now {
			g.Release()
		}
		return 0
	}
	defer f.Release()
	sum := refreshed(t, last, now)
	if !now {
		g.Release()
	}
	return sum
}

func asksOnceAndPasses(h, k sensor.Handle, now bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var last []float64
	if now {
		last = s.History
	}
	g.Release()
	t, f := k.TryAccess()
	if t == nil {
		return 0
	}
	defer f.Release()
	return refreshed(t, last, now)
}

// Broken: in any case.

func asksAndPassesToWhoDoesNot(h sensor.Handle, now bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var last []float64
	if now {
		last = s.History
	}
	g.Release()
	return summed(last, now) // want revuse
}

func summed(last []float64, _ bool) (sum float64) {
	for _, x := range last {
		sum += x
	}
	return sum
}

// Broken: the callee asks for the opposite. Which of its looks goes with what it was passed, its summary does not say.

func asksForTheOpposite(h, k sensor.Handle, now bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var last []float64
	if now {
		last = s.History
	}
	g.Release()
	t, f := k.TryAccess()
	if t == nil {
		return 0
	}
	defer f.Release()
	return refreshed(t, last, !now) // missed: revuse
}

func grantedIf(h sensor.Handle, is bool) (s *sensor.Sensor, g revocable.Guard) {
	if is {
		s, g = h.TryAccess()
	}
	return s, g
}

func letGoIf(g revocable.Guard, is bool) {
	if is {
		g.Release()
	}
}

func grantedIfEither(h sensor.Handle, a, b bool) (s *sensor.Sensor, g revocable.Guard) {
	if a || b {
		s, g = h.TryAccess()
	}
	return s, g
}

func passesTwice(h sensor.Handle, a bool) {
	_, g := grantedIf(h, a)
	letGoIf(g, a)
}

func passesTwoInOne(h sensor.Handle, a, b bool) {
	_, g := grantedIf(h, a || b)
	letGoIf(g, a || b)
}

func passesTwoThenOne(h sensor.Handle, a, b bool) {
	_, g := grantedIfEither(h, a, b)
	letGoIf(g, a || b)
}

// Broken: one of them is not enough.

func passesTwoAndForgetsOne(h sensor.Handle, a, b bool) {
	_, g := grantedIfEither(h, a, b) // want revleak
	letGoIf(g, a)
}

func passesTheOpposite(h sensor.Handle, a bool) {
	_, g := grantedIf(h, a) // want revleak
	letGoIf(g, !a)          // want revrelease
}

// What a || b joins is told by a, and by b, as long as it is kept.

func keepsWhetherEither(h sensor.Handle, a, b bool) {
	var stop func()
	if a || b {
		_, g := h.TryAccess()
		stop = g.Release
	}
	either := a || b
	if either {
		stop()
	}
}

// Broken: it is not both.

func keepsWhetherBoth(h sensor.Handle, a, b bool) {
	var stop func()
	if a || b {
		_, g := h.TryAccess() // want revleak
		stop = g.Release
	}
	both := a && b
	if both {
		stop()
	}
}

// What a goroutine releases, and what goes by a channel, is released only where it was there.

func perhapsSent(h sensor.Handle, a, b bool) {
	_, g := grantedIf(h, a && b)
	c := make(chan int, 1)
	if a {
		c <- 1
	}
	select {
	case <-c:
		g.Release()
	default:
	}
}

func perhapsSentInAGoroutine(h sensor.Handle, a, b bool) {
	_, g := grantedIf(h, a && b)
	c := make(chan int, 1)
	if a {
		c <- 1
	}
	select {
	case <-c:
		done := make(chan int)
		go func() {
			g.Release()
			close(done)
		}()
		<-done
	default:
	}
}

func letGoAndCount(h sensor.Handle, a, b bool) (n int) {
	_, g := grantedIfEither(h, a, b)
	if a {
		n++
	}
	letGoIf(g, a || b)
	return n
}

func stopIf(stop func(), is bool) {
	if is {
		stop()
	}
}

func startedIfEither(h sensor.Handle, a, b bool) (stop func()) {
	if a || b {
		_, g := h.TryAccess()
		stop = g.Release
	}
	return stop
}

func stopsIfEither(h sensor.Handle, a, b bool) {
	stop := startedIfEither(h, a, b)
	if stop != nil {
		stopIf(stop, a || b)
	}
}
