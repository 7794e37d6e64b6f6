package rules

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// AskedElsewhere notes that a callee has perhaps put test, a comparison with nil, into a flag: who asks the flag may have asked
// whether there is an access.
func (in *Rules) AskedElsewhere(st *domain.State, test *domain.Symbol) {
	for l, stand := range st.Loans.All() {
		if (stand.Phase == domain.Unchecked || stand.Phase == domain.Absent) && !stand.Asked &&
			(slices.Contains(test.Key.Base.AllLoans(), l) || l.Cond.One() == test.Key.Base) {
			stand.Asked = true
			st.Loans.Set(l, stand)
		}
	}
}

// AskedThrough notes that a callee perhaps found out, of what stands in cell, whether there is a loan.
func (in *Rules) AskedThrough(st *domain.State, cell domain.Cell) {
	for l, stand := range st.Loans.All() {
		var asked bool
		switch stand.Phase {
		case domain.Unchecked:
			cond := l.Cond.One()
			asked = cond != nil && cell.V.Has(cond)
		case domain.Absent:
			asked = slices.ContainsFunc(cell.V, l.IsBeside) || isStoredBeside(cell.By, l)
		}
		if asked && !stand.Asked {
			stand.Asked = true
			st.Loans.Set(l, stand)
		}
	}
}

// isStoredBeside reports whether by stores a result of the call that l began at.
func isStoredBeside(by ssa.Instruction, l *domain.Loan) bool {
	store, ok := by.(*ssa.Store)
	if !ok {
		return false
	}
	x, ok := store.Val.(*ssa.Extract)
	return ok && l.Key.Site == any(x.Tuple)
}

// isOnlyAsked reports whether the cells of chain lead to s through a function literal that does
// nothing with it but call methods which may be called on what has ended: it asks a file that is closed
// for its name, to remove it.
func (in *Rules) isOnlyAsked(st *domain.State, chain []domain.Cell, s *domain.Symbol) bool {
	for n, c := range chain {
		made, ok := c.By.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		fn, ok := made.Fn.(*ssa.Function)
		if !ok || n+2 < len(chain) {
			return false // s stands deeper than in what is captured
		}
		f := in.Intern(domain.SymbolKey{Kind: domain.SymFunc, Site: made}, made.Type(), nil)
		asked := false
		for i, v := range fn.FreeVars {
			captured := in.Captured(st, f, i, v.Type())
			leads := captured.Has(s) || slices.ContainsFunc(captured, func(a *domain.Symbol) bool { return st.Mem.At(a).V.Has(s) })
			if !leads {
				continue
			}
			if !in.asksOnly(v) {
				return false
			}
			asked = true
		}
		return asked
	}
	return false
}

// isClosedForGood reports whether s, of which l was ended on purpose and not by what is deferred, has a method
// that may be called all the same: whoever returns a file that is closed gives its name.
func (in *Rules) isClosedForGood(s *domain.Symbol, stand domain.Standing) bool {
	if stand.AtExit || s.Typ == nil {
		return false
	}
	for m := range types.NewMethodSet(s.Typ).Methods() {
		f, ok := m.Obj().(*types.Func)
		if !ok || !f.Exported() {
			continue
		}
		ct := in.Contracts.Of(f)
		if ct != nil && slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool { return cl.Verb == contract.Always }) &&
			!slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool { return cl.Verb == contract.Release }) {
			return true
		}
	}
	return false
}

// asksOnly reports whether all that is done with v, or with what is loaded from it, is to call such methods.
func (in *Rules) asksOnly(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if r.Op != token.MUL || !in.asksOnly(r) {
				return false
			}
		case *ssa.Call:
			if !in.isAsked(r.Common(), v) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isAsked reports whether c calls, on v, a method that may always be called, and passes v no further.
func (in *Rules) isAsked(c *ssa.CallCommon, v ssa.Value) bool {
	var m *types.Func
	args := c.Args
	switch callee := c.StaticCallee(); {
	case c.IsInvoke() && c.Value == v:
		m = c.Method
	case callee != nil && len(args) > 0 && args[0] == v && callee.Signature.Recv() != nil:
		m, _ = callee.Object().(*types.Func)
		args = args[1:]
	}
	if m == nil || slices.Contains(args, v) {
		return false
	}
	ct := in.Contracts.Of(m)
	return ct != nil && slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool { return cl.Verb == contract.Always })
}
