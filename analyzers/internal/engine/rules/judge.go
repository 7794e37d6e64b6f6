package rules

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Whether a value may be looked at now.

// why says why l is unknown in st.
func (in *Rules) why(st *domain.State, l *domain.Loan) string {
	stand := st.Loans.At(l)
	switch {
	case stand.Reported:
		return report.AfterFinding
	case l.Old:
		return "it is of an earlier round of a loop"
	case stand.Phase == domain.Moved && !stand.Unsure:
		return HandedOn
	}
	return "paths or code out of sight may have ended it"
}

// judge says whether s may be looked at now.
func (in *Rules) judge(st *domain.State, s *domain.Symbol) (*domain.Loan, report.Verdict) {
	out, loan := report.None, (*domain.Loan)(nil)
	for _, l := range in.loansOf(st, s) {
		stand, ok := st.Loans.Get(l)
		if !ok {
			continue
		}
		is := report.Proved
		switch {
		case stand.Reported || stand.Unsure || (s.Old || l.Old) && stand.Phase != domain.Ended:
			is = report.Unknown
		case stand.Phase == domain.Moved:
			is = report.Unknown
		case stand.Phase == domain.Ended:
			is = report.Violated
			if known, isNil := in.Nilness(st, s); known && isNil && l.Nilable {
				is = report.Unknown // there was nothing that could end, as was found later
			}
		case stand.Phase == domain.Live && l.Kind == domain.Borrowed && in.isOwnerDoubtful(st, stand.Owner):
			is = report.Unknown
		case stand.Phase == domain.Unchecked || stand.Phase == domain.Absent:
			if !l.Nilable {
				if l.Op != 0 && stand.Phase == domain.Unchecked {
					is = report.Unknown
				}
				break
			}
			if known, isNil := in.Nilness(st, s); known && !isNil {
				break
			}
			is = report.Violated
			if stand.Asked {
				is = report.Unknown
			}
		}
		if is > out {
			out, loan = is, l
		}
	}
	return loan, out
}

// loansOf are the loans that s is a value of, said or implied.
func (in *Rules) loansOf(st *domain.State, s *domain.Symbol) []*domain.Loan {
	if st.IsDetached(s) {
		return nil
	}
	loans := s.AllLoans()
	for b := s; b != nil; b = b.Key.Base {
		if l := in.Machine.Loans[domain.LoanKey{Site: b}]; l != nil {
			loans = append(loans[:len(loans):len(loans)], l)
		}
		if b.Kind == domain.SymContent {
			break // what is loaded from an implied loan may be shared
		}
	}
	return loans
}

// isOwnerDoubtful reports whether what a value was borrowed from may have ended, or what that was
// borrowed from.
func (in *Rules) isOwnerDoubtful(st *domain.State, owner domain.Value) bool {
	return in.isDoubtful(st, owner, maxOwners)
}

func (in *Rules) isDoubtful(st *domain.State, owner domain.Value, further int) bool {
	return slices.ContainsFunc(owner, func(o *domain.Symbol) bool {
		return in.isContextOfUnknown(o) || slices.ContainsFunc(slices.Concat(o.Loose, o.AllLoans()), func(l *domain.Loan) bool {
			stand, ok := st.Loans.Get(l)
			switch {
			case !ok:
			case l.Kind == domain.Acquired:
				return stand.Unsure || stand.Phase == domain.Moved
			case l.Kind == domain.Borrowed:
				return stand.Phase == domain.Live && further > 0 && in.isDoubtful(st, stand.Owner, further-1)
			}
			return false
		})
	})
}

// isContextOfUnknown reports whether o is a context that something answered of which nothing is said: it may
// have been derived from one that is cancelled.
func (in *Rules) isContextOfUnknown(o *domain.Symbol) bool {
	if o.Kind != domain.SymFresh || len(o.Loose) > 0 || o.Typ == nil || !gotypes.IsContext(o.Typ) {
		return false
	}
	c, ok := o.Key.Site.(ssa.CallInstruction)
	if !ok {
		return true
	}
	f := c.Common().StaticCallee()
	return f == nil || f.Pkg == nil || f.Pkg.Pkg.Path() != "context"
}
