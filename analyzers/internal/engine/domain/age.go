package domain

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Renew makes room for another execution of i in a loop: what its last one
// yielded becomes a symbol that stands for all earlier rounds.
func (in *Machine) Renew(st *State, i ssa.Instruction) {
	if u, ok := i.(*ssa.UnOp); ok && u.Op == token.ARROW {
		in.age(st, i)
		return
	}
	switch i.(type) {
	case *ssa.Alloc, *ssa.Call, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan, *ssa.MakeClosure, *ssa.Select:
		in.age(st, i)
	case ssa.Value:
		for s := range st.Facts.All() {
			if s.involves(i) {
				st.Facts.Delete(s)
			}
		}
	}
}

// involves reports whether site made s, or something that s was reached from.
func (s *Symbol) involves(site any) bool {
	if s == nil {
		return false
	}
	return siteOf(s.Key.Site) == site && !s.Key.old || s.Key.Base.involves(site) || s.Key.With.involves(site)
}

// age replaces in st all that site made by its old version.
func (in *Machine) age(st *State, site any) {
	a := &Ager{In: in, Site: site, Memo: map[*Symbol]*Symbol{}}
	if !a.Needed(st) {
		return
	}
	a.State(st)
}

// An Ager renames the symbols and loans of one site to those of earlier rounds.
type Ager struct {
	In   *Machine
	Site any
	Memo map[*Symbol]*Symbol
}

// Needed reports whether st mentions anything that the site made in this round.
func (a *Ager) Needed(st *State) bool {
	involved := func(x *Symbol) bool { return x.involves(a.Site) }
	for l, s := range st.Loans.All() {
		if a.owns(l) || slices.ContainsFunc(s.Owner, involved) || slices.ContainsFunc(s.Lent, involved) || slices.ContainsFunc(s.Runner, involved) || involved(s.Keeper) {
			return true
		}
	}
	for s, c := range st.Mem.All() {
		if s.involves(a.Site) || slices.ContainsFunc(c.V, func(x *Symbol) bool { return x.involves(a.Site) }) {
			return true
		}
	}
	for s := range st.Facts.All() {
		if s.involves(a.Site) {
			return true
		}
	}
	for s := range st.Spilled.All() {
		if s.involves(a.Site) {
			return true
		}
	}
	for s, v := range st.Belongs.All() {
		if s.involves(a.Site) || slices.ContainsFunc(v, involved) {
			return true
		}
	}
	for s, t := range st.Same.All() {
		if s.involves(a.Site) || t.involves(a.Site) {
			return true
		}
	}
	for s := range st.Asked.All() {
		if s.involves(a.Site) {
			return true
		}
	}
	for s := range st.Types.All() {
		if s.involves(a.Site) {
			return true
		}
	}
	for _, f := range st.Frames {
		for _, v := range f.Env.All() {
			if slices.ContainsFunc(v, involved) {
				return true
			}
		}
		for _, vs := range f.Tuples.All() {
			for _, v := range vs {
				if slices.ContainsFunc(v, involved) {
					return true
				}
			}
		}
		if len(f.Defers) > 0 {
			return true
		}
	}
	return false
}

func (a *Ager) owns(l *Loan) bool { return !l.Old && l.Key.Site == a.Site }

func (a *Ager) symbol(s *Symbol) *Symbol {
	if s == nil || !s.involves(a.Site) && !a.onLoan(s) {
		return s
	}
	if o := a.Memo[s]; o != nil {
		return o
	}
	k := s.Key
	k.Base, k.With = a.symbol(k.Base), a.symbol(k.With)
	if siteOf(k.Site) == a.Site {
		k.old = true
	}
	var loans, guards []*Loan
	for _, l := range s.Loans {
		loans = append(loans, a.loan(l))
	}
	for _, l := range s.Guards {
		guards = append(guards, a.loan(l))
	}
	if k.Kind == SymDerived {
		k.loans = loanIDs(loans)
	}
	parents := make([]*Symbol, len(s.Parents))
	o := a.In.Intern(k, s.Typ, func(o *Symbol) {
		for i, p := range s.Parents {
			parents[i] = a.symbol(p)
		}
		o.Parents, o.Loans, o.Guards, o.Depth, o.within = parents, loans, guards, s.Depth, s.within
		o.Old = o.Old || k.old
	})
	a.Memo[s] = o
	return o
}

