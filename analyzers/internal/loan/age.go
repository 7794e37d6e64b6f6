package loan

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// renew makes room for another execution of i in a loop: what its last one
// yielded becomes a symbol that stands for all earlier rounds.
func (in *interpreter) renew(st *state, i ssa.Instruction) {
	if u, ok := i.(*ssa.UnOp); ok && u.Op == token.ARROW {
		in.age(st, i)
		return
	}
	switch i.(type) {
	case *ssa.Alloc, *ssa.Call, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan, *ssa.MakeClosure, *ssa.Select:
		in.age(st, i)
	case ssa.Value:
		for s := range st.facts.all() {
			if s.involves(i) {
				st.facts.delete(s)
			}
		}
	}
}

// involves reports whether site made s, or something that s was reached from.
func (s *symbol) involves(site any) bool {
	if s == nil {
		return false
	}
	return siteOf(s.key.site) == site && !s.key.old || s.key.base.involves(site) || s.key.with.involves(site)
}

// siteOf is the instruction that made a symbol, whatever it made it as.
func siteOf(site any) any {
	switch s := site.(type) {
	case havoc:
		return siteOf(s.site)
	case filled:
		return siteOf(s.site)
	case globalOf:
		return siteOf(s.site)
	case anyElement:
		return siteOf(s.site)
	case farFrom:
		return siteOf(s.site)
	case failedCall:
		return siteOf(s.site)
	case appended:
		return s.call
	}
	return site
}

// age replaces in st all that site made by its old version.
func (in *interpreter) age(st *state, site any) {
	a := &ager{in: in, site: site, memo: map[*symbol]*symbol{}}
	if !a.needed(st) {
		return
	}
	a.state(st)
}

// An ager renames the symbols and loans of one site to those of earlier rounds.
type ager struct {
	in   *interpreter
	site any
	memo map[*symbol]*symbol
}

func (a *ager) needed(st *state) bool {
	involved := func(x *symbol) bool { return x.involves(a.site) }
	for l, s := range st.loans.all() {
		if a.owns(l) || slices.ContainsFunc(s.owner, involved) || slices.ContainsFunc(s.lent, involved) {
			return true
		}
	}
	for s, c := range st.mem.all() {
		if s.involves(a.site) || slices.ContainsFunc(c.v, func(x *symbol) bool { return x.involves(a.site) }) {
			return true
		}
	}
	for s := range st.facts.all() {
		if s.involves(a.site) {
			return true
		}
	}
	for _, f := range st.frames {
		for _, v := range f.env.all() {
			if slices.ContainsFunc(v, func(x *symbol) bool { return x.involves(a.site) }) {
				return true
			}
		}
		if len(f.defers) > 0 {
			return true
		}
	}
	return false
}

func (a *ager) owns(l *loan) bool { return !l.old && l.key.site == a.site }

func (a *ager) symbol(s *symbol) *symbol {
	if s == nil || !s.involves(a.site) && !a.onLoan(s) {
		return s
	}
	if o := a.memo[s]; o != nil {
		return o
	}
	k := s.key
	k.base, k.with = a.symbol(k.base), a.symbol(k.with)
	if siteOf(k.site) == a.site {
		k.old = true
	}
	var loans, guards []*loan
	for _, l := range s.loans {
		loans = append(loans, a.loan(l))
	}
	for _, l := range s.guards {
		guards = append(guards, a.loan(l))
	}
	if k.kind == symDerived {
		k.loans = loanIDs(loans)
	}
	parents := make([]*symbol, len(s.parents))
	o := a.in.intern(k, s.typ, func(o *symbol) {
		for i, p := range s.parents {
			parents[i] = a.symbol(p)
		}
		o.parents, o.loans, o.guards, o.depth, o.within = parents, loans, guards, s.depth, s.within
		o.old = o.old || k.old
	})
	a.memo[s] = o
	return o
}

