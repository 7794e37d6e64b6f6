package domain

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// An array, slice, map or channel that was made here, and that no other code can get at,
// is exact as long as every instruction says which of its elements it means: how many it
// has is known, and each stands at an address of its own, as the field of a struct does.
// Blur ends that: from then on all elements are one, at ElementIndex, and of what is
// released by way of one nothing is known.
//
// What is approximated: a collection of more than MaxExact elements is never exact, and no
// slice is that is a part of another.

// MaxExact is how many elements a collection may have to be exact.
const MaxExact = 4

// keyed is the number of the first element of an exact map: the id of its key comes on top.
const keyed = 1 << 20

// MakeExact makes b exact, with n elements that are all zero or will be set, if a
// collection of elements of type t may be.
func (st *State) MakeExact(b *Symbol, n int, t types.Type) {
	_, isChan := b.Typ.Underlying().(*types.Chan) // how many it has decides what a select does
	if b.Kind == SymAlloc && !b.Old && n <= MaxExact && (isChan || gotypes.IsReference(t)) && !st.Spilled.At(b) {
		st.exact.Set(b, n)
	}
}

// Count is how many elements v has; not ok unless it is one exact collection.
func (st *State) Count(v Value) (n int, ok bool) {
	b := v.One()
	if b == nil || b.Old || st.Spilled.At(b) {
		return 0, false
	}
	return st.exact.Get(b)
}

// Slot is the address of the n-th element, of type t, of the exact collection b.
func (m *Machine) Slot(b *Symbol, n int, t types.Type) *Symbol {
	return m.Address(b, n, types.NewPointer(t))
}

// Slots are the addresses of the elements, of type t, that v has, an exact slice or array.
func (st *State) Slots(m *Machine, v Value, t types.Type) (out Value, ok bool) {
	n, ok := st.Count(v)
	if !ok || !isIndexed(v.One()) {
		return nil, false
	}
	for i := range n {
		out = out.Union(Value{m.Slot(v.One(), i, t)})
	}
	return out, true
}

// isIndexed reports whether the elements of b are numbered from zero.
func isIndexed(b *Symbol) bool {
	switch b.Key.Site.(type) {
	case *ssa.Alloc, Appended:
		return true
	}
	return false
}

// SlotAt is the address of the element of v at the index, or with the key, of which the
// value is key; not ok unless v is exact and key a constant. There need not be an element.
func (st *State) SlotAt(m *Machine, v, key Value, t types.Type) (*Symbol, bool) {
	n, ok := st.Count(v)
	if !ok {
		return nil, false
	}
	c := ConstantOf(key)
	if c == nil {
		return nil, false
	}
	if b := v.One(); !isIndexed(b) {
		if of, ok := b.Typ.Underlying().(*types.Map); !ok || types.IsInterface(of.Key()) {
			return nil, false // 1 and int64(1) are keys of their own
		}
		return m.Slot(b, keyed+key.One().Id, t), true
	}
	i, ok := IndexOf(key, n)
	if !ok {
		return nil, false
	}
	return m.Slot(v.One(), i, t), true
}

// IndexOf is the index that v is, if that is a constant and one of n elements has it.
func IndexOf(v Value, n int) (i int, ok bool) {
	c := ConstantOf(v)
	if c == nil {
		return 0, false
	}
	x, exact := constant.Int64Val(constant.ToInt(c))
	return int(x), exact && x >= 0 && x < int64(n)
}

// Insert makes room in the exact map of which a is the address of an element, if that is new.
func (st *State) Insert(m *Machine, a *Symbol) {
	if _, ok := st.Mem.Get(a); ok {
		return
	}
	if n := st.exact.At(a.Key.Base) + 1; n <= MaxExact {
		st.exact.Set(a.Key.Base, n)
	} else {
		st.Blur(m, Value{a.Key.Base})
	}
}

// Remove takes the element at a out of its exact map, if it is there.
func (st *State) Remove(a *Symbol) {
	if _, ok := st.Mem.Get(a); ok {
		st.ForgetParts(a)
		st.Mem.Delete(a)
		st.exact.Set(a.Key.Base, st.exact.At(a.Key.Base)-1)
	}
}