func (a *Ager) onLoan(s *Symbol) bool {
	return slices.ContainsFunc(s.Loans, a.owns) || slices.ContainsFunc(s.Guards, a.owns)
}

func (a *Ager) value(v Value) Value {
	for i, s := range v {
		if a.symbol(s) != s {
			var out Value
			for _, s := range v[i:] {
				out = out.Union(Value{a.symbol(s)})
			}
			return v[:i:i].Union(out)
		}
	}
	return v
}

func (a *Ager) loan(l *Loan) *Loan {
	if !a.owns(l) {
		return l
	}
	k := l.Key
	k.old = true
	if o := a.In.Loans[k]; o != nil {
		return o
	}
	o := *l
	a.In.Nloans++
	o.Id, o.Key, o.Old = a.In.Nloans, k, true
	a.In.Loans[k] = &o
	o.Cond = nil
	return &o
}

// State renames all that the site made, wherever st mentions it.
func (a *Ager) State(st *State) {
	var mem Table[*Symbol, Cell]
	for s, c := range st.Mem.All() {
		o := a.symbol(s)
		c.V = a.value(c.V)
		if have, ok := mem.Get(o); ok {
			c.V = a.In.Bounded(o, c.V.Union(have.V), gotypes.Deref(o.Typ))
		}
		mem.Set(o, c)
	}
	st.Mem = mem
	for s := range st.Facts.All() {
		if a.symbol(s) != s {
			st.Facts.Delete(s)
		}
	}
	for s := range st.Asked.All() {
		if a.symbol(s) != s {
			st.Asked.Delete(s)
		}
	}
	for s := range st.Types.All() {
		if a.symbol(s) != s {
			st.Types.Delete(s)
		}
	}
	for i, f := range st.Frames {
		if i < len(st.Frames)-1 {
			f = f.Clone()
			st.Frames[i] = f
		}
		for v, x := range f.Env.All() {
			f.Env.Set(v, a.value(x))
		}
		for v, xs := range f.Tuples.All() {
			ys := make([]Value, len(xs))
			for i, x := range xs {
				ys[i] = a.value(x)
			}
			f.Tuples.Set(v, ys)
		}
		a.defers(f)
	}
	for l, s := range st.Loans.All() {
		s.Owner, s.Lent, s.Runner, s.Keeper = a.value(s.Owner), a.value(s.Lent), a.value(s.Runner), a.symbol(s.Keeper)
		if x, ok := l.Key.Site.(*Symbol); ok && a.symbol(x) != x {
			st.Loans.Delete(l) // what was released in an earlier round is another object
			continue
		}
		o := a.loan(l)
		if o == l {
			st.Loans.Set(l, s)
			continue
		}
		st.Loans.Delete(l)
		if have, ok := st.Loans.Get(o); ok {
			s = mergeRounds(have, s)
		}
		st.Loans.Set(o, s)
	}
	for s, t := range st.Same.All() {
		if a.symbol(s) != s || a.symbol(t) != t {
			st.Same.Delete(s)
		}
	}
	for s, v := range st.Belongs.All() {
		if a.symbol(s) != s {
			st.Belongs.Delete(s)
			continue
		}
		st.Belongs.Set(s, a.value(v))
	}
	for s := range st.Spilled.All() {
		if o := a.symbol(s); o != s {
			st.Spilled.Set(o, true)
			st.Spilled.Delete(s)
		}
	}
}

// defers ages the operands of the deferred calls; of those that are alike
// then, two are enough.
func (a *Ager) defers(f *Frame) {
	var out []Pending
	for _, d := range f.Defers {
		d.Fn = a.value(d.Fn)
		args := make([]Value, len(d.Args))
		for i := range args {
			args[i] = a.value(d.Args[i])
		}
		d.Args = args
		if n := len(out); n < 2 || !out[n-1].equal(d) || !out[n-2].equal(d) {
			out = append(out, d)
		}
	}
	f.Defers = out
}
