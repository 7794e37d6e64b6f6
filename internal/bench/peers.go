package main

import (
	"sync"
	"sync/atomic"

	"github.com/puzpuzpuz/xsync/v4"

	"github.com/revlint/revlint/revocable"
)

// A peer is one way to reach a resource that may go away. Its start makes a fresh one, and returns a
// function that enters, reads a word and leaves n times, as often as one likes and on any number of
// goroutines. The loops are written out, so that each peer is compiled as it would be in a program.
type peer struct {
	name  string
	start func() (loop func(n int) (sum int))
}

type sensor struct{ value int }

// padded keeps a counter on cache lines of its own.
type padded struct {
	_ [128]byte
	n atomic.Int64
	_ [128]byte
}

const (
	floor       = "atomic add pair, own line"
	floorCalls  = "the same, and two calls that are never made"
	ours        = "revocable TryAccess + Release"
	reader      = "revocable Reader, Enter + Leave"
	held        = "revocable access held, Guard.Revoked asked"
	oursWork    = "revocable around 64 dependent loads"
	rwmutex     = "sync.RWMutex"
	rwmutexWork = "sync.RWMutex around 64 dependent loads"
	rbmutex     = "xsync.RBMutex"
	bareWork    = "64 dependent loads alone"
)

var peers = []peer{
	{name: "atomic.Pointer load", start: func() func(int) int {
		var p atomic.Pointer[sensor]
		p.Store(&sensor{1})
		return func(n int) (sum int) {
			for range n {
				if s := p.Load(); s != nil {
					sum += s.value
				}
			}
			return sum
		}
	}},
	{name: floor, start: func() func(int) int {
		s := &sensor{1}
		return func(n int) (sum int) {
			own := new(padded) // for each goroutine
			for range n {
				own.n.Add(1)
				sum += s.value
				own.n.Add(-1)
			}
			return sum
		}
	}},
	{name: floorCalls, start: func() func(int) int {
		s := &sensor{1}
		return func(n int) (sum int) {
			own := new(padded)
			for range n {
				if own.n.Add(1) != 1 {
					never(own)
				}
				sum += s.value
				if own.n.Add(-1) != 0 {
					never(own)
				}
			}
			return sum
		}
	}},
	{name: "atomic add pair, shared line", start: func() func(int) int {
		s, shared := &sensor{1}, new(padded)
		return func(n int) (sum int) {
			for range n {
				shared.n.Add(1)
				sum += s.value
				shared.n.Add(-1)
			}
			return sum
		}
	}},
	{name: "count, TryIncRef style", start: func() func(int) int {
		s, refs := &sensor{1}, new(padded)
		refs.n.Store(1)
		tryIncRef := func() bool {
			for {
				old := refs.n.Load()
				if old == 0 {
					return false
				}
				if refs.n.CompareAndSwap(old, old+1) {
					return true
				}
			}
		}
		return func(n int) (sum int) {
			for range n {
				if tryIncRef() {
					sum += s.value
					if refs.n.Add(-1) == 0 {
						s = nil
					}
				}
			}
			return sum
		}
	}},
	{name: rwmutex, start: func() func(int) int {
		var mu sync.RWMutex
		s := &sensor{1}
		return func(n int) (sum int) {
			for range n {
				mu.RLock()
				if s != nil {
					sum += s.value
				}
				mu.RUnlock()
			}
			return sum
		}
	}},
	{name: rbmutex, start: func() func(int) int {
		mu := xsync.NewRBMutex()
		s := &sensor{1}
		return func(n int) (sum int) {
			for range n {
				t := mu.RLock()
				if s != nil {
					sum += s.value
				}
				mu.RUnlock(t)
			}
			return sum
		}
	}},
	{name: ours, start: func() func(int) int {
		h := revocable.NewProvider(&sensor{1}).Handle()
		return func(n int) (sum int) {
			for range n {
				if s, g := h.TryAccess(); s != nil {
					sum += s.value
					g.Release()
				}
			}
			return sum
		}
	}},
	{name: reader, start: func() func(int) int {
		h := revocable.NewProvider(&sensor{1}).Handle()
		return func(n int) (sum int) {
			r := h.Reader() // for each goroutine
			for range n {
				if s, ok := r.Enter(); ok {
					sum += s.value
					r.Leave()
				}
			}
			r.Close() // not deferred, for then the sum would be kept in memory, which those before do without
			return sum
		}
	}},
	{name: held, start: func() func(int) int {
		h := revocable.NewProvider(&sensor{1}).Handle()
		return func(n int) (sum int) {
			s, g := h.TryAccess()
			if s == nil {
				return 0
			}
			defer g.Release()
			for range n {
				if g.Revoked() {
					return sum
				}
				sum += s.value
			}
			return sum
		}
	}},
	{name: "revocable with deferred Release", start: func() func(int) int {
		h := revocable.NewProvider(&sensor{1}).Handle()
		return func(n int) (sum int) {
			for range n {
				sum += readDeferred(h)
			}
			return sum
		}
	}},
	{name: "revocable With", start: func() func(int) int {
		h := revocable.NewProvider(&sensor{1}).Handle()
		return func(n int) (sum int) {
			for range n {
				_ = h.With(func(s *sensor) error {
					sum += s.value
					return nil
				})
			}
			return sum
		}
	}},
	{name: "revocable Live", start: func() func(int) int {
		h := revocable.NewProvider(&sensor{1}).Handle()
		return func(n int) (sum int) {
			for range n {
				for s := range h.Live() {
					sum += s.value
				}
			}
			return sum
		}
	}},
	{name: "revocable TryAccess once revoked", start: func() func(int) int {
		p := revocable.NewProvider(&sensor{1})
		p.Revoke()
		h := p.Handle()
		return func(n int) (sum int) {
			for range n {
				if s, g := h.TryAccess(); s != nil {
					sum += s.value
					g.Release()
				}
			}
			return sum
		}
	}},
	{name: bareWork, start: func() func(int) int {
		ring := newRing()
		return func(n int) (at int) {
			for range n {
				at = ring.walk(at)
			}
			return at
		}
	}},
	{name: oursWork, start: func() func(int) int {
		h := revocable.NewProvider(newRing()).Handle()
		return func(n int) (at int) {
			for range n {
				if r, g := h.TryAccess(); r != nil {
					at = r.walk(at)
					g.Release()
				}
			}
			return at
		}
	}},
	{name: rwmutexWork, start: func() func(int) int {
		var mu sync.RWMutex
		r := newRing()
		return func(n int) (at int) {
			for range n {
				mu.RLock()
				at = r.walk(at)
				mu.RUnlock()
			}
			return at
		}
	}},
}

// never is what the slow way of an entry or a leave is to the compiler: a call after which the loop goes on.
//
//go:noinline
func never(p *padded) { p.n.Store(0) }

//go:noinline
func readDeferred(h revocable.Handle[sensor]) int {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.value
}

// A ring is real work: each load needs the one before.
type ring [256]int

func newRing() *ring {
	r := new(ring)
	for i := range r {
		r[i] = (i*37 + 11) % len(r)
	}
	return r
}

func (r *ring) walk(at int) int {
	for range 64 {
		at = r[at&255]
	}
	return at
}
