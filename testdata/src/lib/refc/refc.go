// Package refc counts references to blocks.
package refc

import "sync/atomic"

// A Block lives as long as there are references to it.
type Block struct {
	refs atomic.Int64
	data []byte
	Size int
}

// New makes a block with one reference.
//
//revlint:acquire b
func New(n int) (b *Block) {
	b = &Block{data: make([]byte, n), Size: n}
	b.refs.Store(1)
	return b
}

// Retain adds a reference.
//
//revlint:acquire b
func (b *Block) Retain() { b.refs.Add(1) }

// TryRetain adds a reference unless there is none any more.
//
//revlint:acquire b if ok
func (b *Block) TryRetain() (ok bool) {
	for {
		n := b.refs.Load()
		if n == 0 {
			return false
		}
		if b.refs.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// Release takes a reference away.
//
//revlint:release b
func (b *Block) Release() {
	if b.refs.Add(-1) == 0 {
		b.data = nil
	}
}

// Data is the block's memory.
//
//revlint:borrow data from b
func (b *Block) Data() (data []byte) { return b.data }

// A Lookup finds blocks that are still there.
type Lookup struct{ blocks map[string]*Block }

// Find returns a block with a reference of the caller's own, or nil.
//
//revlint:acquire b if b != nil
func (l *Lookup) Find(name string) (b *Block) {
	b = l.blocks[name]
	if b == nil || !b.TryRetain() {
		return nil
	}
	return b
}
