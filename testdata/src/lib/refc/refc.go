// Package refc has buffers that are counted.
package refc

import "sync/atomic"

type Buf struct {
	refs atomic.Int32
	data []byte
}

// New returns a buffer with one reference.
//
//revlint:acquire b
func New(data []byte) (b *Buf) {
	b = &Buf{data: data}
	b.refs.Store(1)
	return b
}

// Retain takes one more reference.
//
//revlint:acquire b
func (b *Buf) Retain() { b.refs.Add(1) }

// TryRetain takes one more reference if there is one left.
//
//revlint:acquire b if ok
func (b *Buf) TryRetain() (ok bool) {
	for n := b.refs.Load(); n > 0; n = b.refs.Load() {
		if b.refs.CompareAndSwap(n, n+1) {
			return true
		}
	}
	return false
}

// Release gives one reference back.
//
//revlint:release b
func (b *Buf) Release() {
	if b.refs.Add(-1) == 0 {
		b.data = nil
	}
}

// Data is valid while a reference is held.
//
//revlint:borrow data from b
func (b *Buf) Data() (data []byte) { return b.data }

func (b *Buf) Len() int { return len(b.data) }

// A Sem is a counting semaphore.
type Sem struct{ free atomic.Int32 }

// TryAcquire takes one, if there is one.
//
//revlint:acquire _ guard s if ok
func (s *Sem) TryAcquire() (ok bool) {
	if s.free.Add(-1) < 0 {
		s.free.Add(1)
		return false
	}
	return true
}

//revlint:release s
func (s *Sem) Release() { s.free.Add(1) }

// A List lends its buffers.
type List struct{ bufs []*Buf }

// Each calls fn with each buffer, which is the list's.
//
//revlint:scoped fn, fn(b)
func (l *List) Each(fn func(b *Buf)) {
	for _, b := range l.bufs {
		fn(b)
	}
}
