package domain

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// IsDetached reports whether s was loaded from a place in which something
// else stands by now: it was taken out of what is on loan (res := p.buf;
// p.buf = nil), and is no part of it any more.
func (st *State) IsDetached(s *Symbol) bool {
	for ; s != nil; s = s.from {
		for b := s; b != nil; b = b.Key.Base {
			if b.Kind != SymContent {
				continue
			}
			if c, ok := st.Mem.Get(b.Key.Base); ok && len(c.V) > 0 && !c.V.Has(b) && !slices.ContainsFunc(c.V, func(x *Symbol) bool { return x.ComesFrom(b) }) {
				return true
			}
		}
	}
	return false
}

// Memory maps addresses to what was stored there. A struct stands in it
// either whole, at its address, or by its fields, at theirs; what was stored
// to a field later than the whole takes precedence.

// At is what the address a holds.
func (st *State) At(m *Machine, a *Symbol) Value {
	return st.atAs(m, a, gotypes.Deref(a.Typ))
}

// atAs is what the address a holds, a value of type t: of an address that came as
// an interface only who loads from it knows that.
func (st *State) atAs(m *Machine, a *Symbol, t types.Type) Value {
	if c, ok := st.Mem.Get(a); ok {
		return c.V
	}
	if a.Kind == SymField {
		if a.Key.Base.Kind == SymFresh {
			return Value{a} // a part of what a call returned, which another way out has filled
		}
		// A slot of a struct value that was put together here and not filled.
		return m.Zero(a.Typ)
	}
	if a.Kind == SymAddr && a.Key.Base != nil {
		if whole, ok := st.whole(m, a.Key.Base); ok {
			return st.Part(m, whole, a.Key.Index, t)
		}
	}
	if o := a.Object(); o.Kind == SymAlloc && !st.Spilled.At(o) && !o.Old && a.Key.Index != ElementIndex {
		return m.Zero(t)
	}
	if v, ok := m.fixedAt(a, t); ok {
		return v
	}
	return Value{m.content(a, t)}
}

// Divide gives a, the address of a part, a cell of its own, where what it is a part of was stored as a whole:
// code that may write to the part changes that cell.
func (st *State) Divide(m *Machine, a *Symbol) {
	if _, ok := st.Mem.Get(a); ok || a.Kind != SymAddr || a.Key.Base == nil {
		return
	}
	if _, ok := st.whole(m, a.Key.Base); ok {
		st.Mem.Set(a, Cell{V: st.At(m, a), Pos: st.Mem.At(a.Key.Base).Pos})
	}
}

// whole is the struct value that was stored at the address a, if one was.
func (st *State) whole(m *Machine, a *Symbol) (Value, bool) {
	if c, ok := st.Mem.Get(a); ok && len(c.V) > 0 {
		return c.V, true
	}
	if a.Kind == SymAddr {
		if w, ok := st.whole(m, a.Key.Base); ok {
			return st.Part(m, w, a.Key.Index, gotypes.Deref(a.Typ)), true
		}
	}
	return nil, false
}

// Part is field (or element) index, of type t, of the struct value v.
func (st *State) Part(m *Machine, v Value, index int, t types.Type) Value {
	var out Value
	for _, s := range v {
		switch s.Kind {
		case SymStruct:
			out = out.Union(st.At(m, m.Field(s, index, t))).Union(st.otherElements(s, index))
		case SymConst:
			out = out.Union(m.Zero(t))
		case SymContent:
			// A struct that lay in memory at entry: its part has one name only.
			out = out.Union(Value{m.content(m.Address(s.Key.Base, index, types.NewPointer(t)), t)})
		default:
			f := m.Field(s, index, t)
			if c, ok := st.Mem.Get(f); ok {
				out = out.Union(c.V)
			} else {
				out = out.Union(Value{f})
			}
			out = out.Union(st.otherElements(s, index))
		}
	}
	return out
}

// otherElements is what else element index of the array s may be, which was copied whole: where
// the elements of one were told apart and those of the other are not, each may be any.
func (st *State) otherElements(s *Symbol, index int) (out Value) {
	if s.Typ == nil {
		return nil
	}
	if _, isArray := s.Typ.Underlying().(*types.Array); !isArray {
		return nil
	}
	for a, c := range st.Mem.All() {
		if a.Kind == SymField && a.Key.Base == s && (index == ElementIndex || a.Key.Index == ElementIndex) && a.Key.Index != index {
			out = out.Union(c.V)
		}
	}
	return out
}

