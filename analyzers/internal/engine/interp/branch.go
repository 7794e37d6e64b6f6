package interp

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// assume takes st to the paths on which cond is truth and reports whether
// there are any.
func (in *Interp) assume(st *domain.State, cond ssa.Value, truth bool) bool {
	v := in.Eval(st, cond)
	switch c := cond.(type) {
	case *ssa.UnOp:
		if c.Op == token.NOT {
			return in.assume(st, c.X, !truth)
		}
	case *ssa.BinOp:
		// Operands that nobody reads again are gone: then the comparison is
		// what it was when it was made.
		if (c.Op == token.NEQ) == truth && (c.Op == token.EQL || c.Op == token.NEQ) {
			in.otherRoom(st, c.X, c.Y)
			in.otherRoom(st, c.Y, c.X)
		}
		if (c.Op == token.EQL || c.Op == token.NEQ) && st.Knows(c.X) && st.Knows(c.Y) {
			equal := (c.Op == token.EQL) == truth
			if !in.filterNil(st, c.X, c.Y, equal) || !in.filterNil(st, c.Y, c.X, equal) {
				return false
			}
			v = in.compare(st, c, in.Eval(st, c.X), in.Eval(st, c.Y))
		}
	}
	var kept domain.Value
	for _, s := range v {
		if !in.contradicts(st, s, truth) {
			kept = append(kept, s)
		}
	}
	if len(v) > 0 && len(kept) == 0 {
		return false
	}
	if domain.IsTracked(cond) {
		st.Top().Env.Set(cond, kept)
		in.refineCell(st, cond, v, kept)
		in.DecideNil(st, kept, truth)
	}
	// Each case is asked for once: that it was another one is no news to anybody.
	if s := kept.One(); s != nil && (truth || !asksCase(cond)) {
		in.rememberDoubt(st, s)
		if !in.Learn(st, s, truth) {
			return false
		}
		in.noteAsked(st, s, cond)
	}
	if c, ok := cond.(*ssa.BinOp); ok && !(in.learnCounted(st, c, truth) && in.learnRounds(st, c, truth)) {
		return false
	}
	if c, ok := cond.(*ssa.BinOp); ok && (c.Op == token.EQL) == truth && (c.Op == token.EQL || c.Op == token.NEQ) {
		in.emptied(st, c.X, c.Y)
		in.emptied(st, c.Y, c.X)
	}
	return true
}

// decide notes that the condition of i is found to be truth. Where another branch has
// asked it in the same words and found the opposite, and nothing that is known says that it
// has changed, the path most likely cannot be taken: nothing on it is certain.
func (in *Interp) decide(st *domain.State, i *ssa.If, truth bool) {
	if !in.isOpposite(st, i, truth) {
		return
	}
	if s := in.Eval(st, i.Cond).One(); s != nil {
		if known, _ := in.Truth(st, s); known {
			return
		}
	}
	doubtPath(st)
}

// isOpposite notes that the condition of i is truth, and reports whether another branch has found the opposite in the same words.
func (in *Interp) isOpposite(st *domain.State, i *ssa.If, truth bool) bool {
	key, negated := in.FlowOf(i.Parent()).Wording(i)
	return key != "" && st.Decide(i, key, truth != negated)
}

// Answered notes that v, of a call that may come out both ways for all that is known, is truth on the path st. Where a
// branch has found the opposite of a call in the same words, the path most likely cannot be taken, as in decide: that
// the answer is a constant on each way out tells nothing of which way it is.
func (in *Interp) Answered(st *domain.State, v ssa.Value, truth bool) {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp:
			if r.Op == token.NOT {
				in.Answered(st, r, !truth)
			}
		case *ssa.If:
			if in.isOpposite(st, r, truth) {
				doubtPath(st)
			}
		}
	}
}

// rememberDoubt doubts that those loans have ended that did not stand alike on all paths, where s is asked and it was forgotten how
// it came out before: one of the two ways that now follow may be none. What is live is so on both.
func (in *Interp) rememberDoubt(st *domain.State, s *domain.Symbol) {
	for s.Kind == domain.SymCompare && s.Key.Op == token.NOT {
		s = s.Key.Base
	}
	if _, ok := st.Forgotten.Get(s); !ok {
		return
	}
	if known, _ := in.Truth(st, s); !known {
		doubt(st, func(stand domain.Standing) bool { return stand.Mixed && stand.Phase == domain.Ended })
	}
}

