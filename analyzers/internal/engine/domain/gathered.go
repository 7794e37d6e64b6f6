package domain

import (
	"golang.org/x/tools/go/ssa"
)

// A slice is gathered where all that its function does with it is to append single values to
// it, and to return it. Nobody releases anything by way of its elements before the function
// returns, so their guards need not be given up where the elements are not told apart any
// more. Where it is not returned, they are lost with it.

// IsGathered reports whether b is a gathered slice.
func (m *Machine) IsGathered(b *Symbol) bool {
	site, ok := b.Key.Site.(Appended)
	if !ok || b.Kind != SymAlloc {
		return false
	}
	is, known := m.gathered[site.Call]
	if !known {
		is = site.Call.Parent().Parent() == nil && isGathered(site.Call, map[ssa.Value]bool{})
		m.gathered[site.Call] = is
	}
	return is
}

// isGathered reports whether v, and all that it is a part of or comes from, is gathered; web
// has what was looked at.
func isGathered(v ssa.Value, web map[ssa.Value]bool) bool {
	if web[v] {
		return true
	}
	web[v] = true
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !isGathered(e, web) {
				return false
			}
		}
	case *ssa.Call:
		if !appendsOne(v) || !isGathered(v.Call.Args[0], web) {
			return false
		}
	default:
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.Return:
		case *ssa.Phi:
			if !isGathered(r, web) {
				return false
			}
		case *ssa.Call:
			if !appendsOne(r) || r.Call.Args[0] != v || !isGathered(r, web) {
				return false
			}
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
