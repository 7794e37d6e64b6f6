package revocable

import (
	"sync/atomic"
	"unsafe"
)

// A Reader makes the accesses of one goroutine, for one that makes very many: a poll loop, a packet path. Where
// the system lets it (Linux with membarrier, on amd64 and arm64), an access is two plain stores, in calls that are not
// inlined: 6 ns. That is half of two atomic additions on some processors, and more than these on others (see
// docs/performance.md). The revoker pays for it: it interrupts all processors that run the program, once. Elsewhere it is two atomic additions that no other goroutine competes for. For all others, Handle's
// TryAccess is nearly as good.
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
// One goroutine at a time may use a Reader. It may be handed on, also within an access, by whatever synchronizes
// the two, such as a channel. Accesses nest: Enter within an access succeeds, also after a revocation has begun,
// and the access ends with the last Leave. The provider keeps the Reader, some hundred bytes, until it is closed.
// A nil or zero Reader is a closed one. It must not be copied.
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

// Reader returns a new Reader of the resource, which must be closed. It allocates, and may take a few
// microseconds. After a revocation all its attempts to enter fail.
//
//revlint:borrow r from h
func (h Handle[T]) Reader() (r *Reader[T]) {
	r = &Reader[T]{provider: h.p}
	r.detach()
	if g := h.p.cell(); !g.void() {
		h.p.addReader(&r.slot, slotsWork() && !g.slowly())
	}
	return r
}

// Enter takes an access. It returns the resource and true, or nil and false if the resource was revoked.
// It never blocks, and allocates in debug mode only.
//
//revlint:acquire res guard r from r if ok
func (r *Reader[T]) Enter() (res *T, ok bool) { return enterReader(r, arrive, enterReaderSlow) }

// Leave ends the access that the last Enter took. The pointer that came with it must not be used any more. The
// call of Leave synchronizes before the clean-up and before the return of every Revoke.
//
// If no revoker waits and this was the last access after a revocation, Leave runs the clean-up. It panics if there
// is no access.
//
//revlint:release r
func (r *Reader[T]) Leave() { leaveReader((*slot)(unsafe.Pointer(r)), depart, leaveReaderSlow) }

// Close ends the Reader: no Enter succeeds any more. It panics within an access. Closing again does
// nothing.
func (r *Reader[T]) Close() {
	if r == nil || r.gate == nil {
		return
	}
	if r.busy() {
		panic("revocable: Close of a Reader within its access")
	}
	r.gate.removeReader(&r.slot)
	r.detach()
	r.provider = nil
}

// slowly says that g wants to see each access.
func (g *gate) slowly() bool {
	mode := atomic.LoadUint32(&g.mode)
	return mode == modeRecorded || mode == modeSnared
}

// addReader registers a reader, unless the gate is shut. Its accesses are counted in its slot, or taken as others are.
//
// A revocation that does not see the reader has shut the gate before: so all that the reader does comes after that, for
// the extension's mutex puts the two in order, and finds the gate shut.
func (p *Provider[T]) addReader(s *slot, inSlot bool) {
	x := p.extension()
	x.mu.Lock()
	defer x.mu.Unlock()
	if p.happened(eventRevoked) {
		return
	}
	if x.readers == nil {
		x.readers = make(map[*slot]struct{})
	}
	x.readers[s] = struct{}{}
	s.attach(&p.gate, unsafe.Pointer(p.res), inSlot) // it is there: the clean-up comes after the event
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
		if s.count() {
			running++
		}
	}
	return running
}

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
