package rules

import (
	"go/types"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Waits is a call that waits for all accesses taken from v: perhaps, where the callee does so on
// some of its ways only.
func (in *Rules) Waits(st *domain.State, c *interp.CallSite, v domain.Value, may bool) {
	for _, s := range v {
		if p, ok := s.Path(); ok {
			st.AffectPerhaps(may, summary.Waits, p, summary.Detail{}, c.Pos)
		}
	}
	s := v.One()
	if s == nil || s.Old {
		return
	}
	for l, stand := range st.Loans.All() {
		if !l.Waited || stand.Phase == domain.Ended || stand.Phase == domain.Absent || !in.TakenFrom(st, stand.Owner, s, 0) && !in.isOwnerOf(s, l) && !in.isHeldFor(st, l, s) {
			continue
		}
		if may || l.Old || stand.Phase == domain.Moved || stand.Reported || stand.Unsure {
			in.doubt(st, c.Site(), l, "revwait")
			continue
		}
		in.reportWait(st, l, c, s)
	}
}

// isPartOf reports whether o was made with a token of s: what is there only
// while s is, by the package of the token, s waits for.
func (in *Rules) isPartOf(st *domain.State, o, s *domain.Symbol) bool {
	return st.Belongs.At(o).One() == s && o.Typ != nil && s.Typ != nil && gotypes.PackageOf(o.Typ) == gotypes.PackageOf(s.Typ)
}

// isOwnerOf reports whether s, which was reached from the token of l, is what
// lends such tokens: then it lent this one.
func (in *Rules) isOwnerOf(s *domain.Symbol, l *domain.Loan) bool {
	r := s.Root()
	if !l.Token || r == s || r.Typ == nil || !interp.ContainsLoan(r.AllLoans(), l) || s.Typ == nil {
		return false
	}
	n, ok := types.Unalias(gotypes.Deref(s.Typ)).(*types.Named)
	if !ok {
		return false
	}
	for m := range n.Origin().Methods() {
		ct := in.Contracts.Of(m)
		if ct == nil {
			continue
		}
		for _, cl := range ct.Claims {
			if cl.Verb == contract.Scoped && cl.From != nil && cl.From.Root == contract.Recv && in.lendsToken(m, &cl, r.Typ) {
				return true
			}
		}
	}
	return false
}

// lendsToken reports whether the claim of m puts values of the token type t on loan.
func (in *Rules) lendsToken(m *types.Func, cl *contract.Claim, t types.Type) bool {
	for _, pl := range cl.Places {
		if pl.Kind != contract.Callback || pl.Path.Root != contract.Param || pl.Path.Index >= m.Signature().Params().Len() {
			continue
		}
		sig, ok := m.Signature().Params().At(pl.Path.Index).Type().Underlying().(*types.Signature)
		if !ok {
			continue
		}
		for _, a := range pl.Args {
			if a.Index < sig.Params().Len() && types.Identical(sig.Params().At(a.Index).Type(), t) && in.Contracts.IsToken(t) {
				return true
			}
		}
	}
	return false
}

// TakenFrom reports whether owner is s, or was taken from it.
func (in *Rules) TakenFrom(st *domain.State, owner domain.Value, s *domain.Symbol, depth int) bool {
	o := owner.One()
	if o == nil || depth > 4 || o.Old {
		return false
	}
	if o == s || st.Same.At(o) == s || in.isPartOf(st, o, s) {
		return true
	}
	for _, l := range o.AllLoans() {
		if stand, ok := st.Loans.Get(l); ok && in.TakenFrom(st, stand.Owner, s, depth+1) {
			return true
		}
	}
	for l, stand := range st.Loans.All() {
		if in.isTie(l, stand, o) && in.TakenFrom(st, stand.Owner, s, depth+1) {
			return true
		}
	}
	return false
}

// isTie reports whether l says that o goes before the owner of l does: it was lent
// to it, or has a reference from it.
func (in *Rules) isTie(l *domain.Loan, stand domain.Standing, o *domain.Symbol) bool {
	if stand.Phase != domain.Live || stand.Unsure {
		return false
	}
	return l.Kind == domain.Lent && stand.Lent.One() == o || l.Reference && interp.ContainsLoan(o.Guards, l)
}

// isHeldFor reports whether s waits for l because of a reference from s: what has the
// reference is a token of the scope that l is, or is in.
func (in *Rules) isHeldFor(st *domain.State, l *domain.Loan, s *domain.Symbol) bool {
	for r, stand := range st.Loans.All() {
		if !r.Reference || stand.Phase != domain.Live || stand.Unsure || !in.TakenFrom(st, stand.Owner, s, 0) {
			continue
		}
		for _, g := range in.GuardsOf(r) {
			for scope, at := range st.Loans.All() {
				if scope.Kind == domain.Scoped && scope.Token && at.Phase == domain.Live && in.isOn(st, g, scope, 0) &&
					(scope == l || in.isOn(st, st.Loans.At(l).Owner.One(), scope, 0)) {
					return true
				}
			}
		}
	}
	return false
}

// isOn reports whether o is on the loan l, or was taken from what is.
func (in *Rules) isOn(st *domain.State, o *domain.Symbol, l *domain.Loan, depth int) bool {
	if o == nil || depth > 4 || o.Old {
		return false
	}
	for _, of := range o.AllLoans() {
		if of == l || in.isOn(st, st.Loans.At(of).Owner.One(), l, depth+1) {
			return true
		}
	}
	return false
}
