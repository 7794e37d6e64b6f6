package rules

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Findings are what was found on all paths, chosen; and what could not be proved.
func (in *Rules) Findings() []diag.Finding {
	found := in.Sink.Findings()
	for _, f := range found {
		in.widen(f.Related)
	}
	return append(found, in.Unproved()...)
}

// widen makes what is at a call's parenthesis, where go/ssa has it, be at the call.
func (in *Rules) widen(related []diag.Related) {
	for i, r := range related {
		if call := in.Names.Index(r.Pos).Calls[r.Pos]; call != nil {
			related[i].Pos, related[i].End = call.Pos(), call.End()
		}
	}
}

// Mark silences l on this path: one mistake, one finding.
func (in *Rules) Mark(st *domain.State, l *domain.Loan, stand domain.Standing) {
	stand.Reported = true
	st.Loans.Set(l, stand)
}

// reportUse reports that site looks at a value of l when it must not.
func (in *Rules) reportUse(st *domain.State, l *domain.Loan, site ssa.Instruction) {
	stand := st.Loans.At(l)
	if stand.Phase == domain.Unchecked || stand.Phase == domain.Absent {
		in.reportNil(st, l, site, stand, false)
		return
	}
	pos, end := in.Names.Start(site)
	name := in.lookedAt(st, l, site)
	what := "its access ended"
	if l.Kind == domain.Borrowed {
		what = stand.EndedBy + " ended what it was borrowed from"
	}
	if l.Kind == domain.Implicit {
		what = "it was released"
	}
	in.Sink.Add(l, diag.Finding{
		Analyzer: report.AnalyzerFor(l, "revuse"), Pos: pos, End: end,
		Message: fmt.Sprintf("%s is used here after %s", name, what),
		Related: append([]diag.Related{report.Began(l)}, report.Over(stand)...),
	})
	in.Mark(st, l, stand)
}

// lookedAt names the value of l that site looks at.
func (in *Rules) lookedAt(st *domain.State, l *domain.Loan, site ssa.Instruction) string {
	if c, ok := site.(ssa.CallInstruction); ok {
		for i, a := range c.Common().Args {
			if !slices.ContainsFunc(in.Eval(st, a), func(s *domain.Symbol) bool { return in.isOf(s, l) }) {
				continue
			}
			if name := in.Names.Argument(c, i); name != "" {
				return name
			}
		}
		if !c.Common().IsInvoke() {
			return l.Subject()
		}
	}
	if name := in.Names.At(site); name != "" {
		return name
	}
	return l.Subject()
}

// reportNil reports that site looks at a value, or releases a guard, that may
// be nil, for the condition of l was not tested.
func (in *Rules) reportNil(st *domain.State, l *domain.Loan, site ssa.Instruction, stand domain.Standing, guard bool) {
	if !guard && in.answersNil(l) {
		in.doubt(st, site, l, "revnil")
		return
	}
	pos, end := in.Names.Start(site)
	name := in.lookedAt(st, l, site)
	why := l.What + " is not checked"
	if stand.Phase == domain.Absent {
		why = l.What + " gave nothing on this path"
	}
	in.Sink.Add(l, diag.Finding{
		Analyzer: "revnil", Pos: pos, End: end,
		Message: fmt.Sprintf("%s may be nil here: %s", name, why),
		Related: []diag.Related{report.Began(l)},
		Fixes:   in.fixNil(st, l, site),
	})
	if stand.Phase == domain.Unchecked && !guard && in.given(st, l) {
		return // where it was nil the program has ended
	}
	in.Mark(st, l, stand)
}

// answersNil reports whether the value of l is an *os.File: its methods return ErrInvalid where
// there is none, as their documentation says, so that nothing comes of a look.
func (in *Rules) answersNil(l *domain.Loan) bool {
	return slices.ContainsFunc(in.GuardsOf(l), func(s *domain.Symbol) bool {
		return s.Typ != nil && types.TypeString(s.Typ, nil) == "*os.File" && interp.ContainsLoan(s.Loans, l)
	})
}

// given assumes that l was given, and reports whether that can be.
func (in *Rules) given(st *domain.State, l *domain.Loan) bool {
	c := l.Cond.One()
	if c == nil {
		return false
	}
	switch l.Op {
	case contract.IsTrue, contract.IsFalse:
		return in.Learn(st, c, l.Op == contract.IsTrue) && st.Loans.At(l).Phase == domain.Live
	default:
		return in.LearnNil(st, c, l.Op == contract.IsNil) && st.Loans.At(l).Phase == domain.Live
	}
}

func (in *Rules) reportSecond(st *domain.State, l *domain.Loan, c *interp.CallSite, stand domain.Standing) {
	pos, end := in.releasePos(c)
	in.Sink.Add(l, diag.Finding{
		Analyzer: "revrelease", Pos: pos, End: end,
		Message: fmt.Sprintf("%s is released a second time", report.GuardName(l)),
		Related: append([]diag.Related{report.Began(l)}, report.Over(stand)...),
	})
	in.Mark(st, l, stand)
}

