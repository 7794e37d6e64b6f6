package domain

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Renew makes room for another execution of i in a loop: what its last one
// yielded becomes a symbol that stands for all earlier rounds, or, where round says
// which one it is by now, for the one before.
func (in *Machine) Renew(st *State, i ssa.Instruction, round int) {
	if u, ok := i.(*ssa.UnOp); ok && (u.Op == token.ARROW || u.Op == token.MUL && isAggregate(u.Type())) {
		in.AgeRound(st, i, round)
		return
	}
	switch i.(type) {
	case *ssa.Alloc, *ssa.Call, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan, *ssa.MakeClosure, *ssa.Select:
		in.AgeRound(st, i, round)
	case ssa.Value:
		in.Age(st, i)
	}
}

// isAggregate reports whether t is a struct or array that holds references: a value of it is
// put together anew each time that it is loaded.
func isAggregate(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return gotypes.IsReference(t)
	}
	return false
}

// anyRound stands for the last round, and for all that are told apart.
const anyRound = -1

// involves reports whether site made s, or something that s was reached from, in the round.
func (s *Symbol) involves(site any, round int) bool {
	if s == nil {
		return false
	}
	return siteOf(s.Key.Site) == site && !s.Key.old && (round == anyRound || s.Key.round == round) ||
		s.Key.Base.involves(site, round) || s.Key.With.involves(site, round)
}

// Age replaces in st all that site made by its old version.
func (in *Machine) Age(st *State, site any) {
	a := &Ager{In: in, Site: site, of: anyRound, Memo: map[*Symbol]*Symbol{}}
	if a.Needed(st) {
		a.State(st)
	}
}

// AgeRound replaces in st what site made last by what it made in the given round of a loop. If
// there is something of that round already, from another time that the loop was run, all of it
// becomes old.
func (in *Machine) AgeRound(st *State, site any, round int) {
	if round > 0 && !(&Ager{In: in, Site: site, of: round}).Needed(st) {
		a := &Ager{In: in, Site: site, to: round, Memo: map[*Symbol]*Symbol{}}
		if a.Needed(st) {
			a.State(st)
		}
		return
	}
	in.Age(st, site)
}

// An Ager renames the symbols and loans of one site to those of earlier rounds.
type Ager struct {
	In   *Machine
	Site any
	of   int // the round to rename; 0 is the last one
	to   int // the round that it becomes; 0: old
	Memo map[*Symbol]*Symbol
}

