package registry

import (
	"hash/maphash"
	"sync/atomic"
)

// A table finds slots by name. Finding takes no lock and writes nothing; changes are made under the registry's mutex.
// (A sync.Map would do except for its keys, which it wants in interfaces: one allocation for each look-up.)
//
// A look-up while the table changes sees it before or after. A slot that has left the table may still be found; it
// has no entry then.
type table struct {
	buckets atomic.Pointer[buckets]
	n       int
}

type buckets struct {
	seed  maphash.Seed
	heads []atomic.Pointer[node] // a power of two
}

type node struct {
	hash uint64
	slot *slot
	next atomic.Pointer[node]
}

func (b *buckets) head(hash uint64) *atomic.Pointer[node] {
	return &b.heads[hash&uint64(len(b.heads)-1)]
}

func (t *table) find(name string) *slot {
	b := t.buckets.Load()
	if b == nil {
		return nil
	}
	hash := maphash.String(b.seed, name)
	for n := b.head(hash).Load(); n != nil; n = n.next.Load() {
		if n.hash == hash && n.slot.name == name {
			return n.slot
		}
	}
	return nil
}

// add adds a slot whose name is not there.
func (t *table) add(s *slot) {
	b := t.buckets.Load()
	if b == nil || t.n >= len(b.heads) {
		b = t.resize(max(8, 2*t.n))
	}
	b.add(&node{hash: maphash.String(b.seed, s.name), slot: s})
	t.n++
}

func (b *buckets) add(n *node) {
	head := b.head(n.hash)
	n.next.Store(head.Load())
	head.Store(n)
}

// remove removes a slot that is there. It keeps its successor, because somebody may be looking at it.
func (t *table) remove(s *slot) {
	b := t.buckets.Load()
	at := b.head(maphash.String(b.seed, s.name))
	for n := at.Load(); n.slot != s; n = at.Load() {
		at = &n.next
	}
	at.Store(at.Load().next.Load())
	if t.n--; t.n < len(b.heads)/8 {
		t.resize(len(b.heads) / 4)
	}
}

// resize gives the table n buckets, if n is a power of two, or else somewhat more.
func (t *table) resize(n int) *buckets {
	size := 8
	for size < n {
		size *= 2
	}
	b := &buckets{seed: maphash.MakeSeed(), heads: make([]atomic.Pointer[node], size)}
	for s := range t.all {
		b.add(&node{hash: maphash.String(b.seed, s.name), slot: s})
	}
	t.buckets.Store(b)
	return b
}

// all is a sequence of the slots, in no order.
func (t *table) all(yield func(*slot) bool) {
	b := t.buckets.Load()
	if b == nil {
		return
	}
	for i := range b.heads {
		for n := b.heads[i].Load(); n != nil; n = n.next.Load() {
			if !yield(n.slot) {
				return
			}
		}
	}
}
