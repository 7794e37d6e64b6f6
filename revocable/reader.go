package revocable

import (
	"math"
	"sync"
	"sync/atomic"
	"unsafe"
)

// A Reader makes the accesses of one goroutine, for one that makes very many: a poll loop, a packet path.
// Where the system lets it, an access is two plain stores, less than half of what two atomic additions cost,
// and what that saves is paid by the revoker, who interrupts all processors that run the program, once. Handle's
// TryAccess is nearly as good for all who do not spend their time on accesses.
//
//	r := h.Reader()
//	defer r.Close()
//	for packet := range queue {
//		port, ok := r.Enter()
//		if !ok {
//			return revocable.ErrRevoked
//		}
//		port.Send(packet)
//		r.Leave()
//	}
//
// One goroutine at a time may use a Reader; it may be handed on, also within an access, by whatever orders the
// two, a channel for example. Accesses nest: Enter within an access succeeds, also after a revocation has begun, and
// the access ends with the last Leave. Until it is closed the provider keeps the Reader, some hundred bytes. A nil or zero Reader
// is a closed one. It must not be copied.
type Reader[T any] struct {
	_ noCopy

	slot
	provider *Provider[T]
	_        [128 - slotSize - unsafe.Sizeof(uintptr(0))]byte // a pair of cache lines to itself
}

// noCopy makes go vet refuse copies of what has one.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

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
	depth   uint32   // of the access, 0 if out; written by its goroutine alone
	counted bool     // the revoker has seen it in, and waits; guarded by mu
	open    *counter // what to look at: that of the gate, or alwaysShut
	gate    *gate    // nil once closed
	hold    Guard    // in debug mode and under test, where an access is taken as others are: that

	mu sync.Mutex // puts the revoker's look and the slow ways of the reader in order
}

const slotSize = unsafe.Sizeof(slot{})

// alwaysShut is looked at by those who always have to take the slow way.
var alwaysShut = func() *counter {
	c := new(counter)
	c.Store(shut)
	return c
}()

// notIn is what arrive and depart return, beside the value of a counter, when there is no reader, and
// depart also when it is not in.
const notIn = math.MinInt64

// Reader returns a new Reader of the resource, which must be closed. It allocates, and may take a few
// microseconds. After a revocation all its attempts to enter fail.
//
//revlint:borrow r from h
func (h Handle[T]) Reader() (r *Reader[T]) {
	r = &Reader[T]{provider: h.p}
	r.open = alwaysShut
	switch g := h.p.cell(); {
	case g.void():
	case g.slowly():
		r.gate = g
	case g.addReader(&r.slot):
		r.gate, r.open = g, &g.open
	}
	return r
}

// Enter takes an access. It returns the resource and true, or nil and false if the resource was revoked.
// It never blocks, and allocates in debug mode only.
//
//revlint:acquire res guard r from r if ok
func (r *Reader[T]) Enter() (res *T, ok bool) { return enterReader(r, arrive, enterReaderSlow) }

// enterReader is Enter, and leaveReader is Leave. In this form they are inlined, with little of the inliner's budget
// to spare: see enter for why their functions are parameters. A Reader begins with its slot.
func enterReader[T any](r *Reader[T], arrive func(*slot) int64, slow func(*slot) bool) (res *T, ok bool) {
	if s := (*slot)(unsafe.Pointer(r)); arrive(s) >= 0 || slow(s) {
		res, ok = r.provider.res, true
	}
	return
}

// Leave ends the access that the last Enter took. The pointer that came with it must not be used any more. What
// a goroutine did before it called Leave happens before the clean-up and before the return of every Revoke.
//
// If no revoker waits and this was the last access after a revocation, Leave runs the clean-up. It panics if there
// is no access.
//
//revlint:release r
func (r *Reader[T]) Leave() { leaveReader((*slot)(unsafe.Pointer(r)), depart, leaveReaderSlow) }

func leaveReader(s *slot, depart func(*slot) int64, slow func(*slot, int64)) {
	if n := depart(s); n < 0 {
		slow(s, n)
	}
}

// Close takes leave of the provider: no Enter succeeds any more. It panics within an access. Closing again does
// nothing.
func (r *Reader[T]) Close() {
	if r == nil || r.gate == nil {
		return
	}
	if r.depth > 0 {
		panic("revocable: Close of a Reader within its access")
	}
	r.gate.removeReader(&r.slot)
	r.gate, r.open, r.provider = nil, alwaysShut, nil
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

// slowly says that g wants to see each access.
func (g *gate) slowly() bool {
	mode := atomic.LoadUint32(&g.mode)
	return mode == modeRecorded || mode == modeSnared
}

// addReader registers a reader. It reports false if the gate is shut.
//
// A revocation that does not see the reader has shut the gate before: so all that the reader does comes after that, for
// the extension's mutex puts the two in order, and finds the gate shut.
func (g *gate) addReader(s *slot) bool {
	prepareFence()
	x := g.extension()
	x.mu.Lock()
	defer x.mu.Unlock()
	if g.happened(eventRevoked) {
		return false
	}
	if x.readers == nil {
		x.readers = make(map[*slot]struct{})
	}
	x.readers[s] = struct{}{}
	return true
}

func (g *gate) removeReader(s *slot) {
	x := g.extension()
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.readers, s)
}

// countReaders returns how many readers are in, each of which will take itself off drain. Its caller has
// shut the gate.
func (g *gate) countReaders() (running int64) {
	x := g.ext.Load()
	if x == nil {
		return 0
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.readers == nil {
		return 0
	}
	fence()
	for s := range x.readers {
		s.mu.Lock()
		if s.in() {
			s.counted = true
			running++
		}
		s.mu.Unlock()
	}
	return running
}

// in reports whether the reader is in, as far as another goroutine can tell.
func (s *slot) in() bool { return atomic.LoadUint32(&s.depth) != 0 }

// readersIn returns how many readers are in, as far as one look can tell.
func (g *gate) readersIn() (n int64) {
	x := g.ext.Load()
	if x == nil {
		return 0
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for s := range x.readers {
		if s.in() {
			n++
		}
	}
	return n
}
