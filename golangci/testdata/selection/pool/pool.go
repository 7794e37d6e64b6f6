// Package pool lends buffers.
package pool

// A Buffer is lent by a pool.
type Buffer struct{ data []byte }

// Len returns the length of the buffer.
func (b *Buffer) Len() int { return len(b.data) }

// A Guard gives a buffer back.
type Guard struct{ p *Pool }

// Release gives the buffer back.
//
//revlint:release g
func (g *Guard) Release() { g.p = nil }

// A Pool has one buffer, or none.
type Pool struct{ free *Buffer }

// TryGet returns the buffer.
//
//revlint:acquire b guard g from p if b != nil
func (p *Pool) TryGet() (b *Buffer, g Guard) { return p.free, Guard{p} }
