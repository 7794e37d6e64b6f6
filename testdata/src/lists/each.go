package lists

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// A callee does something to each element that it is given, and leaves out none: so it does to those that its
// caller names.

func releaseEach(gs ...*revocable.Guard) {
	for _, g := range gs {
		g.Release()
	}
}

func releaseBackwards(gs ...*revocable.Guard) {
	for i := len(gs) - 1; i >= 0; i-- {
		gs[i].Release()
	}
}

func sumOfEach(ss ...*sensor.Sensor) (sum float64) {
	for i := 0; i < len(ss); i++ {
		sum += ss[i].Value
	}
	return sum
}

func okEach(h, k sensor.Handle) float64 {
	s, g := h.TryAccess()
	t, f := k.TryAccess()
	defer releaseEach(&g, &f)
	if s == nil || t == nil {
		return 0
	}
	return sumOfEach(s, t)
}

func leftOutOfEach(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess() // want revleak
	_ = f
	releaseEach(&g)
}

func usedAfterEach(h, k sensor.Handle) float64 {
	s, g := h.TryAccess()
	_, f := k.TryAccess()
	releaseBackwards(&f, &g)
	if s == nil {
		return 0
	}
	return s.Value // want revuse
}

func lookedAtInEach(h, k sensor.Handle) float64 {
	s, g := h.TryAccess()
	t, f := k.TryAccess()
	defer releaseEach(&g, &f)
	if s == nil {
		return 0
	}
	return sumOfEach(s, t) // want revnil
}

func lookedAtInEachAfterwards(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	releaseEach(&g)
	return sumOfEach(s) // want revuse
}

// Of these loops not every round does it, or not every element has one.

func releaseRest(gs ...*revocable.Guard) {
	for i := 1; i < len(gs); i++ {
		gs[i].Release()
	}
}

func releaseUntil(stop func() bool, gs ...*revocable.Guard) {
	for _, g := range gs {
		if stop() {
			break
		}
		g.Release()
	}
}

func releaseGiven(gs ...*revocable.Guard) {
	for _, g := range gs {
		if g != nil {
			g.Release()
		}
	}
}

func releaseFirst(gs ...*revocable.Guard) {
	for i := range gs {
		if i == 0 {
			gs[i].Release()
		}
	}
}

func okRest(h, k sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	_, f := k.TryAccess()
	releaseRest(&g, &f)
	return s.Value
}

func okUntil(h sensor.Handle, stop func() bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	releaseUntil(stop, &g)
	return s.Value
}

func okGiven(h sensor.Handle) {
	_, g := h.TryAccess()
	releaseGiven(nil, &g)
}

func okFirst(h, k sensor.Handle) float64 {
	s, g := h.TryAccess()
	_, f := k.TryAccess()
	releaseFirst(&f, &g)
	if s == nil {
		return 0
	}
	x := s.Value
	g.Release()
	return x
}

// releaseTwice does it to each in each of two rounds.
func releaseTwice(gs ...func()) {
	for range 2 {
		for _, g := range gs {
			g()
		}
	}
}

// What is done to each more than once is not told.
func twice(h sensor.Handle) {
	_, g := h.TryAccess()
	releaseTwice(g.Release) // missed: revrelease
}

// What is kept of each is seen, too.

var lastGuard *revocable.Guard

func releaseAndKeep(gs ...*revocable.Guard) {
	for _, g := range gs {
		lastGuard = g
	}
}

func okKeptOfEach(h sensor.Handle) {
	_, g := h.TryAccess()
	releaseAndKeep(&g)
}

// A number that is passed decides whether a callee releases.

func releaseIfMany(g revocable.Guard, n int) {
	if n > 1 {
		g.Release()
	}
}

func releaseInRounds(g revocable.Guard, n int) {
	for range n {
		g.Release()
		break
	}
}

func passOn(g revocable.Guard, n int) { releaseIfMany(g, n) }

func fewLeft(h sensor.Handle, n int) {
	_, g := h.TryAccess() // want revleak
	releaseIfMany(g, n)
}

func fewLeftOnTheWay(h sensor.Handle, n int) {
	_, g := h.TryAccess() // want revleak
	passOn(g, n)
}

func noRoundLeft(h sensor.Handle, all []string) {
	_, g := h.TryAccess() // want revleak
	releaseInRounds(g, len(all))
}

func manyUsed(h sensor.Handle, n int) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	releaseIfMany(g, n)
	if n == 7 {
		return s.Value // want revuse
	}
	if n < 2 {
		g.Release()
	}
	return 0
}

func okFew(h sensor.Handle, n int) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	releaseIfMany(g, n)
	if n <= 1 {
		x := s.Value
		g.Release()
		return x
	}
	return 0
}

func okMany(h sensor.Handle) {
	_, g := h.TryAccess()
	releaseIfMany(g, 2)
}

func okNoRound(h sensor.Handle, all []string) {
	_, g := h.TryAccess()
	if len(all) == 0 {
		g.Release()
		return
	}
	releaseInRounds(g, len(all))
}

// okOneOfSeveral passes a number that goes with what else it does.
func okOneOfSeveral(h sensor.Handle, n int, all bool) {
	_, g := h.TryAccess()
	if all || n < 2 {
		n = 2
	}
	releaseIfMany(g, n)
}

func okEitherWay(h sensor.Handle, all bool) {
	_, g := h.TryAccess()
	n := 0
	if all {
		n = 3
	}
	releaseIfMany(g, n)
	if !all {
		g.Release()
	}
}
