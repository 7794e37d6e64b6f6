package rules

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
)

// End ends the loan l in st, and with it all that was taken from its value or
// guard. What outlives it and still holds a value is looked for where it
// matters: locals when they are read, goroutines now, all else at the exit.
func (in *Rules) End(st *domain.State, l *domain.Loan, site ssa.Instruction, by string) {
	in.Ending++
	in.endOne(st, l, site, by)
	if in.Ending--; in.Ending == 0 {
		in.ReportLent(st)
	}
}

// isDeferred reports whether site stands in a function literal that is deferred where it stands.
func isDeferred(site ssa.Instruction) bool {
	if site == nil || site.Parent() == nil || site.Parent().Parent() == nil {
		return false
	}
	fn := site.Parent()
	for _, b := range fn.Parent().Blocks {
		for _, i := range b.Instrs {
			d, ok := i.(*ssa.Defer)
			if ok && d.Call.StaticCallee() == fn {
				return true
			}
		}
	}
	return false
}

func (in *Rules) endOne(st *domain.State, l *domain.Loan, site ssa.Instruction, by string) {
	stand := st.Loans.At(l)
	if stand.Phase == domain.Ended {
		return
	}
	in.seeTo(l)
	stand.Phase, stand.Ended, stand.EndedBy = domain.Ended, sitePos(site), by
	in.Tally.End(l, sitePos(site), by)
	_, isReturn := site.(*ssa.Return)
	_, isDefer := site.(*ssa.Defer)
	stand.AtExit = isReturn || isDefer || isDeferred(site)
	if !isReturn && l.Kind == domain.Borrowed && len(l.Until) > 0 && !l.Old {
		in.reportGathered(st, l, &stand)
	}
	if stand.Far != nil {
		in.doubt(st, stand.Far, l, "revescape")
	}
	if stand.Handed != token.NoPos && !stand.Reported && !stand.Unsure {
		if onlyReleases(stand.Runner, site) {
			in.doubt(st, site, l, "revescape")
		} else {
			in.reportHanded(st, l, &stand)
		}
	}
	st.Loans.Set(l, stand)
	if !l.Reference {
		in.endTaken(st, l, site, by)
	}
}

// reportGathered looks, when a later call on its owner ends l, for a
// collection that has gathered its value: unlike a variable, which is
// overwritten in the next round, it will be read (decision 42).
func (in *Rules) reportGathered(st *domain.State, l *domain.Loan, stand *domain.Standing) {
	if stand.Reported || stand.Unsure {
		return
	}
	for _, a := range in.SortedCells(st) {
		if !st.IsElementAt(a) || interp.IsVarargs(a.Object()) || !isGathering(st.Mem.At(a).By) {
			continue
		}
		for _, s := range st.Mem.At(a).V {
			if interp.ContainsLoan(s.AllLoans(), l) && isHeld(s, l) && s.Kind != domain.SymContent {
				st.Loans.Set(l, *stand)
				in.reportStored(st, l, st.Mem.At(a))
				*stand = st.Loans.At(l)
				return
			}
		}
	}
}

// isGathering reports whether by adds to a collection.
func isGathering(by ssa.Instruction) bool {
	switch by := by.(type) {
	case *ssa.MapUpdate:
		return true
	case *ssa.Store:
		_, ok := by.Addr.(*ssa.IndexAddr)
		return ok
	case *ssa.Call:
		_, ok := by.Call.Value.(*ssa.Builtin)
		return ok
	}
	return false
}

// endTaken ends the values that were taken from a value or the guard of l. A
// debt on them stays (decision 8).
func (in *Rules) endTaken(st *domain.State, l *domain.Loan, site ssa.Instruction, by string) {
	if !st.Loans.Taken() {
		return
	}
	for t, stand := range st.Loans.All() {
		if t == l || stand.Phase != domain.Live && stand.Phase != domain.Unchecked || t.Kind == domain.Acquired && t.Mandatory {
			continue
		}
		if !slices.ContainsFunc(stand.Owner, func(o *domain.Symbol) bool { return in.isOf(o, l) }) {
			continue
		}
		if o := stand.Owner.One(); o == nil || o.Old || l.Old { // it may be another one that it was taken from
			stand.Unsure = true
			st.Loans.Set(t, stand)
			continue
		}
		in.End(st, t, site, by)
	}
}

// isOf reports whether s is a value or the guard of l, a value that goes on being used included.
func (in *Rules) isOf(s *domain.Symbol, l *domain.Loan) bool {
	return interp.ContainsLoan(s.Guards, l) || interp.ContainsLoan(s.AllLoans(), l) || interp.ContainsLoan(s.Loose, l) || l.Key.Site == any(s)
}

func sitePos(site ssa.Instruction) token.Pos {
	if site == nil {
		return token.NoPos
	}
	return site.Pos()
}
