// Package pool keeps used objects for those who need one next.
package pool

import "sync"

// A Pool is a pool of *T.
type Pool[T any] struct {
	mu    sync.Mutex
	free  []*T
	reset func(*T)
}

func New[T any](reset func(*T)) *Pool[T] { return &Pool[T]{reset: reset} }

// Get returns an object, to be given back with Put or dropped.
//
//revlint:acquire x from p optional
func (p *Pool[T]) Get() (x *T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.free)
	if n == 0 {
		return new(T)
	}
	x = p.free[n-1]
	p.free = p.free[:n-1]
	return x
}

// Put gives x back; it must not be used any more.
//
//revlint:release x to p
func (p *Pool[T]) Put(x *T) {
	if p.reset != nil {
		p.reset(x)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, x)
}

// A Buffer is what pools mostly hold.
type Buffer struct{ B []byte }

func (b *Buffer) Write(p []byte) (int, error) {
	b.B = append(b.B, p...)
	return len(p), nil
}

func (b *Buffer) WriteString(s string) (int, error) {
	b.B = append(b.B, s...)
	return len(s), nil
}

func (b *Buffer) Bytes() []byte { return b.B }

func (b *Buffer) String() string { return string(b.B) }

func (b *Buffer) Len() int { return len(b.B) }

func (b *Buffer) Reset() { b.B = b.B[:0] }

// An Answer tells what a line did with a buffer.
type Answer int

const (
	Taken Answer = iota
	Full
	Closed
)

// A Line keeps buffers while it is open and has room.
type Line struct {
	mu     sync.Mutex
	queue  []*Buffer
	closed bool
}

// Push adds b, and keeps it if it answers Taken.
func (l *Line) Push(b *Buffer) Answer {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return Closed
	}
	if len(l.queue) == cap(l.queue) {
		return Full
	}
	l.queue = append(l.queue, b)
	return Taken
}

var slabs = sync.Pool{New: func() any { return make([]byte, 4096) }}

// Slab returns n bytes.
//
//revlint:acquire b optional
func Slab(n int) (b []byte) {
	b = slabs.Get().([]byte)
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}

// FreeSlab takes back what Slab returned, from its first byte on.
//
//revlint:release b prefix
func FreeSlab(b []byte) { slabs.Put(b[:cap(b)]) }

// Map returns n bytes of memory from the system.
//
//revlint:acquire b if err == nil
func Map(n int) (b []byte, err error) { return make([]byte, n), nil }

// Unmap gives back exactly what Map returned.
//
//revlint:release b whole
func Unmap(b []byte) error {
	clear(b)
	return nil
}
