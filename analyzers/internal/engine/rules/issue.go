package rules

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Issue begins the loan of claim n of the call.
func (in *Rules) Issue(st *domain.State, c *interp.CallSite, cl *contract.Claim, n int, results []domain.Value) {
	if cl.Verb == contract.Acquire && in.countsUp(cl) {
		in.issueReference(st, c, cl, n, results)
		return
	}
	l := in.LoanOf(domain.LoanKey{Site: c.Site(), Claim: n}, func(l *domain.Loan) {
		l.Kind = map[contract.Verb]domain.Kind{contract.Acquire: domain.Acquired, contract.Borrow: domain.Borrowed, contract.MayNil: domain.MayNil}[cl.Verb]
		l.Pos, l.What, l.Claim = c.Pos, c.Name(), cl
		l.Mandatory = cl.Verb == contract.Acquire && !cl.Optional
		l.Lax, l.Brief, l.Once, l.Deep, l.Loose = cl.Lax, cl.Brief, cl.Once, cl.Deep, cl.Loose
		l.Waited = cl.Verb == contract.Acquire
		l.Until = cl.Until
		l.Untyped = cl.Verb == contract.Acquire && len(cl.Values) == 1 && givesAnything(c.Sig, cl.Values[0])
	})
	stand := domain.Standing{Phase: domain.Live}
	if cl.From != nil {
		stand.Owner = in.PathValue(st, c, *cl.From, results)
		l.Token = l.Token || in.OnToken(stand.Owner)
		l.FromScope = l.FromScope || IsFromScope(stand.Owner)
	}
	if cl.Verb == contract.MayNil {
		stand.Phase = domain.Unchecked
		l.Op = contract.NotNil
		l.Nilable = true
	}
	for _, p := range cl.Values {
		v := in.PathValue(st, c, p, results)
		if cl.Verb == contract.Borrow && p.Root != contract.Result {
			v = in.renewContent(st, c, p, v)
		}
		if n := len(p.Steps); p.Root == contract.Result && n > 0 && len(p.Steps[n-1].Types) > 0 {
			in.awaitAssertion(st, c, p, l, results)
		}
		for _, s := range v {
			if l.Loose && !s.IsMadeAt(c.Site()) {
				continue // the call has answered with what was there before
			}
			l.Hold(s)
			if p.Root == contract.Result {
				in.Settle(st, s, c)
			}
			if cl.Verb == contract.MayNil {
				l.Cond = domain.Value{s}
			}
		}
		if !l.Loose && p.Root == contract.Result && len(p.Steps) == 0 && gotypes.IsNillable(c.Sig.Results().At(p.Index).Type()) {
			isSlice := gotypes.SliceOf(c.Sig.Results().At(p.Index).Type()) != nil // one that is nil can be looked at, but for its elements
			l.Nilable = l.Nilable || cl.If != nil && !isSlice && !asksAPart(cl.If, p)
			l.NilSlice = l.NilSlice || cl.If != nil && isSlice
		}
		if l.Name == "" && (cl.Guard == nil || !l.Loose) {
			l.Name = in.valueName(c, p)
		}
	}
	if cl.Verb == contract.Acquire {
		guards := cl.Values
		if cl.Guard != nil {
			guards = []contract.Path{*cl.Guard}
		}
		if cl.Ends != nil { // who has what ends it may keep that, too
			guards = append(slices.Clip(guards), contract.Path{Root: contract.Result, Index: cl.Ends.Func})
		}
		if p := guards[0]; l.Name == "" && p.Root == contract.Result && len(p.Steps) == 0 {
			l.Name = in.resultName(c, p.Index)
		}
		if l.Mandatory && len(guards) == 1 {
			in.KeptInContext(st, c, l, guards[0].Result())
		}
		for _, p := range guards {
			for _, s := range in.PathValue(st, c, p, results) {
				if s.Kind == domain.SymConst {
					continue
				}
				domain.Attach(&s.Guards, l)
				in.Settle(st, s, c)
				l.Counted = l.Counted || in.isCounted(s.Typ)
				l.NilGuard = s.Typ != nil && gotypes.IsNillable(s.Typ) && cl.If != nil && !asksAPart(cl.If, p)
			}
		}
	}
	if cl.If != nil {
		l.Cond, l.Op = in.PathValue(st, c, cl.If.Path, results), cl.If.Op
		stand.Phase = domain.Unchecked
	}
	st.Loans.Set(l, stand)
}

