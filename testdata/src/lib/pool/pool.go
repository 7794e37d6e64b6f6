// Package pool lends buffers.
package pool

import "sync"

// A Buffer is a byte buffer that belongs to a pool.
type Buffer struct{ data []byte }

// Bytes is what was written.
func (b *Buffer) Bytes() []byte { return b.data }

// Len is the number of bytes written.
func (b *Buffer) Len() int { return len(b.data) }

// String is a copy of what was written.
func (b *Buffer) String() string { return string(b.data) }

// Reset empties the buffer.
func (b *Buffer) Reset() { b.data = b.data[:0] }

// Write appends p.
func (b *Buffer) Write(p []byte) (int, error) {
	b.data = append(b.data, p...)
	return len(p), nil
}

// WriteString appends s.
func (b *Buffer) WriteString(s string) (int, error) {
	b.data = append(b.data, s...)
	return len(s), nil
}

// A Pool keeps buffers that are not in use.
type Pool struct {
	mu   sync.Mutex
	free []*Buffer
}

// Get lends a buffer. What is not given back is collected as garbage.
//
//revlint:acquire b from p optional
func (p *Pool) Get() (b *Buffer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.free)
	if n == 0 {
		return new(Buffer)
	}
	b, p.free = p.free[n-1], p.free[:n-1]
	return b
}

// Put takes a buffer back into the pool that lent it.
//
//revlint:release b to p
func (p *Pool) Put(b *Buffer) {
	b.Reset()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, b)
}

var slabs sync.Mutex
var slab [][]byte

// Alloc lends n bytes, which must be freed.
//
//revlint:acquire mem
func Alloc(n int) (mem []byte) {
	slabs.Lock()
	defer slabs.Unlock()
	if k := len(slab); k > 0 && cap(slab[k-1]) >= n {
		mem, slab = slab[k-1][:n], slab[:k-1]
		return mem
	}
	return make([]byte, n)
}

// Free takes back exactly what Alloc gave.
//
//revlint:release mem whole
func Free(mem []byte) {
	slabs.Lock()
	defer slabs.Unlock()
	slab = append(slab, mem)
}