// NoteAskedBy notes that a callee has asked s, which it was given as arg. Where s is one of those that a || b
// joins, that one is what is asked.
func (in *Interp) NoteAskedBy(st *domain.State, s *domain.Symbol, arg ssa.Value) {
	for _, cond := range domain.Passed(arg) {
		if st.Knows(cond) && in.Eval(st, cond).One() == s {
			in.noteAsked(st, s, cond)
			return
		}
	}
}

// noteAsked notes that s, the condition cond without its negations, is asked again, if it is.
func (in *Interp) noteAsked(st *domain.State, s *domain.Symbol, cond ssa.Value) {
	if s.Kind == domain.SymConst || s.Old {
		return
	}
	for s.Kind == domain.SymCompare && s.Key.Op == token.NOT {
		s = s.Key.Base
	}
	if in.FlowOf(st.Top().Fn).AskedAgain(cond) || in.Apart && ByCaller(s) && st.Asked.Len() < maxApart {
		st.Asked.Set(s, cond)
	}
}

// emptied makes x, a slice that was found to be nil, just that: it is nobody's
// memory.
func (in *Interp) emptied(st *domain.State, x, y ssa.Value) {
	if c, ok := y.(*ssa.Const); !ok || !c.IsNil() || !domain.IsTracked(x) || gotypes.SliceOf(x.Type()) == nil || !st.Knows(x) {
		return
	}
	s := in.Eval(st, x).One()
	if s == nil || len(s.AllLoans()) == 0 || len(s.Guards) > 0 || slices.ContainsFunc(s.Loans, func(l *domain.Loan) bool { return l.NilSlice }) {
		return
	}
	now := domain.Value{in.NilSymbol()}
	st.Top().Env.Set(x, now)
	if load, ok := x.(*ssa.UnOp); ok && load.Op == token.MUL {
		if a := in.Eval(st, load.X).One(); a != nil && st.Mem.At(a).V.One() == s {
			c := st.Mem.At(a)
			c.V = now
			st.Mem.Set(a, c)
		}
	}
}

// filterNil drops from x, where y is nil, what cannot be (or cannot but be)
// nil, in the environment and in the cell that it was loaded from.
func (in *Interp) filterNil(st *domain.State, x, y ssa.Value, equal bool) bool {
	if !domain.IsTracked(x) {
		return true
	}
	s := in.Eval(st, y).One()
	if s == nil {
		return true
	}
	v := in.Eval(st, x)
	if !s.IsNil() {
		if !equal && len(v) > 1 && v.Has(s) && !s.Old {
			kept := slices.DeleteFunc(slices.Clone(v), func(x *domain.Symbol) bool { return x == s })
			st.Top().Env.Set(x, kept)
			in.refineCell(st, x, v, kept)
		}
		return true
	}
	if len(v) < 2 {
		return true
	}
	var kept domain.Value
	for _, s := range v {
		known, is := in.Nilness(st, s)
		if !known || is == equal {
			kept = append(kept, s)
		}
	}
	if len(kept) == 0 {
		return false
	}
	if equal && gotypes.IsError(x.Type()) {
		in.swallowed(st, v, kept)
	}
	switch {
	case len(kept) < 2:
	case !equal:
		kept = in.notNil(st, x, kept)
	case gotypes.IsError(x.Type()) && !in.anyTells(st, kept):
		kept = domain.Value{in.NilSymbol()}
	}
	st.Top().Env.Set(x, kept)
	in.refineCell(st, x, v, kept)
	in.DecideNil(st, kept, equal)
	return true
}

// DecideNil notes that v, which may be one of several values, is nil, or true, or is not. Where the
// opposite was found before, nothing on the path is certain.
func (in *Interp) DecideNil(st *domain.State, v domain.Value, isNil bool) {
	if st.DecideNil(v, isNil) {
		doubtPath(st)
	}
}

// swallowed doubts what the errors in v tell to be missing, where x, which was one of them or
// something that was made of them, is found to be nil, as those in kept may be: who is given
// an error most likely does not answer with none.
func (in *Interp) swallowed(st *domain.State, v, kept domain.Value) {
	for l, stand := range st.Loans.All() {
		if s := l.Cond.One(); s != nil && stand.Phase == domain.Absent && !stand.Unsure && v.Has(s) && !kept.Has(s) {
			stand.Unsure = true
			st.Loans.Set(l, stand)
		}
	}
}

