package domain

import (
	"golang.org/x/tools/go/ssa"
)

// A slice or a map is gathered where all that its function does with it is to append or set single
// elements, to measure it, and to return it, perhaps as a field of a struct of which nothing else is done than
// to return that. Nobody releases anything by way of its elements before the function
// returns, so their guards need not be given up where the elements are not told apart any
// more. Where it is not returned, they are lost with it.

// IsGathered reports whether b is a gathered slice or map.
func (m *Machine) IsGathered(b *Symbol) bool {
	if b.Kind != SymAlloc {
		return false
	}
	var made ssa.Value
	switch site := b.Key.Site.(type) {
	case Appended:
		made = site.Call
	case *ssa.MakeSlice:
		made = site
	case *ssa.MakeMap:
		made = site
	default:
		return false
	}
	is, known := m.gathered[made]
	if !known {
		is = made.Parent().Parent() == nil && (web{}).isGathered(made)
		m.gathered[made] = is
	}
	return is
}

// A web is what was looked at: a value, all that it is a part of, and all that it comes from.
type web map[ssa.Value]bool

// isGathered reports whether v, and what has to do with it, is gathered.
func (w web) isGathered(v ssa.Value) bool {
	if w[v] {
		return true
	}
	w[v] = true
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.MakeSlice, *ssa.MakeMap:
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !w.isGathered(e) {
				return false
			}
		}
	case *ssa.UnOp:
		if !w.isInOwner(v.X) {
			return false
		}
	case *ssa.Call:
		if !appendsOne(v) || !w.isGathered(v.Call.Args[0]) {
			return false
		}
	default:
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.Return:
		case *ssa.Phi:
			if !w.isGathered(r) {
				return false
			}
		case *ssa.IndexAddr:
			if !isOnlySet(r) {
				return false
			}
		case *ssa.MapUpdate:
			if r.Map != v {
				return false
			}
		case *ssa.Store:
			if r.Val != v || !w.isInOwner(r.Addr) {
				return false
			}
		case *ssa.Call:
			if isLength(r) {
				continue
			}
			if !appendsOne(r) || r.Call.Args[0] != v || !w.isGathered(r) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isInOwner reports whether a is the address of a field of a struct that was made here, and of which nothing is done but
// to set and read its fields, and to return it; and whether what stands in this field is gathered.
func (w web) isInOwner(a ssa.Value) bool {
	f, ok := a.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	owner, ok := f.X.(*ssa.Alloc)
	if !ok || !owner.Heap || owner.Comment != "complit" && owner.Comment != "new" {
		return false
	}
	if w[f] {
		return true
	}
	for _, r := range *owner.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.Return:
		case *ssa.MakeInterface:
			if !isOnlyReturned(r) {
				return false
			}
		case *ssa.FieldAddr:
			if !w.isField(r, r.Field == f.Field) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isField reports whether nothing is done with the field at f but to set and to read it; and whether that is gathered, where
// it is asked for.
func (w web) isField(f *ssa.FieldAddr, asked bool) bool {
	if asked {
		w[f] = true
	}
	for _, r := range *f.Referrers() {
		var v ssa.Value
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != f {
				return false
			}
			v = r.Val
		case *ssa.UnOp:
			v = r
		default:
			return false
		}
		if asked && !w.isGathered(v) {
			return false
		}
	}
	return true
}

// isOnlySet reports whether nothing is done with the element at a but to set it.
func isOnlySet(a *ssa.IndexAddr) bool {
	for _, r := range *a.Referrers() {
		store, ok := r.(*ssa.Store)
		if !ok || store.Addr != a {
			return false
		}
	}
	return true
}

// isOnlyReturned reports whether nothing is done with v but to return it.
func isOnlyReturned(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r.(type) {
		case *ssa.DebugRef, *ssa.Return:
		default:
			return false
		}
	}
	return true
}

// appendsOne reports whether c appends values that stand in the call.
func appendsOne(c *ssa.Call) bool {
	b, ok := c.Call.Value.(*ssa.Builtin)
	if !ok || b.Name() != "append" || len(c.Call.Args) != 2 {
		return false
	}
	s, ok := c.Call.Args[1].(*ssa.Slice)
	if !ok {
		return false
	}
	a, ok := s.X.(*ssa.Alloc)
	return ok && a.Comment == "varargs"
}
