//go:build !linux || !(amd64 || arm64) || race || revocable_portable

package revocable

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// (The race detector sees the atomic operations here, but not the assembly of the other way. The build tag
// revocable_portable is for tests and benchmarks of this one where there is a better one.)

// A slot counts the accesses of one reader. One goroutine alone enters, so it need not add: it swaps, which is cheaper than
// that, as long as nothing else is asked of the slot.
//
// To enter, the reader stores that it is in and then looks whether the gate is open; to shut the gate, the revoker stores that
// it is shut and then looks whether the reader is in. Go's atomics have one total order, so one at least sees the
// other's store: the reader leaves again, or the revoker waits for it. Where the revoker sees it in, it leaves a mark, in one
// operation with its look; and the reader leaves in one operation with a look for the mark. So both know whether
// the reader has to take itself off drain, and Leave need not ask the gate.
//
// Of nested accesses one at most is in state. The others are pinned, which only slow ways look at.
type slot struct {
	state  uint32         // atomic
	was    uint32         // the state before the last arrive, if that failed; the reader's own
	gate   *gate          // nil once closed
	res    unsafe.Pointer // the resource, so that it is one load away
	inSlot bool           // accesses are counted here; otherwise they are taken as others are
	hold   Guard          // if so: that

	mu     sync.Mutex // puts the revoker's look and the slow ways of the reader in order
	pinned uint32     // guarded by mu in a slot; otherwise all accesses, and the reader's own
	owed   bool       // the revoker has seen the reader in, and the mark is not in state; likewise
}

const slotSize = unsafe.Sizeof(slot{})

// The states of a slot.
const (
	slotNone    uint32 = iota // there is no reader, or its accesses are taken as others are
	slotOut                   // of any access, except for those that are pinned
	slotIn                    // an access, or an attempt at one that has not looked at the gate yet
	slotCounted               // the same, marked by a revoker
)

func slotsWork() bool { return true }

func (s *slot) attach(g *gate, res unsafe.Pointer, inSlot bool) {
	s.gate, s.res, s.inSlot = g, res, inSlot
	if inSlot {
		s.state = slotOut
	}
}

func (s *slot) detach() { s.state, s.gate, s.res = slotNone, nil, nil }

// forget lets go of the resource, for a reader that is kept for ever.
func (s *slot) forget() { s.res = nil }

// in reports whether the reader is in by its slot, as far as another goroutine can tell.
func (s *slot) in() bool {
	if !s.inSlot {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pinned > 0 || atomic.LoadUint32(&s.state) >= slotIn
}

// busy reports to the reader's own goroutine whether it is in.
func (s *slot) busy() bool { return s.pinned > 0 || atomic.LoadUint32(&s.state) >= slotIn }

// count reports whether the reader is in, after the gate was shut. If so it will take itself off drain.
func (s *slot) count() bool {
	if !s.inSlot {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pinned > 0 {
		s.owed = true
		return true
	}
	return atomic.CompareAndSwapUint32(&s.state, slotIn, slotCounted)
}

func fence() {}

// enterReader is Enter, and leaveReader is Leave. In this form they are inlined, with little of the inliner's budget
// to spare: see enter for why their functions are parameters. A Reader begins with its slot.
func enterReader[T any](r *Reader[T], arrive, slow func(*slot) bool) (res *T, ok bool) {
	if s := (*slot)(unsafe.Pointer(r)); arrive(s) || slow(s) {
		res, ok = (*T)(s.res), true
	}
	return
}

func leaveReader(s *slot, depart func(*slot) uint32, slow func(*slot, uint32)) {
	if was := depart(s); was != slotIn {
		slow(s, was)
	}
}

// arrive is Enter where the slot is out and the gate open. A load of what it swaps, before that, would cost half as much again.
func arrive(s *slot) bool {
	if s != nil {
		was := atomic.SwapUint32(&s.state, slotIn)
		if was == slotOut {
			if s.gate.open.Load() >= 0 {
				return true
			}
		}
		s.was = was
	}
	return false
}

// depart is Leave, except for what has to be done where the state, which it returns, was another than slotIn.
func depart(s *slot) uint32 {
	if s == nil {
		return slotNone
	}
	return atomic.SwapUint32(&s.state, slotOut)
}

// enterReaderSlow goes on with an Enter after arrive. It reports whether it succeeds.
func enterReaderSlow(s *slot) bool {
	switch {
	case s == nil:
		return false
	case s.was == slotNone: // as it must stay
		atomic.StoreUint32(&s.state, slotNone)
		return s.take()
	case s.nest():
		return true
	}
	// The gate is shut. A revoker may have seen the attempt, and wait for its end.
	if g := s.gate; depart(s) == slotCounted && g.drain.Add(-1) == 0 {
		// As in admit: the clean-up would fall to a caller who was promised not to be held up.
		g.drained(func(f finisher) { go f.finish() })
	}
	return false
}

// nest reports whether the attempt is within an access, which keeps the resource, and so succeeds.
func (s *slot) nest() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.was >= slotIn {
		s.pinned++
		s.owed = s.owed || s.was == slotCounted
	}
	return s.pinned > 0
}

// take takes an access as others do, unless it is within one.
func (s *slot) take() bool {
	if s.gate == nil {
		return false
	}
	if s.pinned == 0 {
		c := s.gate.enter(enterSlow)
		if c == nil {
			return false
		}
		s.hold = Guard{s.gate, c}
	}
	s.pinned++
	return true
}

// leaveReaderSlow goes on with a Leave after depart.
func leaveReaderSlow(s *slot, was uint32) {
	if s != nil && was == slotNone { // as it must stay
		atomic.StoreUint32(&s.state, slotNone)
	}
	if s == nil || was != slotCounted && s.pinned == 0 {
		panic("revocable: Leave of a Reader without an access")
	}
	if s.unpin(was) {
		if g := s.gate; !s.inSlot {
			s.hold.Release()
		} else if g.drain.Add(-1) == 0 {
			g.drained(finisher.finish)
		}
	}
}

// unpin ends an access, except one that was in the state without a mark. It reports whether somebody must be told.
func (s *slot) unpin(was uint32) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if was == slotCounted {
		s.owed = true
	} else {
		s.pinned--
	}
	if s.pinned > 0 {
		return false
	}
	tell := s.owed || !s.inSlot
	s.owed = false
	return tell
}
