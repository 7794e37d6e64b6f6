package loan

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A lent loan is an inverse borrow: the function's own memory, which the one
// it was lent to looks at until the loan ends. Till then it must not be
// written to, and must not end itself (docs/contracts.md, decision 35).

// issueLent begins the loan of claim n of the call, a lend.
func (in *interpreter) issueLent(st *state, c *callSite, cl *contract.Claim, n int, results []value) {
	if cl.To == nil {
		return
	}
	to := in.pathValue(st, c, *cl.To, results)
	for _, p := range cl.Values {
		v := in.pathValue(st, c, p, results)
		s := v.one()
		if s == nil || s.old || s.kind == symConst || to.one() == nil {
			continue
		}
		l := in.loanOf(loanKey{site: c.site(), claim: n, variant: p.Text}, func(l *loan) {
			l.kind, l.pos, l.what, l.claim = lent, c.pos, c.name(), cl
			l.until = cl.Until
			l.name = in.names.argument(c.instr, in.argIndex(c, p.Index))
		})
		stand := standing{phase: live, owner: to, lent: v}
		if cl.If != nil {
			l.cond, l.op = in.pathValue(st, c, cl.If.Path, results), cl.If.Op
			stand.phase = unchecked
		}
		st.loans.set(l, stand)
	}
}

// write is site writing to the elements of v.
func (in *interpreter) write(st *state, v value, site ssa.Instruction) {
	s := v.one()
	if s == nil {
		return
	}
	if p, ok := s.path(); ok {
		st.affect(summary.Fill, p, "", sitePos(site))
	}
	for l, stand := range st.loans.all() {
		x := stand.lent.one()
		if l.kind != lent || stand.phase != live || stand.reported || stand.unsure || x == nil || !s.comesFrom(x) {
			continue
		}
		pos, end := in.names.start(site)
		in.report(finding{
			Analyzer: analyzerFor(l, "revuse"), Pos: pos, End: end,
			Message: fmt.Sprintf("%s is written to here, but %s goes on looking at it", l.subject(), l.what),
			Related: []diag.Related{l.began()},
		})
		in.mark(st, l, stand)
	}
}

// appendTo is site appending to v, where dst is the expression for v: what is
// cut off before (buf[:0]) is written over.
func (in *interpreter) appendTo(st *state, v value, dst ssa.Value, site ssa.Instruction) {
	if cut, ok := dst.(*ssa.Slice); ok && cut.High != nil {
		in.write(st, v, site)
		return
	}
	if s := v.one(); s != nil {
		if p, ok := s.path(); ok {
			st.affect(summary.Fill, p, "append", sitePos(site))
		}
	}
}

// reportLent reports, when loans have ended, what was lent while it was
// itself on one of them, to an owner that goes on.
func (in *interpreter) reportLent(st *state) {
	for l, stand := range st.loans.all() {
		x := stand.lent.one()
		if l.kind != lent || l.old || stand.phase != live || stand.reported || stand.unsure || x == nil {
			continue
		}
		for _, of := range x.allLoans() {
			end, ok := st.loans.get(of)
			if !ok || end.phase != ended || end.unsure || end.reported {
				continue
			}
			if of.scope == in.root && !in.ownerLives(st, stand) {
				continue // a parameter: how long it lasts is not known
			}
			pos, stop := in.statement(l.key.site.(ssa.Instruction))
			in.report(finding{
				Analyzer: analyzerFor(of, "revescape"), Pos: pos, End: stop,
				Message: fmt.Sprintf("%s is lent to %s, which outlives its access", of.subject(), l.what),
				Related: append([]diag.Related{of.began()}, in.over(end)...),
			})
			in.mark(st, l, stand)
			break
		}
	}
}

// isHeld reports whether s keeps what l lends: a reference does, and a number
// or string that the contract names.
func isHeld(s *symbol, l *loan) bool {
	return isReference(s.typ) || containsLoan(s.loans, l) && s.kind != symDerived
}