func (in *Rules) reportNothing(rec *releaseRecord) {
	pos, end := in.Names.Start(rec.site)
	if d, ok := rec.site.(*ssa.Defer); ok {
		pos, end = d.Pos(), token.NoPos
	}
	f := diag.Finding{Analyzer: "revrelease", Pos: pos, End: end, Message: "there is nothing to release here on any path"}
	if rec.loan != nil {
		f.Message = fmt.Sprintf("there is nothing to release here: %s gave no access to %s", rec.loan.What, rec.loan.Subject())
		f.Related = []diag.Related{report.Began(rec.loan)}
	}
	in.Sink.Add(rec.loan, f)
}

func (in *Rules) releasePos(c *interp.CallSite) (token.Pos, token.Pos) {
	if c.Deferred {
		return c.Pos, token.NoPos
	}
	return in.Names.Start(c.Site())
}

// ReportLeak reports that l is owed where the function returns, at ret if that is one place.
func (in *Rules) ReportLeak(l *domain.Loan, ret *ssa.Return) {
	if site, ok := l.Key.Site.(ssa.Instruction); ok && in.stuck[site] {
		return // that it is left locked is what the wait for it tells
	}
	f := diag.Finding{Analyzer: "revleak", Pos: l.Pos, Message: fmt.Sprintf("%s is not released on every path", report.GuardName(l))}
	if site, ok := l.Key.Site.(ssa.Instruction); ok {
		f.Pos, f.End = in.Names.Start(site)
	}
	if ret != nil && ret.Pos() != token.NoPos {
		f.Related = []diag.Related{{Pos: ret.Pos(), Message: "this return leaves it unreleased"}}
	}
	f.Fixes = in.fixLeak(l, in.releasesAnywhere(l))
	in.Sink.Add(l, f)
}

// reportReturned reports the results that hold values of ended loans.
func (in *Rules) reportReturned(st *domain.State, fn *ssa.Function, results []domain.Value, ret *ssa.Return) {
	failure := in.failure(st, fn, results)
	for i, r := range results {
		if len(r) > 1 && !in.allBad(st, r) || failure >= 0 && i != failure {
			continue // nobody looks at what is returned beside an error
		}
		st.ReachFrom(r, nil, func(s *domain.Symbol, chain []domain.Cell) {
			for _, l := range s.AllLoans() {
				stand, ok := st.Loans.Get(l)
				if !ok || stand.Phase != domain.Ended || stand.Reported || stand.Unsure || !isHeld(s, l) || st.IsDetached(s) || isPerhaps(chain) || in.isPart(s, l, chain) {
					continue
				}
				if in.isOnlyAsked(st, chain, s) || in.isClosedForGood(s, stand) || in.isLeftOver(fn, l, chain) {
					continue
				}
				if n := len(chain); n > 0 && isGathering(chain[n-1].By) && l.Key.Site != any(chain[n-1].By) {
					in.reportStored(st, l, whereStored(l, chain))
					continue
				}
				pos := fn.Pos()
				if ret != nil && ret.Pos() != token.NoPos {
					pos = ret.Pos()
				}
				f := diag.Finding{
					Analyzer: report.AnalyzerFor(l, "revescape"), Pos: pos,
					Message: fmt.Sprintf("%s is returned, but its access has ended by then", l.Subject()),
					Related: append([]diag.Related{report.Began(l)}, report.Over(stand)...),
				}
				if stand.AtExit { // else it is too late to copy it here
					f.Fixes = in.fixBytes(in.Names.Returned(pos, i))
				}
				in.Sink.Add(l, f)
				in.Mark(st, l, stand)
			}
		})
	}
}

// isLeftOver reports whether a file or connection that is closed stands in a struct of
// another package, of which nobody here knows whether it still looks at it: a command that was
// started needs its files no more.
func (in *Rules) isLeftOver(fn *ssa.Function, l *domain.Loan, chain []domain.Cell) bool {
	if len(chain) == 0 || fn.Pkg == nil || !in.endsByClose(l) {
		return false
	}
	return slices.ContainsFunc(chain, func(c domain.Cell) bool {
		store, ok := c.By.(*ssa.Store)
		if !ok {
			return false
		}
		field, ok := store.Addr.(*ssa.FieldAddr)
		if !ok {
			return false
		}
		n, ok := types.Unalias(gotypes.Deref(field.X.Type())).(*types.Named)
		return ok && n.Obj().Pkg() != fn.Pkg.Pkg
	})
}

// isLeftIn reports the same of a, which lies in a collection that such a struct holds, or in one that
// was made of it and may stand in its place: the files that a command gets besides.
func (in *Rules) isLeftIn(fn *ssa.Function, l *domain.Loan, a *domain.Symbol) bool {
	if fn.Pkg == nil || !in.endsByClose(l) {
		return false
	}
	f := fieldAround(a)
	for o := a.Object(); f == nil && o.Kind == domain.SymDerived && len(o.Parents) == 1; o = o.Parents[0].Object() {
		f = fieldAround(o.Parents[0])
	}
	return f != nil && f.Pkg() != fn.Pkg.Pkg
}

