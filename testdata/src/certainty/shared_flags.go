package certainty

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What stands in a flag or a counter is not known any more once code out of sight can set it: by the address of a
// part of what was stored as a whole, by a package variable, by a channel, or from a goroutine.

type counted struct {
	n int
	g revocable.Guard
}

var (
	setCount  func(*int)
	keptCount *int
)

func badPartOfWhole(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := counted{n: 0, g: g}
	setCount(&x.n)
	if x.n > 0 {
		g.Release()
		return s.Read() // want revuse
	}
	g.Release()
	return 0
}

func badPartOfArray(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := [1]counted{{n: 0, g: g}}
	setCount(&x[0].n)
	if x[0].n > 0 {
		g.Release()
		return s.Read() // want revuse
	}
	g.Release()
	return 0
}

func badKeptCount(h sensor.Handle, f func()) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := counted{n: 0}
	keptCount = &x.n
	f()
	if x.n > 0 {
		g.Release()
		return s.Read() // want revuse
	}
	g.Release()
	return 0
}

func badSentCount(h sensor.Handle, c chan *int, done chan bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	n := 0
	c <- &n
	<-done
	if n > 0 {
		g.Release()
		return s.Read() // want revuse
	}
	g.Release()
	return 0
}

func badCountedInGoroutine(h sensor.Handle, wait func()) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	n := 0
	go func() { n = 1 }()
	wait()
	if n > 0 {
		g.Release()
		return s.Read() // want revuse
	}
	g.Release()
	return 0
}

func badFlagOfWhole(h sensor.Handle, set func(*bool)) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := struct{ is, was bool }{false, true}
	set(&x.is)
	if x.is {
		g.Release()
		return s.Read() // want revuse
	}
	g.Release()
	return 0
}

// Nobody else can set it.
func okOwnCount(h sensor.Handle, f func()) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := counted{n: 0}
	f()
	if x.n > 0 {
		g.Release()
		return s.Read()
	}
	g.Release()
	return 0
}

func okNeighbour(h sensor.Handle, set func(*bool)) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := struct{ is, was bool }{false, false}
	set(&x.was)
	if x.is {
		g.Release()
		return s.Read()
	}
	g.Release()
	return 0
}

func okSetAgain(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := counted{n: 0}
	setCount(&x.n)
	x.n = 0
	if x.n > 0 {
		g.Release()
		return s.Read()
	}
	g.Release()
	return 0
}