// notNil is x, one of v, now that it is known not to be nil: which of them it
// is, and so which of them is not nil, is not. Guards keep their identity.
func (in *Interp) notNil(st *domain.State, x ssa.Value, v domain.Value) domain.Value {
	if gotypes.IsError(x.Type()) && in.anyTells(st, v) || !gotypes.IsError(x.Type()) && slices.ContainsFunc(v, func(s *domain.Symbol) bool {
		return len(in.GuardedBy(st, s)) > 0 || len(s.AllLoans()) == 0
	}) {
		return v
	}
	s := in.Derived(oneNotNil{x}, v, x.Type())
	st.Facts.Set(s, domain.NotNil)
	return domain.Value{s}
}

// anyTells reports whether one of the errors v tells of a loan whether it is there, or
// guards one: which of them was tested must not be forgotten.
func (in *Interp) anyTells(st *domain.State, v domain.Value) bool {
	if slices.ContainsFunc(v, func(s *domain.Symbol) bool { return len(in.GuardedBy(st, s)) > 0 }) {
		return true
	}
	for l, stand := range st.Loans.All() {
		if stand.Phase == domain.Unchecked && slices.ContainsFunc(v, l.Cond.Has) {
			return true
		}
	}
	return false
}

// oneNotNil marks one of several values that is not nil.
type oneNotNil struct{ of ssa.Value }

// refineCell carries what was learned of a value over to the variable that it
// was loaded from, which is loaded anew at each use.
func (in *Interp) refineCell(st *domain.State, x ssa.Value, was, now domain.Value) {
	load, ok := x.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || len(now) == len(was) {
		return
	}
	a := in.Eval(st, load.X).One()
	if a == nil {
		return
	}
	if c, ok := st.Mem.Get(a); ok && len(c.V) == len(was) && len(was) > 0 && c.V[0] == was[0] {
		c.V = now
		st.Mem.Set(a, c)
	}
}

// contradicts reports whether s is known not to be truth.
func (in *Interp) contradicts(st *domain.State, s *domain.Symbol, truth bool) bool {
	known, is := in.Truth(st, s)
	return known && is != truth
}

// isCloser reports whether t is an interface that has Close and nothing else.
func isCloser(t types.Type) bool {
	if t == nil {
		return false
	}
	iface, ok := t.Underlying().(*types.Interface)
	return ok && iface.NumMethods() == 1 && iface.Method(0).Name() == "Close"
}

// doubtParts gives up the loans of which the guard is a part of s, which is there though they
// are not: a call has failed, and what it gave is found not to be nil all the same.
func (in *Interp) doubtParts(st *domain.State, s *domain.Symbol) {
	for l, stand := range st.Loans.All() {
		if stand.Phase == domain.Absent && !stand.Unsure && in.holdsGuardOf(s, l) {
			stand.Phase, stand.Unsure = domain.Moved, true
			st.Loans.Set(l, stand)
		}
	}
}

// doubtPath makes all that is found on the path from now on, and all that is known of its loans, uncertain: most likely it cannot be taken.
func doubtPath(st *domain.State) {
	doubtAll(st)
	st.Doubted = true
}

// doubtAll gives up what is known of the loans, on a path that most likely cannot be taken.
func doubtAll(st *domain.State) { doubt(st, func(domain.Standing) bool { return true }) }

// doubt does so of those in question.
func doubt(st *domain.State, inQuestion func(domain.Standing) bool) {
	for l, stand := range st.Loans.All() {
		if !inQuestion(stand) {
			continue
		}
		switch stand.Phase {
		case domain.Live, domain.Unchecked, domain.Ended:
			stand.Phase, stand.Unsure = domain.Moved, true
		case domain.Absent:
			stand.Unsure = true
		}
		st.Loans.Set(l, stand)
	}
}

// isGiven reports whether s is what an access gave that may fail, and did not.
func isGiven(st *domain.State, s *domain.Symbol) bool {
	return slices.ContainsFunc(s.Loans, func(l *domain.Loan) bool {
		stand, ok := st.Loans.Get(l)
		return ok && l.Kind == domain.Acquired && l.Nilable && stand.Phase == domain.Live && !stand.Unsure && !l.Old && s.Kind != domain.SymDerived
	})
}

// guards reports whether s is the guard of a loan that is known to be in phase p.
func (in *Interp) guards(st *domain.State, s *domain.Symbol, p domain.Phase) bool {
	return slices.ContainsFunc(s.Guards, func(l *domain.Loan) bool {
		stand, ok := st.Loans.Get(l)
		return ok && stand.Phase == p && !stand.Unsure
	})
}

