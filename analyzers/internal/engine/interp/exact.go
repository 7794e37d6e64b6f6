package interp

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// The instructions on exact collections (see domain.MakeExact). Each reports whether it
// could be done so; where it could not, the collection is not exact, or is not any more.

// isWhole reports whether i, a slice of base, is all of an exact one. An array that was
// made for a slice (make([]T, n, m)) is as long as that slice.
func (in *Interp) isWhole(st *domain.State, i *ssa.Slice, base domain.Value) bool {
	n, ok := st.Count(base)
	if !ok || i.Max != nil || i.Low != nil && !isInt(domain.ConstantOf(in.Eval(st, i.Low)), 0) {
		return false
	}
	if i.High == nil {
		return true
	}
	high := domain.ConstantOf(in.Eval(st, i.High))
	if a, ok := i.X.(*ssa.Alloc); ok && a.Comment == "makeslice" && high != nil {
		if h, exact := constant.Int64Val(high); exact && h <= int64(n) {
			st.MakeExact(base.One(), int(h), gotypes.Deref(a.Type()).Underlying().(*types.Array).Elem())
			return true
		}
	}
	return isInt(high, n)
}

func isInt(c constant.Value, n int) bool {
	return c != nil && constant.Compare(constant.ToInt(c), token.EQL, constant.MakeInt64(int64(n)))
}

// appendExact appends to nil, or to an exact slice, the elements of an exact one. The
// result is a slice of its own for each number of elements, so that a loop may go on with
// what it has appended to so far.
func (in *Interp) appendExact(st *domain.State, i *ssa.Call, args []domain.Value, elem types.Type) (domain.Value, bool) {
	dst, src := args[0].One(), args[1].One()
	if dst == nil || !gotypes.IsReference(elem) {
		return nil, false
	}
	old, ok := st.Slots(in.Machine, args[0], elem)
	if !ok && !dst.IsNil() {
		return nil, false
	}
	added, ok := st.Slots(in.Machine, args[1], elem)
	n := len(old) + len(added)
	if !ok || n == 0 || n > domain.MaxExact {
		return nil, false
	}
	var elems []domain.Value
	for k := range n {
		from := domain.Value{in.Slot(src, k-len(old), elem)}
		if k < len(old) {
			from = domain.Value{in.Slot(dst, k, elem)}
		}
		elems = append(elems, st.Load(in.Machine, domain.Slot{Tuple: i, Index: k}, from, elem))
	}
	if !dst.IsNil() {
		st.Supersede(in.Machine, dst, elem)
	}
	site := domain.Appended{Call: i, Count: n}
	in.Age(st, site)
	out := in.Intern(domain.SymbolKey{Kind: domain.SymAlloc, Site: site}, i.Type(), nil)
	st.ForgetParts(out)
	st.MakeExact(out, n, elem)
	for k, v := range elems {
		in.Keep(st, domain.Value{in.Slot(out, k, elem)}, v, i)
	}
	return domain.Value{out}, true
}

// makeExact is a new map, or a new channel that no closure and no callee has.
func (in *Interp) makeExact(st *domain.State, i ssa.Value) domain.Value {
	s := in.Intern(domain.SymbolKey{Kind: domain.SymAlloc, Site: i}, i.Type(), nil)
	st.ForgetParts(s)
	switch t := i.Type().Underlying().(type) {
	case *types.Map:
		st.MakeExact(s, 0, t.Elem())
	case *types.Chan:
		if IsLocal(i.(*ssa.MakeChan)) {
			st.MakeExact(s, 0, t.Elem())
		}
	}
	return domain.Value{s}
}

// updateExact puts v into the exact map m.
func (in *Interp) updateExact(st *domain.State, i *ssa.MapUpdate, m, v domain.Value) bool {
	a, ok := st.SlotAt(in.Machine, m, in.Eval(st, i.Key), i.Value.Type())
	if !ok {
		return false
	}
	st.Insert(in.Machine, a)
	if _, ok := st.Count(m); ok {
		in.Keep(st, domain.Value{a}, v, i)
		return true
	}
	return false
}

// lookUpExact is what the exact map m has at key, and whether it has anything there.
func (in *Interp) lookUpExact(st *domain.State, m, key domain.Value, t types.Type) (v domain.Value, has, ok bool) {
	if n, ok := st.Count(m); ok && n == 0 {
		return in.Zero(t), false, true
	}
	a, ok := st.SlotAt(in.Machine, m, key, t)
	if !ok {
		return nil, false, false
	}
	c, has := st.Mem.Get(a)
	if !has {
		c.V = in.Zero(t)
	}
	return c.V, has, true
}

