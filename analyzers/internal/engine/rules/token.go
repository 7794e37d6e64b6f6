package rules

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// A proof token proves that something is there while its callback runs. Its
// package makes it and lends it; to be a proof it must come from nowhere else:
// see forge.go.

// KeepTokens notes that the tokens in v were put into the collection keeper, or
// into one that nobody here can name.
func (in *Rules) KeepTokens(st *domain.State, v domain.Value, keeper *domain.Symbol, c *interp.CallSite) {
	st.Reach(v, func(s *domain.Symbol) {
		for _, l := range s.AllLoans() {
			if stand, ok := st.Loans.Get(l); ok && l.Token && stand.Phase == domain.Live && stand.Handed == token.NoPos {
				stand.Handed, _ = in.Names.Start(c.Site())
				stand.HandedN, stand.Keeper = "kept by "+c.Name(), keeper
				st.Loans.Set(l, stand)
			}
		}
	})
}

// TakeOut forgets which tokens are in the collections that c is given: it may
// take them out.
func (in *Rules) TakeOut(st *domain.State, c *interp.CallSite) {
	if !st.Loans.Kept() {
		return
	}
	for l, stand := range st.Loans.All() {
		if stand.Keeper != nil && slices.ContainsFunc(c.Args, func(v domain.Value) bool { return v.Has(stand.Keeper) }) {
			stand.Handed, stand.Keeper, stand.Unsure = token.NoPos, nil, true
			st.Loans.Set(l, stand)
		}
	}
}

// tokenOf is the token among the arguments of c, and the loan it is on.
func (in *Rules) tokenOf(st *domain.State, c *interp.CallSite) (*domain.Symbol, *domain.Loan) {
	for i, a := range c.Args {
		if !in.Contracts.IsToken(c.ArgTypes[i]) {
			continue
		}
		if s := a.Only(); s != nil {
			for _, l := range s.AllLoans() {
				if _, ok := st.Loans.Get(l); ok && l.Token {
					return s, l
				}
			}
		}
	}
	return nil, nil
}

// CheckOwner reports the use of something that belongs to one token's owner
// together with a token of provably another (decision 37).
func (in *Rules) CheckOwner(st *domain.State, c *interp.CallSite) {
	_, token := in.tokenOf(st, c)
	if token == nil || st.Loans.At(token).Reported {
		return
	}
	for i, a := range c.Args {
		s := a.Only()
		if s == nil || in.Contracts.IsToken(c.ArgTypes[i]) {
			continue
		}
		of, ok := st.Belongs.Get(s)
		if !ok || !different(of.One(), in.firstOwner(st, st.Loans.At(token).Owner).One()) {
			continue
		}
		pos, end := in.Names.Start(c.Site())
		in.Sink.Add(token, diag.Finding{
			Analyzer: "revbound", Pos: pos, End: end,
			Message: fmt.Sprintf("%s proves that another owner is bound, not that of what %s is used on", token.Subject(), c.Name()),
			Related: []diag.Related{report.Began(token)},
		})
		in.Mark(st, token, st.Loans.At(token))
	}
}

// Belong notes to whose token's owner the results of c belong.
func (in *Rules) Belong(st *domain.State, c *interp.CallSite, results []domain.Value) {
	_, token := in.tokenOf(st, c)
	if token == nil || len(st.Loans.At(token).Owner) == 0 {
		return
	}
	owner := in.firstOwner(st, st.Loans.At(token).Owner)
	for _, r := range results {
		if s := r.One(); s != nil && s.Kind == domain.SymFresh && gotypes.IsPointer(s.Typ) {
			st.Belongs.Set(s, owner)
		}
	}
}

// firstOwner is what stands at the end of a chain of owners: the device that
// is bound, where a token was taken from another.
func (in *Rules) firstOwner(st *domain.State, v domain.Value) domain.Value {
	for range 4 {
		o := v.One()
		if o == nil {
			return v
		}
		var next domain.Value
		for _, l := range o.AllLoans() {
			if stand, ok := st.Loans.Get(l); ok && len(stand.Owner) > 0 {
				next = stand.Owner
			}
		}
		if next == nil {
			return v
		}
		v = next
	}
	return v
}

// different reports whether x and y are provably not the same object:
// results of different calls, distinct variables of the package, distinct
// fields of one object, distinct variables of the function.
func different(x, y *domain.Symbol) bool {
	if x == nil || y == nil || x == y || x.Old || y.Old {
		return false
	}
	if x.Kind == domain.SymContent && y.Kind == domain.SymContent {
		a, b := x.Key.Base, y.Key.Base
		if a.Kind == domain.SymGlobal && b.Kind == domain.SymGlobal {
			return a != b
		}
		return a.Kind == domain.SymAddr && b.Kind == domain.SymAddr && a.Key.Base == b.Key.Base &&
			a.Key.Index != b.Key.Index && a.Key.Index >= 0 && b.Key.Index >= 0
	}
	if x.Kind == domain.SymGlobal && y.Kind == domain.SymGlobal {
		return true
	}
	if x.Kind == domain.SymAddr && y.Kind == domain.SymAddr && x.Key.Base == y.Key.Base && !x.Key.Base.Old {
		return x.Key.Index != y.Key.Index && x.Key.Index >= 0 && y.Key.Index >= 0
	}
	return isNew(x) && isNew(y)
}

// isNew reports whether s is an object made here, or what a constructor returned: a function
// of the package of its type, with a name like New or NewPool. (What other calls return may be
// the same each time.)
func isNew(s *domain.Symbol) bool {
	if s.Kind == domain.SymAlloc {
		return true
	}
	c, ok := s.Key.Site.(*ssa.Call)
	if !ok || s.Kind != domain.SymFresh {
		return false
	}
	fn := c.Call.StaticCallee()
	if fn == nil || fn.Signature.Recv() != nil || !strings.HasPrefix(fn.Name(), "New") {
		return false
	}
	n, ok := types.Unalias(gotypes.Deref(s.Typ)).(*types.Named)
	f := interp.Real(fn).Object()
	return ok && f != nil && n.Obj().Pkg() == f.Pkg()
}
