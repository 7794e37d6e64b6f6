package loan

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/diag"
)

// A finding is a diag.Finding with what tells it apart.
type finding = diag.Finding

// report adds a finding unless the same was found on another path.
func (in *interpreter) report(f finding) {
	for _, have := range in.found {
		if have.Pos == f.Pos && have.Analyzer == f.Analyzer {
			return
		}
	}
	for i, r := range f.Related {
		if call := in.names.index(r.Pos).calls[r.Pos]; call != nil {
			f.Related[i].Pos = call.Pos()
		}
	}
	in.found = append(in.found, f)
}

// analyzerFor is the analyzer that a violation of kind name belongs to: what
// a token, or what was had by it, does beyond its callback is revbound's.
func analyzerFor(l *loan, name string) string {
	if l.token {
		return "revbound"
	}
	return name
}

// subject is what messages call the value of l.
func (l *loan) subject() string {
	if l.name != "" && l.name != "_" {
		return l.name
	}
	return "the result of " + l.what
}

// began tells where the access began.
func (l *loan) began() diag.Related {
	switch l.kind {
	case scoped:
		return diag.Related{Pos: l.pos, Message: fmt.Sprintf("%s is lent to this function until it returns", l.subject())}
	case lent:
		return diag.Related{Pos: l.pos, Message: fmt.Sprintf("%s is lent here, with %s", l.subject(), l.what)}
	case borrowed:
		return diag.Related{Pos: l.pos, Message: fmt.Sprintf("%s is borrowed here, by %s", l.subject(), l.what)}
	}
	return diag.Related{Pos: l.pos, Message: fmt.Sprintf("the access to %s begins here, with %s", l.subject(), l.what)}
}

func (in *interpreter) over(stand standing) []diag.Related {
	if stand.ended == token.NoPos {
		return nil
	}
	return []diag.Related{{Pos: stand.ended, Message: fmt.Sprintf("%s ends it here", stand.endedBy)}}
}

// mark silences l on this path: one mistake, one finding.
func (in *interpreter) mark(st *state, l *loan, stand standing) {
	stand.reported = true
	st.loans.set(l, stand)
}

// reportUse reports that site looks at a value of l when it must not.
func (in *interpreter) reportUse(st *state, l *loan, site ssa.Instruction) {
	stand := st.loans.at(l)
	if stand.phase == unchecked || stand.phase == absent {
		in.reportNil(st, l, site, stand, false)
		return
	}
	pos, end := in.names.start(site)
	name := in.lookedAt(st, l, site)
	what := "its access ended"
	if l.kind == borrowed {
		what = stand.endedBy + " ended what it was borrowed from"
	}
	if l.kind == implicit {
		what = "it was released"
	}
	in.report(finding{
		Analyzer: analyzerFor(l, "revuse"), Pos: pos, End: end,
		Message: fmt.Sprintf("%s is used here after %s", name, what),
		Related: append([]diag.Related{l.began()}, in.over(stand)...),
	})
	in.mark(st, l, stand)
}

// lookedAt names the value of l that site looks at.
func (in *interpreter) lookedAt(st *state, l *loan, site ssa.Instruction) string {
	if c, ok := site.(ssa.CallInstruction); ok {
		for i, a := range c.Common().Args {
			if !slices.ContainsFunc(in.eval(st, a), func(s *symbol) bool { return in.isOf(s, l) }) {
				continue
			}
			if name := in.names.argument(c, i); name != "" {
				return name
			}
		}
		if !c.Common().IsInvoke() {
			return l.subject()
		}
	}
	if name := in.names.at(site); name != "" {
		return name
	}
	return l.subject()
}

// reportNil reports that site looks at a value, or releases a guard, that may
// be nil, for the condition of l was not tested.
func (in *interpreter) reportNil(st *state, l *loan, site ssa.Instruction, stand standing, guard bool) {
	pos, end := in.names.start(site)
	name := in.lookedAt(st, l, site)
	why := l.what + " is not checked"
	if stand.phase == absent {
		why = l.what + " gave nothing on this path"
	}
	in.report(finding{
		Analyzer: "revnil", Pos: pos, End: end,
		Message: fmt.Sprintf("%s may be nil here: %s", name, why),
		Related: []diag.Related{l.began()},
		Fixes:   in.fixNil(l, site),
	})
	in.mark(st, l, stand)
}

func (in *interpreter) reportSecond(st *state, l *loan, c *callSite, stand standing) {
	pos, end := in.releasePos(c)
	in.report(finding{
		Analyzer: "revrelease", Pos: pos, End: end,
		Message: fmt.Sprintf("%s is released a second time", in.guardName(l)),
		Related: append([]diag.Related{l.began()}, in.over(stand)...),
	})
	in.mark(st, l, stand)
}

func (in *interpreter) reportNothing(rec *releaseRecord) {
	pos, end := in.names.start(rec.site)
	if d, ok := rec.site.(*ssa.Defer); ok {
		pos, end = d.Pos(), token.NoPos
	}
	f := finding{Analyzer: "revrelease", Pos: pos, End: end, Message: "there is nothing to release here on any path"}
	if rec.loan != nil {
		f.Message = fmt.Sprintf("there is nothing to release here: %s gave no access to %s", rec.loan.what, rec.loan.subject())
		f.Related = []diag.Related{rec.loan.began()}
	}
	in.report(f)
}