// givesAnything reports whether p is a result of which the type says nothing.
func givesAnything(sig *types.Signature, p contract.Path) bool {
	i := p.Result()
	if i < 0 || i >= sig.Results().Len() {
		return false
	}
	iface, ok := sig.Results().At(i).Type().Underlying().(*types.Interface)
	return ok && iface.Empty()
}

// KeptInContext excuses l from being released by its guard, result i of the call: where only
// the context is kept that is returned beside it, a span, say, is ended by way of that. A
// function that ends a context itself cannot be had from it.
func (in *Rules) KeptInContext(st *domain.State, c *interp.CallSite, l *domain.Loan, i int) {
	call, ok := c.Instr.(*ssa.Call)
	if !ok || i < 0 || i >= c.Sig.Results().Len() || gotypes.IsFunc(c.Sig.Results().At(i).Type()) {
		return
	}
	thrownAway, kept := true, false
	for _, r := range *call.Referrers() {
		if e, ok := r.(*ssa.Extract); ok && len(*e.Referrers()) > 0 {
			thrownAway = thrownAway && e.Index != i
			kept = kept || gotypes.IsContext(e.Type())
		}
	}
	if thrownAway && kept {
		l.Mandatory = false
		in.DoubtLeak(st, l)
	}
}

// asksAPart reports whether a condition is about a part of what p names, which then is
// there whether the condition holds or not (decision 15).
func asksAPart(cond *contract.If, p contract.Path) bool {
	return p.Root == contract.Result && cond.Path.Root == p.Root && cond.Path.Index == p.Index && len(cond.Path.Steps) > len(p.Steps)
}

// awaitAssertion notes that l is on the value of p where that turns out to be
// of the type which p names.
func (in *Rules) awaitAssertion(st *domain.State, c *interp.CallSite, p contract.Path, l *domain.Loan, results []domain.Value) {
	last := len(p.Steps) - 1
	want := p.Steps[last].Types
	p.Steps = p.Steps[:last]
	for _, s := range in.PathValue(st, c, p, results) {
		if s.Typ != nil && types.IsInterface(s.Typ) {
			in.Asserted[s] = interp.Assertion{Types: want, Loan: l}
		}
	}
}

// renewContent gives a field or variable that a call fills a value of its own.
func (in *Rules) renewContent(st *domain.State, c *interp.CallSite, p contract.Path, v domain.Value) domain.Value {
	a := in.addressOf(st, c, p)
	if a == nil || a.Typ == nil {
		return v
	}
	t := gotypes.Deref(a.Typ)
	fresh := domain.Value{in.Fresh(domain.Filled{Site: c.Site(), Path: p.Text}, 0, t)}
	st.Store(in.Machine, domain.Value{a}, fresh, c.Pos, c.Site())
	return fresh
}

// Settle puts s, a part of an object that a call returned, into memory, where it
// can be found from the object that holds it: a debt on a part goes where the
// whole goes.
func (in *Rules) Settle(st *domain.State, s *domain.Symbol, c *interp.CallSite) {
	for s != nil && (s.Kind == domain.SymContent || s.Kind == domain.SymField) {
		at := s
		if s.Kind == domain.SymContent {
			at = s.Key.Base
		}
		if _, ok := st.Mem.Get(at); !ok {
			st.Mem.Set(at, domain.Cell{V: domain.Value{s}, Pos: c.Pos, By: c.Site()})
		}
		o := at.Object()
		if o == s {
			break
		}
		s = o // a pointer that was loaded from there is an object, and a part of another
	}
}
