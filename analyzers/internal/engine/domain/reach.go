package domain

import (
	"cmp"
	"slices"
)

// SortedCells lists the addresses in memory in the order in which they were stored to.
func (in *Machine) SortedCells(st *State) []*Symbol {
	var out []*Symbol
	for a := range st.Mem.All() {
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b *Symbol) int { return cmp.Compare(st.Mem.At(a).Pos, st.Mem.At(b).Pos) })
	return out
}

// Reach calls visit for every symbol that can be reached from v: what it
// points to, what its closures capture, what the struct values in it hold.
// It stays within the memory known here.
func (st *State) Reach(v Value, visit func(*Symbol)) {
	st.ReachFrom(v, nil, func(s *Symbol, _ []Cell) { visit(s) })
}

// ReachFrom is reach where visit is also given the cells that lead to the
// symbol: first those of chain, last the one that holds it.
func (st *State) ReachFrom(v Value, chain []Cell, visit func(*Symbol, []Cell)) {
	seen := map[*Symbol]bool{}
	var walk func(s *Symbol, chain []Cell)
	var byBase map[*Symbol][]*Symbol
	walk = func(s *Symbol, chain []Cell) {
		if seen[s] {
			return
		}
		seen[s] = true
		visit(s, chain)
		var cells []*Symbol
		if st.Mem.Len() > 0 {
			switch {
			case byBase != nil:
				cells = byBase[s.Object()]
			case len(seen) > 4:
				byBase = st.ByObject()
				cells = byBase[s.Object()]
			default:
				cells = st.cellsOf(s.Object())
			}
		}
		for _, a := range cells {
			c := st.Mem.At(a)
			v := c.V
			if s.Kind == SymAddr && !IsWithin(a, s) {
				if _, ok := st.Mem.Get(s); ok || !IsWithin(s, a) {
					continue
				}
				v = st.partsAt(s, a)
			}
			for _, x := range v {
				walk(x, append(slices.Clip(chain), c))
			}
		}
	}
	for _, s := range v {
		walk(s, chain)
	}
}

// partsAt is what stands at s, the address of a part of the struct that was stored
// whole at a; where its parts are not told apart, all of the struct.
func (st *State) partsAt(s, a *Symbol) (out Value) {
	for _, x := range st.Mem.At(a).V {
		part := Value{x}
		for f, c := range st.Mem.All() {
			if s.Key.Base == a && f.Kind == SymField && f.Key.Base == x && f.Key.Index == s.Key.Index {
				part = c.V
			}
		}
		out = out.Union(part)
	}
	return out
}

// ByObject lists the addresses that have a cell by the object they are in.
func (st *State) ByObject() map[*Symbol][]*Symbol {
	out := make(map[*Symbol][]*Symbol)
	for a := range st.Mem.All() {
		o := a.Object()
		if a.Kind == SymField {
			o = a.Whole()
		}
		out[o] = append(out[o], a)
	}
	for _, as := range out {
		slices.SortFunc(as, func(a, b *Symbol) int { return a.Id - b.Id })
	}
	return out
}

// cellsOf lists the addresses with a cell in the object o.
func (st *State) cellsOf(o *Symbol) (out []*Symbol) {
	var add func(a *Symbol)
	add = func(a *Symbol) {
		if st.Mem.has(a) && (a != o || o.Kind != SymField) {
			out = append(out, a)
		}
		for _, p := range a.parts {
			if p.Kind == a.Kind && a != o || a == o && (p.Kind == SymAddr || o.Kind != SymField) {
				add(p)
			}
		}
	}
	add(o)
	slices.SortFunc(out, func(a, b *Symbol) int { return a.Id - b.Id })
	return out
}