func (in *interpreter) releasePos(c *callSite) (token.Pos, token.Pos) {
	if c.deferred {
		return c.pos, token.NoPos
	}
	return in.names.start(c.site())
}

func (in *interpreter) guardName(l *loan) string {
	if l.name != "" && l.name != "_" {
		return "the access to " + l.name
	}
	return "the access that " + l.what + " gave"
}

func (in *interpreter) reportLeak(l *loan, ret *ssa.Return) {
	f := finding{Analyzer: "revleak", Pos: l.pos, Message: fmt.Sprintf("%s is not released on every path", in.guardName(l))}
	if site, ok := l.key.site.(ssa.Instruction); ok {
		f.Pos, f.End = in.names.start(site)
	}
	if ret != nil && ret.Pos() != token.NoPos {
		f.Related = []diag.Related{{Pos: ret.Pos(), Message: "this return leaves it unreleased"}}
	}
	f.Fixes = in.fixLeak(l)
	in.report(f)
}

// reportReturned reports the results that hold values of ended loans.
func (in *interpreter) reportReturned(st *state, fn *ssa.Function, results []value, ret *ssa.Return) {
	failure := in.failure(st, fn, results)
	for i, r := range results {
		if len(r) > 1 && !in.allBad(st, r) || failure >= 0 && i != failure {
			continue // nobody looks at what is returned beside an error
		}
		st.reachFrom(r, nil, func(s *symbol, chain []cell) {
			for _, l := range s.allLoans() {
				stand, ok := st.loans.get(l)
				if !ok || stand.phase != ended || stand.reported || stand.unsure || !isHeld(s, l) || st.isDetached(s) {
					continue
				}
				if n := len(chain); n > 0 && isGathering(chain[n-1].by) && l.key.site != any(chain[n-1].by) {
					in.reportStored(st, l, whereStored(l, chain))
					continue
				}
				pos := fn.Pos()
				if ret != nil && ret.Pos() != token.NoPos {
					pos = ret.Pos()
				}
				f := finding{
					Analyzer: analyzerFor(l, "revescape"), Pos: pos,
					Message: fmt.Sprintf("%s is returned, but its access has ended by then", l.subject()),
					Related: append([]diag.Related{l.began()}, in.over(stand)...),
				}
				if stand.atExit { // else it is too late to copy it here
					f.Fixes = in.fixBytes(in.names.returned(pos, i))
				}
				in.report(f)
				in.mark(st, l, stand)
			}
		})
	}
}

// failure is the place of an error that is surely not nil among the results,
// -1 if there is none.
func (in *interpreter) failure(st *state, fn *ssa.Function, results []value) int {
	for i, r := range results {
		if isError(fn.Signature.Results().At(i).Type()) && in.neverNil(st, r) {
			return i
		}
	}
	return -1
}

// reportStored reports memory that outlives l and holds a value of it.
func (in *interpreter) reportStored(st *state, l *loan, c cell) {
	stand := st.loans.at(l)
	pos := c.pos
	var end token.Pos
	if c.by != nil {
		pos, end = in.statement(c.by)
	}
	in.report(finding{
		Analyzer: analyzerFor(l, "revescape"), Pos: pos, End: end,
		Message: fmt.Sprintf("%s is stored where it outlives its access", l.subject()),
		Related: append([]diag.Related{l.began()}, in.over(stand)...),
		Fixes:   in.fixBytes(in.names.stored(pos)),
	})
	in.mark(st, l, stand)
}

// statement is where the statement that does site begins.
func (in *interpreter) statement(site ssa.Instruction) (token.Pos, token.Pos) {
	return in.names.statement(site)
}

// reportHanded reports a goroutine or channel that was given a value of l.
func (in *interpreter) reportHanded(st *state, l *loan, stand *standing) {
	in.report(finding{
		Analyzer: analyzerFor(l, "revescape"), Pos: stand.handed,
		Message: fmt.Sprintf("%s is %s, which may outlive its access", l.subject(), stand.handedN),
		Related: append([]diag.Related{l.began()}, in.over(*stand)...),
		Fixes:   in.fixCaptured(l, stand.handed),
	})
	stand.reported = true
}

func (in *interpreter) reportWait(st *state, l *loan, c *callSite, s *symbol) {
	pos, end := in.names.start(c.site())
	if c.deferred {
		pos, end = c.pos, token.NoPos
	}
	in.report(finding{
		Analyzer: "revwait", Pos: pos, End: end,
		Message: fmt.Sprintf("%s waits for the access to %s, which is held here", c.name(), l.subject()),
		Related: []diag.Related{l.began()},
	})
	in.mark(st, l, st.loans.at(l))
}

func (in *interpreter) reportUnsafe(st *state, c *callSite) {
	pos, end := in.names.start(c.site())
	in.report(finding{
		Analyzer: "revuse", Pos: pos, End: end,
		Message: fmt.Sprintf("%s gives access that nothing protects: say why it cannot end, in a suppression", c.name()),
	})
}
