package rules

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A lent loan is an inverse borrow: the function's own memory, which the one
// it was lent to looks at until the loan ends. Till then it must not be
// written to, and must not end itself (docs/contracts.md, decision 35).

// IssueLent begins the loan of claim n of the call, a lend.
func (in *Rules) IssueLent(st *domain.State, c *interp.CallSite, cl *contract.Claim, n int, results []domain.Value) {
	if cl.To == nil {
		return
	}
	to := in.PathValue(st, c, *cl.To, results)
	for _, p := range cl.Values {
		v := in.PathValue(st, c, p, results)
		s := v.One()
		if s == nil || s.Old || s.Kind == domain.SymConst || to.One() == nil {
			continue
		}
		l := in.LoanOf(domain.LoanKey{Site: c.Site(), Claim: n, Variant: p.Text}, func(l *domain.Loan) {
			l.Kind, l.Pos, l.What, l.Claim = domain.Lent, c.Pos, c.Name(), cl
			l.Until = cl.Until
			l.Name = in.Names.Argument(c.Instr, in.ArgIndex(c, p.Index))
		})
		stand := domain.Standing{Phase: domain.Live, Owner: to, Lent: v}
		if cl.If != nil {
			l.Cond, l.Op = in.PathValue(st, c, cl.If.Path, results), cl.If.Op
			stand.Phase = domain.Unchecked
		}
		st.Loans.Set(l, stand)
	}
}

// Write is site writing to the elements of v.
func (in *Rules) Write(st *domain.State, v domain.Value, site ssa.Instruction) {
	s := v.One()
	if s == nil {
		return
	}
	if p, ok := s.Path(); ok {
		st.Affect(summary.Fill, p, summary.Detail{}, sitePos(site))
	}
	for l, stand := range st.Loans.All() {
		x := stand.Lent.One()
		if l.Kind != domain.Lent || stand.Phase != domain.Live || stand.Reported || stand.Unsure || x == nil || !s.ComesFrom(x) {
			continue
		}
		pos, end := in.Names.Start(site)
		in.Sink.Add(l, diag.Finding{
			Analyzer: report.AnalyzerFor(l, "revuse"), Pos: pos, End: end,
			Message: fmt.Sprintf("%s is written to here, but %s goes on looking at it", l.Subject(), l.What),
			Related: []diag.Related{report.Began(l)},
		})
		in.Mark(st, l, stand)
	}
}

// AppendTo is site appending to v, where dst is the expression for v: what is
// cut off before (buf[:0]) is written over.
func (in *Rules) AppendTo(st *domain.State, v domain.Value, dst ssa.Value, site ssa.Instruction) {
	if cut, ok := dst.(*ssa.Slice); ok && cut.High != nil {
		in.Write(st, v, site)
		return
	}
	if s := v.One(); s != nil {
		if p, ok := s.Path(); ok {
			st.Affect(summary.Fill, p, summary.Detail{Way: summary.Appended}, sitePos(site))
		}
	}
}

// ReportLent reports, when loans have ended, what was lent while it was
// itself on one of them, to an owner that goes on.
func (in *Rules) ReportLent(st *domain.State) {
	if !st.Loans.Lent() {
		return
	}
	for l, stand := range st.Loans.All() {
		x := stand.Lent.One()
		if l.Kind != domain.Lent || l.Old || stand.Phase != domain.Live || stand.Reported || stand.Unsure || x == nil {
			continue
		}
		for _, of := range x.AllLoans() {
			end, ok := st.Loans.Get(of)
			if !ok || end.Phase != domain.Ended || end.Unsure || end.Reported {
				continue
			}
			if in.isSilent(st, stand.Owner, 0) {
				continue // when its owner ends, is not known any more
			}
			if of.Kind == domain.Borrowed && len(of.Claim.Places) > 0 {
				continue // pairs that one walks through and copies elsewhere: of two transactions one ends later
			}
			if of.Scope == in.Root && !in.OwnerLives(st, stand) {
				continue // a parameter: how long it lasts is not known
			}
			pos, stop := in.Names.Statement(l.Key.Site.(ssa.Instruction))
			in.Sink.Add(of, diag.Finding{
				Analyzer: report.AnalyzerFor(of, "revescape"), Pos: pos, End: stop,
				Message: fmt.Sprintf("%s is lent to %s, which outlives its access", of.Subject(), l.What),
				Related: append([]diag.Related{report.Began(of)}, report.Over(end)...),
			})
			in.Mark(st, l, stand)
			break
		}
	}
}

// isSilent reports whether something was reported, or is not known, of a loan on v or of what v was taken from.
func (in *Rules) isSilent(st *domain.State, v domain.Value, depth int) bool {
	if depth > 4 {
		return false
	}
	for _, s := range v {
		for _, l := range slices.Concat(s.AllLoans(), s.Guards) {
			if stand, ok := st.Loans.Get(l); ok && (stand.Reported || stand.Unsure || in.isSilent(st, stand.Owner, depth+1)) {
				return true
			}
		}
	}
	return false
}

// isHeld reports whether s keeps what l lends: a reference does, and a number
// or string that the contract names.
func isHeld(s *domain.Symbol, l *domain.Loan) bool {
	return gotypes.IsReference(s.Typ) || interp.ContainsLoan(s.Loans, l) && s.Kind != domain.SymDerived
}
