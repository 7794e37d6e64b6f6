package domain

import (
	"iter"
	"slices"
)

// An identified thing has a number that its machine gave it, in the order in
// which the things were made.
type identified interface {
	comparable
	ident() int
}

func (s *Symbol) ident() int { return s.Id }
func (l *Loan) ident() int   { return l.Id }

// A Table maps identified keys to values, in the order of their ids: whoever
// ranges over it sees the same order in every run, so what is found and what
// is made on the way depend on the sources alone. Copies made by clone share
// the entries until one of them is written to.
type Table[K identified, V any] struct {
	entries []entry[K, V] // ordered by id
	shared  bool          // others have these entries, too
	ranging int           // loops that are under way over the entries
}

type entry[K identified, V any] struct {
	key K
	val V
}

// clone is a table with the same content. Both copy it before they change it.
func (t *Table[K, V]) clone() Table[K, V] {
	t.shared = true
	return Table[K, V]{entries: t.entries, shared: true}
}

// Len is the number of keys.
func (t *Table[K, V]) Len() int { return len(t.entries) }

func (t *Table[K, V]) find(k K) (int, bool) {
	id := k.ident()
	lo, hi := 0, len(t.entries)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if t.entries[mid].key.ident() < id {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(t.entries) && t.entries[lo].key == k
}

// Get is the value at k, and whether there is one.
func (t *Table[K, V]) Get(k K) (v V, ok bool) {
	if i, ok := t.find(k); ok {
		return t.entries[i].val, true
	}
	return v, false
}

// At is the value at k, or the zero value.
func (t *Table[K, V]) At(k K) V {
	v, _ := t.Get(k)
	return v
}

func (t *Table[K, V]) has(k K) bool {
	_, ok := t.find(k)
	return ok
}

// Set puts v at k.
func (t *Table[K, V]) Set(k K, v V) {
	i, ok := t.find(k)
	if ok {
		t.own(0)
		t.entries[i].val = v
		return
	}
	if t.ranging > 0 {
		t.shared = true // the loop goes on over the entries it began with
	}
	t.own(1)
	t.entries = slices.Insert(t.entries, i, entry[K, V]{k, v})
}

// Delete removes k.
func (t *Table[K, V]) Delete(k K) {
	i, ok := t.find(k)
	if !ok {
		return
	}
	if t.ranging > 0 {
		t.shared = true
	}
	t.own(0)
	t.entries = slices.Delete(t.entries, i, i+1)
}

// Filter keeps the entries that keep says yes to, which must not change the table.
func (t *Table[K, V]) Filter(keep func(K, V) bool) {
	first := slices.IndexFunc(t.entries, func(e entry[K, V]) bool { return !keep(e.key, e.val) })
	if first < 0 {
		return
	}
	t.own(0)
	rest := t.entries[:first]
	for _, e := range t.entries[first+1:] {
		if keep(e.key, e.val) {
			rest = append(rest, e)
		}
	}
	clear(t.entries[len(rest):])
	t.entries = rest
}

// mergeWith makes each entry what join says of it and of what other has at the same key, if
// anything: another value, and whether it stays at all. It reports whether that changed the
// table. Join must not change either.
func (t *Table[K, V]) mergeWith(other *Table[K, V], join func(k K, v, o V, ok bool) (now V, changes, stays bool)) (changed bool) {
	var out []entry[K, V] // nil: as it was so far
	theirs := other.entries
	for i, e := range t.entries {
		for len(theirs) > 0 && theirs[0].key.ident() < e.key.ident() {
			theirs = theirs[1:]
		}
		var o V
		ok := len(theirs) > 0 && theirs[0].key == e.key
		if ok {
			o = theirs[0].val
		}
		now, changes, stays := join(e.key, e.val, o, ok)
		if out == nil && (changes || !stays) {
			out = append(make([]entry[K, V], 0, len(t.entries)), t.entries[:i]...)
			changed = true
		}
		if out != nil && stays {
			out = append(out, entry[K, V]{e.key, now})
		}
	}
	if changed {
		t.entries, t.shared = out, false
	}
	return changed
}

// own copies the entries if others have them, with room for more.
func (t *Table[K, V]) own(more int) {
	if t.shared {
		entries := make([]entry[K, V], len(t.entries), len(t.entries)+4*more)
		copy(entries, t.entries)
		t.entries, t.shared = entries, false
	}
}

// All ranges over the keys that there are when the loop begins, each with its
// value at that moment: what the loop changes is seen changed, what it deletes
// is not seen any more, what it adds is not seen yet.
func (t *Table[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		t.ranging++
		defer func() { t.ranging-- }()
		for i, e := range t.entries {
			if i >= len(t.entries) || t.entries[i].key != e.key {
				if i, _ = t.find(e.key); i >= len(t.entries) || t.entries[i].key != e.key {
					continue
				}
			}
			if !yield(e.key, t.entries[i].val) {
				return
			}
		}
	}
}