// Enqueue appends v to the exact channel b; it reports whether there was room.
func (st *State) Enqueue(m *Machine, b *Symbol, v Value, room int, by ssa.Instruction) bool {
	n, ok := st.exact.Get(b)
	if !ok || n >= room || n >= MaxExact {
		return false
	}
	st.Mem.Set(m.Slot(b, n, chanElem(b)), Cell{V: v, Pos: by.Pos(), By: by})
	st.exact.Set(b, n+1)
	return true
}

// Dequeue takes the first value out of the exact channel b; not ok if there is none.
func (st *State) Dequeue(m *Machine, b *Symbol) (v Value, ok bool) {
	n, ok := st.exact.Get(b)
	if !ok || n == 0 {
		return nil, false
	}
	at := func(i int) *Symbol { return m.Slot(b, i, chanElem(b)) }
	v = st.Mem.At(at(0)).V
	for i := 1; i < n; i++ {
		st.Mem.Set(at(i-1), st.Mem.At(at(i)))
	}
	st.Mem.Delete(at(n - 1))
	st.exact.Set(b, n-1)
	return v, true
}

func chanElem(b *Symbol) types.Type { return b.Typ.Underlying().(*types.Chan).Elem() }

// Blur ends that the collections of v are exact.
func (st *State) Blur(m *Machine, v Value) {
	for _, b := range v {
		if _, ok := st.exact.Get(b); ok {
			st.blur(m, b)
		}
	}
}

func (st *State) blur(m *Machine, b *Symbol) {
	all := st.gather(m, b)
	if v, ok := b.Key.Site.(*ssa.Alloc); (!ok || v.Comment != "varargs") && !m.IsGathered(b) {
		st.doubtGuards(m, all)
	}
}

// gather makes all elements of b one, and returns what they were.
func (st *State) gather(m *Machine, b *Symbol) (all Value) {
	st.takeApart(m, b)
	st.exact.Delete(b)
	for a, c := range st.Mem.All() {
		e, ok := m.anyOf(b, a)
		if !ok {
			continue
		}
		have := st.Mem.At(e)
		if have.By == nil {
			have.Pos, have.By = c.Pos, c.By
		}
		have.V = m.Bounded(e, have.V.Union(c.V), gotypes.Deref(e.Typ))
		st.Mem.Delete(a)
		st.Mem.Set(e, have)
		all = all.Union(c.V)
	}
	return all
}

// takeApart puts the elements of the exact array b, which was stored whole, at their addresses.
func (st *State) takeApart(m *Machine, b *Symbol) {
	array, ok := gotypes.Deref(b.Typ).Underlying().(*types.Array)
	whole, stored := st.Mem.Get(b)
	if !ok || !stored {
		return
	}
	for i := range st.exact.At(b) {
		if a := m.Slot(b, i, array.Elem()); !st.Mem.has(a) {
			st.Mem.Set(a, Cell{V: st.At(m, a), Pos: whole.Pos, By: whole.By})
		}
	}
	st.Mem.Delete(b)
}

// loadExact is the exact array at b as a whole.
func (st *State) loadExact(m *Machine, site any, b *Symbol, t *types.Array) (Value, bool) {
	n, ok := st.exact.Get(b)
	if !ok {
		return nil, false
	}
	whole := m.Intern(SymbolKey{Kind: SymStruct, Site: site, Index: b.Id}, t, nil)
	for i := range n {
		a := m.Slot(b, i, t.Elem())
		st.Mem.Set(m.Field(whole, i, t.Elem()), Cell{V: st.LoadOne(m, site, a, t.Elem()), Pos: st.Mem.At(a).Pos, By: st.Mem.At(a).By})
	}
	return Value{whole}, true
}

// HasOld reports whether something can be reached from v that stands for what several
// rounds of a loop have made.
func (st *State) HasOld(v Value) (old bool) {
	st.Reach(v, func(s *Symbol) { old = old || s.Old })
	return old
}

// IsElementAt reports whether a is the address of an element of a collection.
func (st *State) IsElementAt(a *Symbol) bool {
	return a.Kind == SymAddr && (a.Key.Index == ElementIndex || st.exact.has(a.Key.Base))
}

// anyOf is the address a, within an element of b that is told apart, of whichever element it is.
func (m *Machine) anyOf(b, a *Symbol) (*Symbol, bool) {
	if a.Kind != SymAddr {
		return nil, false
	}
	if a.Key.Base == b {
		return m.Address(b, ElementIndex, a.Typ), a.Key.Index != ElementIndex
	}
	base, ok := m.anyOf(b, a.Key.Base)
	if !ok {
		return nil, false
	}
	return m.Address(base, a.Key.Index, a.Typ), true
}