// Load is what site reads from the addresses addrs.
func (st *State) Load(m *Machine, site any, addrs Value, t types.Type) Value {
	var out Value
	for _, a := range addrs {
		a = st.elementOf(m, a)
		e := a.element()
		own := e != nil && st.isOwnCollection(e.Key.Base) && gotypes.IsReference(t)
		var v Value
		if !own || st.hasCell(e) {
			v = st.LoadOne(m, site, a, t)
		}
		switch {
		case e == nil:
		case st.isFilled(e) && (!own || !st.holdsGuard(v)):
		case own && !st.holdsGuard(v):
			v = v.Union(m.Zero(t))
		default:
			// Which element it is, or is part of, is not known: never is it surely the
			// one that was stored there.
			v = v.Union(Value{m.derivedContent(anyElement{site}, a, t)})
		}
		out = out.Union(v)
	}
	return m.Bounded(site, out, t)
}

// holdsGuard reports whether something is, or may be, released by way of v: in the next round
// of a loop over the elements it is not the same any more.
func (st *State) holdsGuard(v Value) (holds bool) {
	if !slices.ContainsFunc(v, func(s *Symbol) bool { return s.Kind != SymFunc }) {
		return false // functions are called, and each call is what it is
	}
	st.Reach(v, func(s *Symbol) { holds = holds || len(s.Guards) > 0 || s.ReachedFrom() != nil })
	return holds
}

// isOwnCollection reports whether b is an array, slice or map that was made here
// and that no other code can get at: it holds what was stored here, or zero values.
func (st *State) isOwnCollection(b *Symbol) bool {
	if b.Kind != SymAlloc || b.Old || st.Spilled.At(b) {
		return false
	}
	switch b.Key.Site.(type) {
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeMap, Appended:
		return true
	}
	return false
}

// hasCell reports whether something was stored at a, at a part of it, or at what it
// is a part of.
func (st *State) hasCell(a *Symbol) bool {
	for b := a; b != nil; b = b.Key.Base {
		if _, ok := st.Mem.Get(b); ok {
			return true
		}
		if b.Kind != SymAddr {
			break
		}
	}
	for s := range st.Mem.All() {
		if IsWithin(s, a) {
			return true
		}
	}
	return false
}

// isFilled reports whether all elements of the container in which a is the
// address of one are known to have been stored there: by the call that returned it,
// or one by one, before anybody could look.
func (st *State) isFilled(a *Symbol) bool {
	b := a.Key.Base
	if v, ok := b.Key.Site.(*ssa.Alloc); ok && !b.Old {
		return v.Comment == "varargs" || !st.Spilled.At(b) && storesAll(v)
	}
	c, ok := st.Mem.Get(a)
	return ok && c.By != nil && b.Kind == SymFresh && b.Key.Site == any(c.By)
}

// storesAll reports whether v is an array that a literal stores all elements of.
func storesAll(v *ssa.Alloc) bool {
	array, ok := gotypes.Deref(v.Type()).Underlying().(*types.Array)
	if !ok {
		return false
	}
	stored := make(map[int64]bool)
	for _, r := range *v.Referrers() {
		i, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		n, ok := i.Index.(*ssa.Const)
		if !ok || len(*i.Referrers()) != 1 {
			continue
		}
		if store, ok := (*i.Referrers())[0].(*ssa.Store); ok && store.Addr == i && i.Block() == v.Block() {
			stored[n.Int64()] = true
		}
	}
	return int64(len(stored)) == array.Len()
}

// LoadOne is what a load of type t from the one address a yields at site.
func (st *State) LoadOne(m *Machine, site any, a *Symbol, t types.Type) Value {
	if a.IsNil() {
		return nil
	}
	if _, isStruct := t.Underlying().(*types.Struct); isStruct {
		var fields []*Symbol
		for s := range st.Mem.All() {
			if s != a && IsWithin(s, a) {
				fields = append(fields, s)
			}
		}
		if len(fields) > 0 {
			agg := m.Intern(SymbolKey{Kind: SymStruct, Site: site, Base: nil, Index: a.Id}, t, nil)
			str := t.Underlying().(*types.Struct)
			for i := range str.NumFields() {
				ft := str.Field(i).Type()
				fa := m.Address(a, i, types.NewPointer(ft))
				st.Mem.Set(m.Field(agg, i, ft), Cell{V: st.LoadOne(m, site, fa, ft), Pos: st.Mem.At(fa).Pos, By: st.Mem.At(fa).By})
			}
			return Value{agg}
		}
	}
	if array, ok := t.Underlying().(*types.Array); ok {
		if whole, ok := st.loadExact(m, site, a, array); ok {
			return whole
		}
		if whole, ok := st.loadArray(m, site, a, array); ok {
			return whole
		}
	}
	if a.Depth >= maxDepth {
		return Value{m.derivedContent(site, a, t)}
	}
	if a.Typ == nil || types.IsInterface(a.Typ) {
		return st.atAs(m, a, t)
	}
	return st.At(m, a)
}

