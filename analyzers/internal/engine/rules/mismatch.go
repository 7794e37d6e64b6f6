package rules

import (
	"fmt"
	"go/types"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Releases that do not fit what was acquired: to another owner, of a part, or by what answers another acquire.

const ownerUnknown = "its owner may be another"

// ReleasedTo reports a release to provably another owner than the one that the guard was
// acquired from, and doubts one of which that is not known.
func (in *Rules) ReleasedTo(st *domain.State, c *interp.CallSite, to, guards domain.Value) {
	g, t := guards.One(), to.One()
	for _, s := range guards {
		if p, ok := s.Path(); ok {
			var owner summary.Path
			if t != nil {
				owner, _ = t.Path()
			}
			st.Affect(summary.Returned, p, summary.Detail{To: owner}, c.Pos)
		}
	}
	if g == nil {
		return
	}
	for _, l := range in.GuardedBy(st, g) {
		stand := st.Loans.At(l)
		o := stand.Owner.One()
		if stand.Phase != domain.Live || stand.Reported || len(stand.Owner) == 0 || o != nil && o == t {
			continue
		}
		if o == nil || t == nil || !types.Identical(o.Typ, t.Typ) || !different(o, t) {
			in.Tally.Count(c.Site(), report.Judgement{Verdict: report.Unknown, Reason: ownerUnknown, Loan: l, Analyzer: "revrelease"})
			continue
		}
		pos, end := in.releasePos(c)
		in.Sink.Add(l, diag.Finding{
			Analyzer: "revrelease", Pos: pos, End: end,
			Message: fmt.Sprintf("%s is released to another owner than it was taken from", report.GuardName(l)),
			Related: []diag.Related{report.Began(l)},
		})
		in.Mark(st, l, stand)
	}
}

// releasesPart reports the release of a part where the contract wants the
// whole, or what starts where the whole does.
func (in *Rules) releasesPart(st *domain.State, c *interp.CallSite, cl *contract.Claim, s *domain.Symbol) bool {
	cut := s.Cut
	if in := st.Mem.At(s).V.One(); in != nil && gotypes.SliceOf(in.Typ) != nil {
		cut = max(cut, in.Cut) // a pointer to a slice: the slice in it (decision 25)
	}
	if !(cl.Whole && cut != domain.Uncut || cl.Prefix && cut == domain.CutHead) {
		return false
	}
	for _, l := range in.GuardedBy(st, s) {
		stand := st.Loans.At(l)
		if stand.Phase != domain.Live || stand.Reported || stand.Unsure {
			continue
		}
		pos, end := in.releasePos(c)
		in.Sink.Add(l, diag.Finding{
			Analyzer: "revrelease", Pos: pos, End: end,
			Message: fmt.Sprintf("only a part of %s is released here: %s wants what %s gave", l.Subject(), c.Name(), l.What),
			Related: []diag.Related{report.Began(l)},
		})
		in.Mark(st, l, stand)
		return true
	}
	return false
}

// answersAnother reports a release of what other methods give, where all that is there to release was given by
// methods that this one does not answer: a lock for reading is not given back by Unlock. Of what a callee acquired, it is not
// known by which method.
func (in *Rules) answersAnother(st *domain.State, c *interp.CallSite, cl *contract.Claim, loans []*domain.Loan) bool {
	var given *domain.Loan
	for _, l := range loans {
		stand := st.Loans.At(l)
		if len(cl.Of) == 0 || l.Old || l.Kind != domain.Acquired || l.Claim.Verb != contract.Acquire || stand.Phase != domain.Live || stand.Reported || stand.Unsure ||
			slices.ContainsFunc(cl.Of, func(e contract.Event) bool { return matchesEvent(e, l.What, "") }) {
			return false
		}
		given = l
	}
	pos, end := in.releasePos(c)
	in.Sink.Add(given, diag.Finding{
		Analyzer: "revrelease", Pos: pos, End: end,
		Message: fmt.Sprintf("%s does not release what %s gave", c.Name(), given.What),
		Related: []diag.Related{report.Began(given)},
	})
	for _, l := range loans {
		in.Mark(st, l, st.Loans.At(l))
	}
	return true
}
