//go:build linux && (amd64 || arm64) && !race && !revocable_portable

package revocable

import (
	"math"
	"sync"
	"sync/atomic"
	"unsafe"
)

// A slot counts the accesses of one reader. Like the counters of a gate it is an account that only its owner
// pays into, but by plain stores: what makes them as good as atomic ones is the revoker's fence.
//
// To enter, the reader stores that it is in and then looks whether the gate is open; to shut the gate, the revoker
// stores that it is shut and then looks whether the reader is in. If both stores came before both looks, then one at
// least would see the other: the reader leaves again, or the revoker waits for it. But a processor lets a load go
// before an earlier store of its own. So the reader would need a fence between the two, twice for each access, and
// that is nearly all that an atomic operation costs. Instead the revoker, after its store, has every processor that
// runs a thread of this program make one (membarrier on Linux). A reader's look that came before that
// fence has its store before it too, where the revoker sees it; one that came after sees the gate shut.
//
// Leaving is the same: store that it is out, and look whether somebody waits for it. What the revoker has seen in is
// counted in drain, like the accesses in other counters, and marked, so that whoever leaves knows. The model
// in model/reader.pml checks that with store buffers.
type slot struct {
	depth   uint32         // of the access, 0 if out; written by its goroutine alone
	counted bool           // the revoker has seen it in, and waits; guarded by mu
	open    *counter       // what to look at: that of the gate, or alwaysShut
	gate    *gate          // nil once closed
	res     unsafe.Pointer // the resource, so that it is one load away
	hold    Guard          // in debug mode and under test, where an access is taken as others are: that

	mu sync.Mutex // puts the revoker's look and the slow ways of the reader in order
}

const slotSize = unsafe.Sizeof(slot{})

// alwaysShut is looked at by those who always have to take the slow way.
var alwaysShut = func() *counter {
	c := new(counter)
	c.Store(shut)
	return c
}()

// plainStores says that fence does what arrive and depart do not. It is set before there is any reader.
var plainStores bool

// slotsWork reports whether accesses may be counted in slots. Where the system has no membarrier, they are taken as others are.
func slotsWork() bool {
	prepareFence()
	return plainStores
}

func (s *slot) attach(g *gate, res unsafe.Pointer, inSlot bool) {
	s.gate, s.res = g, res
	if inSlot {
		s.open = &g.open
	}
}

func (s *slot) detach() { s.gate, s.open, s.res = nil, alwaysShut, nil }

// forget lets go of the resource, for a reader that is kept for ever.
func (s *slot) forget() { s.res = nil }

// in reports whether the reader is in by its slot, as far as another goroutine can tell.
func (s *slot) in() bool { return s.open != alwaysShut && atomic.LoadUint32(&s.depth) != 0 }

// busy reports to the reader's own goroutine whether it is in.
func (s *slot) busy() bool { return s.depth > 0 }

// count reports whether the reader is in, after the gate was shut and everybody has fenced. If so it will take itself off drain.
func (s *slot) count() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counted = s.in()
	return s.counted
}

// arrive and depart, in assembly, so that nobody reorders their stores and loads but the processor. They add to and
// take from the depth of s, by plain stores, and return what stands in its counter then. For a nil or zero s they return
// notIn, and depart does so for one that is not in.

//go:noescape
func arrive(s *slot) int64

//go:noescape
func depart(s *slot) int64

// notIn is what arrive and depart return, beside the value of a counter, when there is no reader, and
// depart also when it is not in.
const notIn = math.MinInt64

// enterReader is Enter, and leaveReader is Leave. In this form they are inlined, with little of the inliner's budget
// to spare: see enter for why their functions are parameters. A Reader begins with its slot.
func enterReader[T any](r *Reader[T], arrive func(*slot) int64, slow func(*slot) bool) (res *T, ok bool) {
	if s := (*slot)(unsafe.Pointer(r)); arrive(s) >= 0 || slow(s) {
		res, ok = (*T)(s.res), true
	}
	return
}

func leaveReader(s *slot, depart func(*slot) int64, slow func(*slot, int64)) {
	if n := depart(s); n < 0 {
		slow(s, n)
	}
}

// enterReaderSlow goes on with an Enter that did not find the gate open. It reports whether it succeeds.
func enterReaderSlow(s *slot) bool {
	if s == nil || s.gate == nil {
		if s != nil {
			s.depth = 0
		}
		return false
	}
	g := s.gate
	switch {
	case s.depth > 1: // within an access, which keeps the resource
		return true
	case s.open == alwaysShut:
		c := g.enter(enterSlow)
		if c == nil {
			s.depth = 0
			return false
		}
		s.hold = Guard{g, c}
		return true
	default:
		// A revoker may have seen the attempt, and wait for its end.
		if s.out() && g.drain.Add(-1) == 0 {
			// As in enterShard: the clean-up would fall to a caller who was promised not to be held up.
			g.drained(func(f finisher) { go f.finish() })
		}
		return false
	}
}

// leaveReaderSlow goes on with a Leave that did not find the gate open, or was not in.
func leaveReaderSlow(s *slot, n int64) {
	if n == notIn {
		panic("revocable: Leave of a Reader without an access")
	}
	switch g := s.gate; {
	case s.depth > 0: // within another access
	case s.open == alwaysShut:
		s.hold.Release()
	case s.out() && g.drain.Add(-1) == 0:
		g.drained(finisher.finish)
	}
}

// out notes that the reader is out, after its goroutine has seen the gate shut. It reports whether a revoker
// has counted it.
func (s *slot) out() (counted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	atomic.StoreUint32(&s.depth, 0)
	counted, s.counted = s.counted, false
	return counted
}