// loadArray is the array at a, where its elements were stored one by one.
func (st *State) loadArray(m *Machine, site any, a *Symbol, t *types.Array) (Value, bool) {
	e := m.Address(a, ElementIndex, types.NewPointer(t.Elem()))
	if !st.holdsWithin(e) {
		return nil, false
	}
	whole := m.Intern(SymbolKey{Kind: SymStruct, Site: site, Index: a.Id}, t, nil)
	c := st.Mem.At(e)
	c.V = st.Load(m, site, Value{e}, t.Elem())
	st.Mem.Set(m.Field(whole, ElementIndex, t.Elem()), c)
	return Value{whole}, true
}

// holdsWithin reports whether something was stored at a, or in a part of what stands there.
func (st *State) holdsWithin(a *Symbol) bool {
	if st.Mem.has(a) {
		return true
	}
	if _, isStruct := gotypes.Deref(a.Typ).Underlying().(*types.Struct); !isStruct {
		return false
	}
	for x := range st.Mem.All() {
		if IsWithin(x, a) {
			return true
		}
	}
	return false
}

// Store puts v at the addresses addrs; it replaces what was there only where
// there is one address, which stands for one object.
func (st *State) Store(m *Machine, addrs Value, v Value, pos token.Pos, by ssa.Instruction) {
	for _, a := range addrs {
		if a.IsNil() {
			continue
		}
		a = st.elementOf(m, a)
		if len(addrs) == 1 && !a.Old && a.Key.Index != ElementIndex {
			st.ForgetParts(a)
			st.Mem.Set(a, Cell{V: v, Pos: pos, By: by})
			st.Facts.Delete(a)
			if a.Kind == SymAddr && st.exact.has(a.Key.Base) && st.HasOld(v) {
				st.blur(m, a.Key.Base) // which of several it is, is not known
			}
			continue
		}
		c := st.Mem.At(a)
		if len(c.V) == 0 && a.Key.Index != ElementIndex {
			c.V = st.At(m, a)
		}
		st.Mem.Set(a, Cell{
			V: m.Bounded(by, c.V.Union(v), gotypes.Deref(a.Typ)), Pos: pos, By: by,
			Perhaps: c.Perhaps || len(addrs) > 1 || a.Old && a.Key.Index != ElementIndex,
		})
	}
}

// elementOf is a, or, where that is the address of one element of a collection that is not
// exact any more, or of a part of one, the address of whichever element it is.
func (st *State) elementOf(m *Machine, a *Symbol) *Symbol {
	if a.Kind != SymAddr {
		return a
	}
	base, index := st.elementOf(m, a.Key.Base), a.Key.Index
	if index >= 0 && isCollection(base.Typ) && !st.exact.has(base) {
		index = ElementIndex
	}
	if base == a.Key.Base && index == a.Key.Index {
		return a
	}
	return m.Address(base, index, a.Typ)
}

// isCollection reports whether t is of a slice, map, channel or array, or a pointer to an array.
func isCollection(t types.Type) bool {
	if t == nil {
		return false
	}
	switch gotypes.Deref(t).Underlying().(type) {
	case *types.Slice, *types.Map, *types.Chan, *types.Array:
		return true
	}
	return false
}

// ForgetParts drops what is known of the fields of the object at a.
func (st *State) ForgetParts(a *Symbol) {
	for _, p := range a.parts {
		if p.Kind == SymAddr {
			st.Mem.Delete(p)
			st.ForgetParts(p)
		}
	}
}

// IsStoredAway reports whether memory that is not this function's own holds s.
func (st *State) IsStoredAway(s *Symbol) bool {
	for a, c := range st.Mem.All() {
		if a.Root().Kind != SymAlloc && c.V.Has(s) {
			return true
		}
	}
	return false
}