// Needed reports whether st mentions anything that the site made in this round.
func (a *Ager) Needed(st *State) bool {
	if !a.In.made[a.Site] {
		return false // nowhere yet
	}
	involved := func(x *Symbol) bool { return x.involves(a.Site, a.of) }
	for l, s := range st.Loans.All() {
		if a.owns(l) || slices.ContainsFunc(s.Owner, involved) || slices.ContainsFunc(s.Lent, involved) || slices.ContainsFunc(s.Runner, involved) || involved(s.Keeper) {
			return true
		}
	}
	for s, c := range st.Mem.All() {
		if s.involves(a.Site, a.of) || slices.ContainsFunc(c.V, func(x *Symbol) bool { return x.involves(a.Site, a.of) }) {
			return true
		}
	}
	for s := range st.Facts.All() {
		if s.involves(a.Site, a.of) {
			return true
		}
	}
	for s := range st.Spilled.All() {
		if s.involves(a.Site, a.of) {
			return true
		}
	}
	for s := range st.exact.All() {
		if s.involves(a.Site, a.of) {
			return true
		}
	}
	for s, v := range st.Belongs.All() {
		if s.involves(a.Site, a.of) || slices.ContainsFunc(v, involved) {
			return true
		}
	}
	for s, t := range st.Same.All() {
		if s.involves(a.Site, a.of) || t.involves(a.Site, a.of) {
			return true
		}
	}
	for s := range st.Asked.All() {
		if s.involves(a.Site, a.of) {
			return true
		}
	}
	for s := range st.Forgotten.All() {
		if s.involves(a.Site, a.of) {
			return true
		}
	}
	for s := range st.Types.All() {
		if s.involves(a.Site, a.of) {
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

func (a *Ager) owns(l *Loan) bool {
	return !l.Old && l.Key.Site == a.Site && (a.of == anyRound || l.Key.round == a.of)
}

func (a *Ager) symbol(s *Symbol) *Symbol {
	if s == nil || !s.involves(a.Site, a.of) && !a.onLoan(s) {
		return s
	}
	if o := a.Memo[s]; o != nil {
		return o
	}
	k := s.Key
	k.Base, k.With = a.symbol(k.Base), a.symbol(k.With)
	if siteOf(k.Site) == a.Site && (a.of == anyRound || k.round == a.of) {
		k.old, k.round = a.to == 0, a.to
	}
	var loans, guards, loose []*Loan
	for _, l := range s.Loans {
		loans = append(loans, a.loan(l))
	}
	for _, l := range s.Guards {
		guards = append(guards, a.loan(l))
	}
	for _, l := range s.Loose {
		loose = append(loose, a.loan(l))
	}
	if k.Kind == SymDerived {
		k.loans = loanIDs(loans)
	}
	parents := make([]*Symbol, len(s.Parents))
	o := a.In.Intern(k, s.Typ, func(o *Symbol) {
		for i, p := range s.Parents {
			parents[i] = a.symbol(p)
		}
		o.Parents, o.Loans, o.Guards, o.Loose, o.Depth, o.within = parents, loans, guards, loose, s.Depth, s.within
		o.Old = o.Old || k.old
		o.OfField = s.OfField
		o.Held = s.Held // each of those that it stands for holds that
		if a.to > 0 {   // it is still one, and the same
			o.Lost, o.Found, o.Cut, o.Asserted, o.Retyped = s.Lost, s.Found, s.Cut, s.Asserted, s.Retyped
			o.from, o.Sources = a.symbol(s.from), a.value(s.Sources)
		}
	})
	a.Memo[s] = o
	return o
}

func (a *Ager) onLoan(s *Symbol) bool {
	return slices.ContainsFunc(s.Loans, a.owns) || slices.ContainsFunc(s.Guards, a.owns) || slices.ContainsFunc(s.Loose, a.owns)
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
	k.old, k.round = a.to == 0, a.to
	if o := a.In.Loans[k]; o != nil {
		return o
	}
	o := *l
	o.Old = a.to == 0
	a.In.Begin(k, &o)
	o.Cond = nil
	if a.to > 0 {
		o.Cond = a.value(l.Cond)
	}
	return &o
}

// loanOn is l, the loan of a release that nobody has seen the acquire of, on the renamed o.
func (a *Ager) loanOn(l *Loan, o *Symbol) *Loan {
	k := l.Key
	k.Site = o
	if have := a.In.Loans[k]; have != nil {
		return have
	}
	renamed := *l
	a.In.Begin(k, &renamed)
	return &renamed
}

// State renames all that the site made, wherever st mentions it.
func (a *Ager) State(st *State) {
	if a.to == 0 {
		a.blur(st)
	}
	a.forgetMade(st)
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
	for s, f := range st.Facts.All() {
		if o := a.symbol(s); o != s {
			st.Facts.Delete(s)
			if a.to > 0 {
				st.Facts.Set(o, f)
			}
		}
	}
	for s := range st.Asked.All() {
		if a.symbol(s) != s {
			st.Asked.Delete(s)
		}
	}
	for s := range st.Forgotten.All() {
		if a.symbol(s) != s {
			st.Forgotten.Delete(s)
		}
	}
	for s, t := range st.Types.All() {
		if o := a.symbol(s); o != s {
			st.Types.Delete(s)
			if a.to > 0 {
				st.Types.Set(o, t)
			}
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
			if a.to > 0 {
				st.Loans.Set(a.loanOn(l, a.symbol(x)), s)
			}
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
			if a.to > 0 {
				st.Same.Set(a.symbol(s), a.symbol(t))
			}
		}
	}
	for s, v := range st.Belongs.All() {
		if o := a.symbol(s); o != s {
			st.Belongs.Delete(s)
			if a.to > 0 {
				st.Belongs.Set(o, a.value(v))
			}
			continue
		}
		st.Belongs.Set(s, a.value(v))
	}
	for s, n := range st.exact.All() {
		if o := a.symbol(s); o != s {
			st.exact.Delete(s)
			st.exact.Set(o, n)
			if a.to == 0 {
				st.Blur(a.In, Value{o}) // it stands for those of several rounds
			}
		}
	}
	for s := range st.Spilled.All() {
		if o := a.symbol(s); o != s {
			st.Spilled.Set(o, true)
			st.Spilled.Delete(s)
		}
	}
}

// blur ends that collections are exact which hold what becomes old.
func (a *Ager) blur(st *State) {
	for b := range st.exact.All() {
		involved := false
		st.Reach(Value{b}, func(s *Symbol) { involved = involved || s != b && a.symbol(s) != s })
		if involved {
			st.blur(a.In, b)
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