func (a *ager) onLoan(s *symbol) bool {
	return slices.ContainsFunc(s.loans, a.owns) || slices.ContainsFunc(s.guards, a.owns)
}

func (a *ager) value(v value) value {
	for i, s := range v {
		if a.symbol(s) != s {
			var out value
			for _, s := range v[i:] {
				out = out.union(value{a.symbol(s)})
			}
			return v[:i:i].union(out)
		}
	}
	return v
}

func (a *ager) loan(l *loan) *loan {
	if !a.owns(l) {
		return l
	}
	k := l.key
	k.old = true
	if o := a.in.loans[k]; o != nil {
		return o
	}
	o := *l
	a.in.nloans++
	o.id, o.key, o.old = a.in.nloans, k, true
	a.in.loans[k] = &o
	o.cond = nil
	return &o
}

func (a *ager) state(st *state) {
	var mem table[*symbol, cell]
	for s, c := range st.mem.all() {
		o := a.symbol(s)
		c.v = a.value(c.v)
		if have, ok := mem.get(o); ok {
			c.v = a.in.bounded(o, c.v.union(have.v), deref(o.typ))
		}
		mem.set(o, c)
	}
	st.mem = mem
	for s := range st.facts.all() {
		if a.symbol(s) != s {
			st.facts.delete(s)
		}
	}
	for i, f := range st.frames {
		if i < len(st.frames)-1 {
			f = f.clone()
			st.frames[i] = f
		}
		for v, x := range f.env.all() {
			f.env.set(v, a.value(x))
		}
		for v, xs := range f.tuples.all() {
			ys := make([]value, len(xs))
			for i, x := range xs {
				ys[i] = a.value(x)
			}
			f.tuples.set(v, ys)
		}
		a.defers(f)
	}
	for l, s := range st.loans.all() {
		s.owner, s.lent = a.value(s.owner), a.value(s.lent)
		if x, ok := l.key.site.(*symbol); ok && a.symbol(x) != x {
			st.loans.delete(l) // what was released in an earlier round is another object
			continue
		}
		o := a.loan(l)
		if o == l {
			st.loans.set(l, s)
			continue
		}
		st.loans.delete(l)
		if have, ok := st.loans.get(o); ok {
			s = mergeRounds(have, s)
		}
		st.loans.set(o, s)
	}
	for s, t := range st.same.all() {
		if a.symbol(s) != s || a.symbol(t) != t {
			st.same.delete(s)
		}
	}
	for s := range st.belongs.all() {
		if a.symbol(s) != s {
			st.belongs.delete(s)
		}
	}
	for s := range st.spilled.all() {
		if o := a.symbol(s); o != s {
			st.spilled.set(o, true)
			st.spilled.delete(s)
		}
	}
}

// defers ages the operands of the deferred calls; of those that are alike
// then, one is enough.
func (a *ager) defers(f *frame) {
	var out []pending
	for _, d := range f.defers {
		d.fn = a.value(d.fn)
		args := make([]value, len(d.args))
		for i := range args {
			args[i] = a.value(d.args[i])
		}
		d.args = args
		alike := func(e pending) bool {
			return e.instr == d.instr && slices.Equal(e.fn, d.fn) && slices.EqualFunc(e.args, d.args, func(x, y value) bool { return slices.Equal(x, y) })
		}
		if !slices.ContainsFunc(out, alike) {
			out = append(out, d)
		}
	}
	f.defers = out
}

// mergeRounds joins where the loans of two earlier rounds stand. A debt that
// is unpaid in one of them is unpaid; all else that differs is given up.
func mergeRounds(a, b standing) standing {
	if a.phase == b.phase {
		a.reported = a.reported && b.reported
		a.unsure = a.unsure || b.unsure
		return a
	}
	out := a
	if b.phase == live || a.phase != live && b.phase == unchecked {
		out = b
	}
	if out.phase != live && out.phase != unchecked {
		out.phase = moved
	}
	out.unsure = true
	return out
}