// doubtGuards gives up the loans of which the guard can be reached from v, and what was
// taken from them: which guard is released from now on is not followed.
func (st *State) doubtGuards(m *Machine, v Value) {
	if st.Loans.Len() == 0 {
		return
	}
	st.Reach(v, func(s *Symbol) {
		guards := s.Guards
		if l := m.Loans[LoanKey{Site: s}]; l != nil {
			guards = append(guards[:len(guards):len(guards)], l)
		}
		for _, l := range guards {
			stand, ok := st.Loans.Get(l)
			if !ok || stand.Phase != Live && stand.Phase != Unchecked {
				continue
			}
			stand.Phase = Moved
			st.Loans.Set(l, stand)
			for t, taken := range st.Loans.All() {
				if t.Kind == Borrowed && taken.Owner.Has(s) && (taken.Phase == Live || taken.Phase == Unchecked) {
					taken.Unsure = true
					st.Loans.Set(t, taken)
				}
			}
		}
	})
}

// mergeExact blurs, in both states, the collections of which they know different numbers
// of elements; one that is nowhere in the other state stays exact.
func (st *State) mergeExact(m *Machine, other *State) (changed bool) {
	here, there := references{st: st}, references{st: other}
	for b, n := range st.exact.All() {
		if o, ok := other.exact.Get(b); ok && o == n || !ok && !there.has(b) {
			continue
		}
		st.blur(m, b)
		other.Blur(m, Value{b})
		changed = true
	}
	for b, n := range other.exact.All() {
		switch o, ok := st.exact.Get(b); {
		case ok && o == n:
		case here.has(b):
			other.blur(m, b)
		default:
			st.exact.Set(b, n)
			changed = true
		}
	}
	return changed
}

// BlurAppended blurs the exact slices that appends have made, other than the one with the
// element at a, which is written to: they may have that element, too.
func (st *State) BlurAppended(m *Machine, a *Symbol) {
	for b := range st.exact.All() {
		if _, ok := b.Key.Site.(Appended); !ok || b == a.Key.Base {
			continue
		}
		slice := gotypes.SliceOf(b.Typ) // of a type parameter, too
		if slice == nil || types.Identical(slice.Elem(), gotypes.Deref(a.Typ)) {
			st.blur(m, b)
		}
		if slice != nil && types.Identical(slice.Elem(), gotypes.Deref(a.Typ)) {
			st.loseElements(m, b, slice.Elem())
		}
	}
}

// Supersede ends that b, to which was appended, is exact: what it shares with the result
// may be written to by way of that, so its elements may be others, too. Its guards stand in
// the result.
func (st *State) Supersede(m *Machine, b *Symbol, elem types.Type) {
	if !st.exact.has(b) {
		return
	}
	st.gather(m, b)
	st.loseElements(m, b, elem)
}

// loseElements adds to the elements of b something of which nothing is known.
func (st *State) loseElements(m *Machine, b *Symbol, elem types.Type) {
	e := m.Address(b, ElementIndex, types.NewPointer(elem))
	c := st.Mem.At(e)
	c.V = m.Bounded(e, c.V.Union(Value{m.OverwrittenAt(b.Key.Site, e)}), elem)
	c.Perhaps = true
	st.Mem.Set(e, c)
}

// OnlyEntry is the key and the value of the exact map b, which has one entry.
func (st *State) OnlyEntry(m *Machine, b *Symbol) (key, v Value, ok bool) {
	for a, c := range st.Mem.All() {
		if a.Kind == SymAddr && a.Key.Base == b && a.Key.Index > keyed {
			return Value{m.Made[a.Key.Index-keyed-1]}, c.V, true
		}
	}
	return nil, nil, false
}

// BlurAll blurs the collections that are reached, and gives up the guards in those that are gathered: callers
// are not told which of them they have.
func (st *State) BlurAll(m *Machine, reached func(*Symbol) bool) {
	for b := range st.exact.All() {
		if reached(b) {
			st.blur(m, b)
		}
	}
	for a, c := range st.Mem.All() {
		if a.Key.Index == ElementIndex && m.IsGathered(a.Object()) {
			st.doubtGuards(m, c.V)
		}
	}
}
