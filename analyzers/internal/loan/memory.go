package loan

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Memory maps addresses to what was stored there. A struct stands in it
// either whole, at its address, or by its fields, at theirs; what was stored
// to a field later than the whole takes precedence.

// at is what the address a holds.
func (st *state) at(m *machine, a *symbol) value {
	if c, ok := st.mem.get(a); ok {
		return c.v
	}
	t := deref(a.typ)
	if a.kind == symField {
		// A slot of a struct value that was put together here and not filled.
		return m.zero(a.typ)
	}
	if a.kind == symAddr && a.key.base != nil {
		if whole, ok := st.whole(m, a.key.base); ok {
			return st.part(m, whole, a.key.index, t)
		}
	}
	if o := a.object(); o.kind == symAlloc && !st.spilled.at(o) && !o.old && a.key.index != elementIndex {
		return m.zero(t)
	}
	return value{m.content(a, t)}
}

// whole is the struct value that was stored at the address a, if one was.
func (st *state) whole(m *machine, a *symbol) (value, bool) {
	if c, ok := st.mem.get(a); ok && len(c.v) > 0 {
		return c.v, true
	}
	if a.kind == symAddr {
		if w, ok := st.whole(m, a.key.base); ok {
			return st.part(m, w, a.key.index, deref(a.typ)), true
		}
	}
	return nil, false
}

// part is field (or element) index, of type t, of the struct value v.
func (st *state) part(m *machine, v value, index int, t types.Type) value {
	var out value
	for _, s := range v {
		switch s.kind {
		case symStruct:
			out = out.union(st.at(m, m.field(s, index, t)))
		case symConst:
			out = out.union(m.zero(t))
		case symContent:
			// A struct that lies in memory: its part has one name only.
			a := m.address(s.key.base, index, types.NewPointer(t))
			if c, ok := st.mem.get(a); ok {
				out = out.union(c.v)
			} else {
				out = out.union(value{m.content(a, t)})
			}
		default:
			f := m.field(s, index, t)
			if c, ok := st.mem.get(f); ok {
				out = out.union(c.v)
			} else {
				out = out.union(value{f})
			}
		}
	}
	return out
}

// load is what site reads from the addresses addrs.
func (st *state) load(m *machine, site any, addrs value, t types.Type) value {
	var out value
	for _, a := range addrs {
		out = out.union(st.loadOne(m, site, a, t))
		if a.key.index == elementIndex && a.kind == symAddr && !st.isFilled(a) {
			// Which element it is, is not known: never is it surely the one
			// that was stored there.
			out = out.union(value{m.derivedContent(anyElement{site}, a, t)})
		}
	}
	return m.bounded(site, out, t)
}

// isFilled reports whether all elements of the container in which a is the
// address of one were put there by the call that returned it.
func (st *state) isFilled(a *symbol) bool {
	c, ok := st.mem.get(a)
	return ok && c.by != nil && a.key.base.kind == symFresh && a.key.base.key.site == any(c.by)
}

// anyElement marks an element of a slice, array or map of which nothing is known.
type anyElement struct{ site any }

func (st *state) loadOne(m *machine, site any, a *symbol, t types.Type) value {
	if a.isNil() {
		return nil
	}
	if _, isStruct := t.Underlying().(*types.Struct); isStruct {
		var fields []*symbol
		for s := range st.mem.all() {
			if s.kind == symAddr && s.key.base == a {
				fields = append(fields, s)
			}
		}
		if len(fields) > 0 {
			agg := m.intern(symbolKey{kind: symStruct, site: site, base: nil, index: a.id}, t, nil)
			str := t.Underlying().(*types.Struct)
			for i := range str.NumFields() {
				ft := str.Field(i).Type()
				fa := m.address(a, i, types.NewPointer(ft))
				st.mem.set(m.field(agg, i, ft), cell{v: st.loadOne(m, site, fa, ft), pos: st.mem.at(fa).pos, by: st.mem.at(fa).by})
			}
			return value{agg}
		}
	}
	if a.depth >= maxDepth {
		return value{m.derivedContent(site, a, t)}
	}
	return st.at(m, a)
}

// derivedContent is what site reads too far from any root to be told apart.
func (m *machine) derivedContent(site any, a *symbol, t types.Type) *symbol {
	if carriesLoan(t) || a.deep() {
		return m.derived(site, value{a}, t)
	}
	return m.far(site, a, t)
}

// overwrittenAt is what a holds after code out of sight, at site, could write there.
func (m *machine) overwrittenAt(site any, a *symbol) *symbol {
	return m.far(havoc{site, a.id}, a, deref(a.typ))
}

// far is a value of which nothing is known but from where a was reached.
func (m *machine) far(site any, a *symbol, t types.Type) *symbol {
	root := a.reachedFrom()
	if root == nil {
		return m.fresh(site, 0, t)
	}
	return m.intern(symbolKey{kind: symFresh, site: farFrom{site, root}}, t, func(s *symbol) { s.within = root })
}