// isPart reports whether s, which is released by itself, stands where the call that
// gave it put it: who gets the whole (a response) may be after the rest of it, and knows
// or finds that this part is closed.
func (in *Rules) isPart(s *domain.Symbol, l *domain.Loan, chain []domain.Cell) bool {
	n := len(chain)
	if n == 0 || chain[n-1].By == nil || l.Key.Site != any(chain[n-1].By) || !interp.ContainsLoan(s.Loans, l) {
		return false
	}
	// Where there is no guard any more, a callee has ended it, and there that was judged.
	return interp.ContainsLoan(s.Guards, l) || l.Kind == domain.Acquired && len(in.GuardsOf(l)) == 0
}

// failure is the place of an error that is surely not nil among the results,
// -1 if there is none.
func (in *Rules) failure(st *domain.State, fn *ssa.Function, results []domain.Value) int {
	for i, r := range results {
		if gotypes.IsError(fn.Signature.Results().At(i).Type()) && in.NeverNil(st, r) {
			return i
		}
	}
	return -1
}

// reportStored reports memory that outlives l and holds a value of it.
func (in *Rules) reportStored(st *domain.State, l *domain.Loan, c domain.Cell) {
	stand := st.Loans.At(l)
	pos := c.Pos
	var end token.Pos
	if c.By != nil {
		pos, end = in.Names.Statement(c.By)
	}
	in.Sink.Add(l, diag.Finding{
		Analyzer: report.AnalyzerFor(l, "revescape"), Pos: pos, End: end,
		Message: fmt.Sprintf("%s is stored where it outlives its access", l.Subject()),
		Related: append([]diag.Related{report.Began(l)}, report.Over(stand)...),
		Fixes:   in.fixBytes(in.Names.Stored(pos)),
	})
	in.Mark(st, l, stand)
}

// reportHanded reports a goroutine or channel that was given a value of l.
func (in *Rules) reportHanded(st *domain.State, l *domain.Loan, stand *domain.Standing) {
	if site, ok := l.Key.Site.(ssa.Instruction); ok && in.stopsByClose(l) {
		in.doubt(st, site, l, "revescape")
		return
	}
	in.Sink.Add(l, diag.Finding{
		Analyzer: report.AnalyzerFor(l, "revescape"), Pos: stand.Handed,
		Message: fmt.Sprintf("%s is %s, which may outlive its access", l.Subject(), stand.HandedN),
		Related: append([]diag.Related{report.Began(l)}, report.Over(*stand)...),
		Fixes:   in.FixCaptured(l.Name, stand.Handed),
	})
	stand.Reported = true
}

// stopsByClose reports whether l is on a file, connection, listener or pipe of the standard
// library. Their Close may be called beside their other methods, and is how a goroutine
// that reads from one is told to stop.
func (in *Rules) stopsByClose(l *domain.Loan) bool {
	return slices.ContainsFunc(in.GuardsOf(l), func(s *domain.Symbol) bool {
		return isOf(s.Typ, "os", "net", "io") && interp.ContainsLoan(s.Loans, l)
	})
}

// endsByClose reports the same of l, or of what is read from a connection: a buffer around it.
func (in *Rules) endsByClose(l *domain.Loan) bool {
	return in.stopsByClose(l) || slices.ContainsFunc(in.GuardsOf(l), func(s *domain.Symbol) bool { return isOf(s.Typ, "net") })
}

// isOf reports whether t is declared in one of packages.
func isOf(t types.Type, packages ...string) bool {
	if t == nil {
		return false
	}
	n, ok := types.Unalias(gotypes.Deref(t)).(*types.Named)
	return ok && n.Obj().Pkg() != nil && slices.Contains(packages, n.Obj().Pkg().Path())
}

func (in *Rules) reportWait(st *domain.State, l *domain.Loan, c *interp.CallSite, s *domain.Symbol) {
	pos, end := in.Names.Start(c.Site())
	if c.Deferred {
		pos, end = c.Pos, token.NoPos
	}
	in.Sink.Add(l, diag.Finding{
		Analyzer: "revwait", Pos: pos, End: end,
		Message: fmt.Sprintf("%s waits for the access to %s, which is held here", c.Name(), l.Subject()),
		Related: []diag.Related{report.Began(l)},
	})
	in.Mark(st, l, st.Loans.At(l))
}

// ReportUnsafe reports a call whose contract is unsafe.
func (in *Rules) ReportUnsafe(st *domain.State, c *interp.CallSite) {
	pos, end := in.Names.Start(c.Site())
	in.Sink.Add(nil, diag.Finding{
		Analyzer: "revuse", Pos: pos, End: end,
		Message: fmt.Sprintf("%s gives access that nothing protects: say why it cannot end, in a suppression", c.Name()),
	})
}