// deleteExact deletes an entry of an exact map.
func (in *Interp) deleteExact(st *domain.State, args []domain.Value) bool {
	t, ok := mapType(args[0])
	if !ok || len(args) < 2 {
		return false
	}
	a, ok := st.SlotAt(in.Machine, args[0], args[1], t.Elem())
	if ok {
		st.Remove(a)
	}
	return ok
}

func mapType(v domain.Value) (*types.Map, bool) {
	s := v.One()
	if s == nil || s.Typ == nil {
		return nil, false
	}
	t, ok := s.Typ.Underlying().(*types.Map)
	return t, ok
}

// rangeOf is the site of an iterator over an exact map, which has as many elements as
// there are rounds to come.
type rangeOf struct{ i *ssa.Range }

// rangeOver is the iterator of a loop over v: v itself, or one that counts where v is an
// exact map. In which order two entries come is not known, so there it ends to be exact.
func (in *Interp) rangeOver(st *domain.State, i *ssa.Range, v domain.Value) domain.Value {
	t, ok := mapType(v)
	n, exact := st.Count(v)
	if !ok || !exact {
		return v
	}
	if n > 1 {
		st.Blur(in.Machine, v)
		return v
	}
	it := in.Intern(domain.SymbolKey{Kind: domain.SymAlloc, Site: rangeOf{i}}, t, nil)
	st.Mem.Set(it, domain.Cell{V: v, Pos: i.Pos(), By: i})
	st.MakeExact(it, n, t.Elem())
	return domain.Value{it}
}

// isNothing reports whether v is surely nil: a slice, map or channel that has no elements.
func (in *Interp) isNothing(st *domain.State, v domain.Value) bool {
	s := v.One()
	if s == nil {
		return false
	}
	known, is := in.Nilness(st, s)
	return known && is
}

// nextExact is the next round of a loop over such an iterator, it. Where the map is not
// exact any more, it becomes the map.
func (in *Interp) nextExact(st *domain.State, i *ssa.Next, it *domain.Value) bool {
	s := it.One()
	if s == nil {
		return false
	}
	if _, isMap := i.Iter.(*ssa.Range).X.Type().Underlying().(*types.Map); isMap && in.isNothing(st, *it) {
		kt, vt := gotypes.TupleAt(i.Type(), 1), gotypes.TupleAt(i.Type(), 2)
		st.Top().Tuples.Set(i, []domain.Value{{in.Boolean(false)}, in.Zero(kt), in.Zero(vt)})
		return true
	}
	if _, ok := s.Key.Site.(rangeOf); !ok {
		return false
	}
	left, counted := st.Count(*it)
	*it = st.Mem.At(s).V
	n, ok := st.Count(*it)
	if !ok || !counted || n > 1 {
		st.Blur(in.Machine, *it)
		return false
	}
	kt, vt := gotypes.TupleAt(i.Type(), 1), gotypes.TupleAt(i.Type(), 2)
	key, v, has := st.OnlyEntry(in.Machine, it.One())
	if left == 0 || !has {
		key, v = in.Zero(kt), in.Zero(vt)
	}
	st.Top().Tuples.Set(i, []domain.Value{{in.Boolean(left > 0 && has)}, key, v})
	st.MakeExact(s, 0, vt)
	return true
}

// AppendOne is a callee, called by i, that appends v to the slice old, nil or exact, which is of type t and stands at at, and
// puts what comes out in its place.
func (in *Interp) AppendOne(st *domain.State, i *ssa.Call, at *domain.Symbol, old, v domain.Value, t, elem types.Type) bool {
	slots, _ := st.Slots(in.Machine, old, elem)
	n := len(slots) + 1
	site := domain.Appended{Call: i, Count: n}
	if old.One().Key.Site == any(site) || len(v) == 0 {
		return false
	}
	var elems []domain.Value
	for k, from := range slots {
		elems = append(elems, st.Load(in.Machine, domain.Slot{Tuple: i, Index: k}, domain.Value{from}, elem))
	}
	elems = append(elems, v)
	if !old.One().IsNil() {
		st.Supersede(in.Machine, old.One(), elem)
	}
	in.Age(st, site)
	out := in.Intern(domain.SymbolKey{Kind: domain.SymAlloc, Site: site}, t, nil)
	st.ForgetParts(out)
	st.MakeExact(out, n, elem)
	for k, v := range elems {
		in.Keep(st, domain.Value{in.Slot(out, k, elem)}, v, i)
	}
	in.Keep(st, domain.Value{at}, domain.Value{out}, i)
	return true
}