// farFrom marks what was read too far from a root to be told apart.
type farFrom struct {
	site any
	root *symbol
}

// store puts v at the addresses addrs; it replaces what was there only where
// there is one address, which stands for one object.
func (st *state) store(m *machine, addrs value, v value, pos token.Pos, by ssa.Instruction) {
	for _, a := range addrs {
		if a.isNil() {
			continue
		}
		if len(addrs) == 1 && !a.old && a.key.index != elementIndex {
			st.forgetParts(a)
			st.mem.set(a, cell{v, pos, by})
			st.facts.delete(a)
			continue
		}
		c := st.mem.at(a)
		if len(c.v) == 0 && a.key.index != elementIndex {
			c.v = st.at(m, a)
		}
		st.mem.set(a, cell{m.bounded(by, c.v.union(v), deref(a.typ)), pos, by})
	}
}

// forgetParts drops what is known of the fields of the object at a.
func (st *state) forgetParts(a *symbol) {
	for s := range st.mem.all() {
		for b := s.key.base; b != nil && s.kind == symAddr; b = b.key.base {
			if b == a {
				st.mem.delete(s)
				break
			}
			if b.kind != symAddr {
				break
			}
		}
	}
}

// bounded is v, or one unknown value in its place where it has too many symbols.
// Once it is unknown at a site it stays so there, or fixpoints would not end.
func (m *machine) bounded(site any, v value, t types.Type) value {
	if t == nil {
		t = types.Typ[types.Invalid]
	}
	if len(v) <= maxReferences && !slices.ContainsFunc(v, func(s *symbol) bool { return s.key.site == any(tooMany{site}) }) {
		return v
	}
	return value{m.derived(tooMany{site}, v, t)}
}

// tooMany marks the symbols that stand for more values than are told apart.
type tooMany struct{ site any }

// object is the object that the address s points into: fields and elements
// belong to the object they are part of, what is loaded from it does not.
func (s *symbol) object() *symbol {
	for s.kind == symAddr {
		s = s.key.base
	}
	return s
}

// zero is the zero value of type t.
func (m *machine) zero(t types.Type) value {
	if t == nil {
		return nil
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		switch {
		case b.Info()&types.IsBoolean != 0:
			return value{m.boolean(false)}
		case b.Info()&types.IsInteger != 0:
			return value{m.integer(0, t)}
		}
	}
	return value{m.constant(ssa.NewConst(nil, t))}
}

func deref(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// reach calls visit for every symbol that can be reached from v: what it
// points to, what its closures capture, what the struct values in it hold.
// It stays within the memory known here.
func (st *state) reach(v value, visit func(*symbol)) {
	st.reachFrom(v, nil, func(s *symbol, _ []cell) { visit(s) })
}

// reachFrom is reach where visit is also given the cells that lead to the
// symbol: first those of chain, last the one that holds it.
func (st *state) reachFrom(v value, chain []cell, visit func(*symbol, []cell)) {
	seen := map[*symbol]bool{}
	var walk func(s *symbol, chain []cell)
	var byBase map[*symbol][]*symbol
	walk = func(s *symbol, chain []cell) {
		if seen[s] {
			return
		}
		seen[s] = true
		visit(s, chain)
		var cells []*symbol
		if st.mem.len() > 0 {
			switch {
			case byBase != nil:
				cells = byBase[s.object()]
			case len(seen) > 4:
				byBase = st.byObject()
				cells = byBase[s.object()]
			default:
				cells = st.cellsOf(s.object())
			}
		}
		for _, a := range cells {
			if s.kind == symAddr && !isWithin(a, s) {
				continue
			}
			c := st.mem.at(a)
			for _, x := range c.v {
				walk(x, append(slices.Clip(chain), c))
			}
		}
	}
	for _, s := range v {
		walk(s, chain)
	}
}

// byObject lists the addresses that have a cell by the object they are in.
func (st *state) byObject() map[*symbol][]*symbol {
	out := make(map[*symbol][]*symbol)
	for a := range st.mem.all() {
		o := a.object()
		if a.kind == symField {
			for o = a; o.kind == symField; {
				o = o.key.base
			}
		}
		out[o] = append(out[o], a)
	}
	for _, as := range out {
		slices.SortFunc(as, func(a, b *symbol) int { return a.id - b.id })
	}
	return out
}

// cellsOf lists the addresses with a cell in the object o.
func (st *state) cellsOf(o *symbol) (out []*symbol) {
	for a := range st.mem.all() {
		b := a.object()
		if a.kind == symField {
			for b = a; b.kind == symField; {
				b = b.key.base
			}
		}
		if b == o {
			out = append(out, a)
		}
	}
	if len(out) > 1 {
		slices.SortFunc(out, func(a, b *symbol) int { return a.id - b.id })
	}
	return out
}