// resolve settles the loans whose condition is a test of s, or whose value or
// guard it is: a guard that is nil owes nothing, and one that is not does,
// for value and error are not both set. Where both are found to be, it is in doubt.
func (in *Interp) resolve(st *domain.State, s *domain.Symbol) {
	f := st.Facts.At(s)
	for l, stand := range st.Loans.All() {
		if stand.Phase != domain.Unchecked && stand.Phase != domain.Absent && stand.Phase != domain.Live || l.Old {
			continue
		}
		var holds, known bool
		if l.Cond.One() == s {
			switch l.Op {
			case contract.IsTrue:
				known, holds = f&(domain.IsTrue|domain.IsFalse) != 0, f&domain.IsTrue != 0
			case contract.IsFalse:
				known, holds = f&(domain.IsTrue|domain.IsFalse) != 0, f&domain.IsFalse != 0
			case contract.IsNil:
				known, holds = f&(domain.IsNil|domain.NotNil) != 0, f&domain.IsNil != 0
			case contract.NotNil:
				known, holds = f&(domain.IsNil|domain.NotNil) != 0, f&domain.NotNil != 0
			}
		}
		if stand.Phase == domain.Live {
			if known && !holds && !stand.Unsure {
				stand.Phase, stand.Unsure = domain.Moved, true // its value was seen: who gave it beside an error?
				st.Loans.Set(l, stand)
			}
			continue
		}
		if !known && f&(domain.IsNil|domain.NotNil) != 0 && (ContainsLoan(s.Loans, l) || ContainsLoan(s.Guards, l) || in.holdsGuardOf(s, l)) {
			known, holds = true, f&domain.NotNil != 0
		}
		switch {
		case !known:
		case !holds:
			stand.Phase = domain.Absent
			st.Loans.Set(l, stand)
		case stand.Phase == domain.Unchecked:
			stand.Phase = domain.Live
			st.Loans.Set(l, stand)
		}
	}
}

// holdsGuardOf reports whether the guard of l is a part of s, which the same call gave:
// where there is no response, there is no body.
func (in *Interp) holdsGuardOf(s *domain.Symbol, l *domain.Loan) bool {
	if s.Kind != domain.SymFresh || s.Key.Site != l.Key.Site || !gotypes.IsPointer(s.Typ) {
		return false
	}
	return slices.ContainsFunc(in.Made, func(g *domain.Symbol) bool {
		return ContainsLoan(g.Guards, l) && g != s && g.IsLoadedFrom(s)
	})
}

// holdsLive reports whether s holds a part that is known to be there, and to be owed.
func (in *Interp) holdsLive(st *domain.State, s *domain.Symbol) bool {
	for l, stand := range st.Loans.All() {
		if stand.Phase == domain.Live && !stand.Unsure && in.holdsGuardOf(s, l) {
			return true
		}
	}
	return false
}

// ContainsLoan reports whether l is one of loans.
func ContainsLoan(loans []*domain.Loan, l *domain.Loan) bool {
	for _, x := range loans {
		if x == l {
			return true
		}
	}
	return false
}

// compare is the value of the comparison c of x and y.
func (in *Interp) compare(st *domain.State, c *ssa.BinOp, x, y domain.Value) domain.Value {
	if known, is := comparesFrom(x, c.Op, y); known {
		return domain.Value{in.Boolean(is)}
	}
	a, b := x.One(), y.One()
	if a == nil || b == nil {
		return domain.Value{in.Fresh(c, 0, c.Type())}
	}
	if types.IsInterface(c.X.Type()) && (b.IsNil() && DynamicType(a) != nil || a.IsNil() && DynamicType(b) != nil) {
		return domain.Value{in.Boolean(c.Op == token.NEQ)} // it holds something, be that nil
	}
	if eq, ok := in.Equal(st, a, b); ok {
		return domain.Value{in.Boolean(eq == (c.Op == token.EQL))}
	}
	return domain.Value{in.Intern(domain.SymbolKey{Kind: domain.SymCompare, Op: c.Op, Base: a, With: b}, c.Type(), nil)}
}

// NeverNil reports whether v is surely not nil.
func (in *Interp) NeverNil(st *domain.State, v domain.Value) bool {
	return len(v) > 0 && !slices.ContainsFunc(v, func(s *domain.Symbol) bool {
		known, is := in.Nilness(st, s)
		return !known || is
	})
}
