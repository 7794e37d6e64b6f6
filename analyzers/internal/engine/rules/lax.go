package rules

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// A lax debt is that of a writer that keeps back what it is given: where something
// failed nobody wants what it kept, and where nothing was written there is nothing
// to lose. Neither is followed. So it is reported only where no way out of the function
// releases it, hands it on, or loses sight of it, and one of them is no failure (decision 47).

// A laxAccount is what became of a lax debt on all ways out of a function.
type laxAccount struct {
	seenTo bool       // on one of them, or that is not known
	unpaid *unpaidWay // the first that is no failure, and leaves it
}

func (in *Rules) laxAccount(l *domain.Loan) *laxAccount {
	a := in.lax.At(l)
	if a == nil {
		a = new(laxAccount)
		in.lax.Set(l, a)
	}
	return a
}

// seeTo notes that a lax debt is paid on one path.
func (in *Rules) seeTo(l *domain.Loan) {
	if l.Lax {
		in.laxAccount(l).seenTo = true
	}
}

// BookLax enters how the exit e leaves the lax debt l; keeps says that somebody else
// has its guard then.
func (in *Rules) BookLax(e interp.Exit, l *domain.Loan, stand domain.Standing, keeps bool) {
	a := in.laxAccount(l)
	switch {
	case stand.Phase == domain.Absent:
	case keeps || l.Old || stand.Unsure || stand.Reported || stand.Asked || stand.Phase == domain.Moved || stand.Phase == domain.Ended:
		a.seenTo = true
	case a.unpaid == nil && !in.hasFailed(e):
		a.unpaid = &unpaidWay{ret: e.Ret}
	}
}

// ReportLax reports the lax debts that nobody sees to.
func (in *Rules) ReportLax() {
	for l, a := range in.lax.All() {
		switch {
		case a.unpaid == nil || in.isLaidOn(l):
		case a.seenTo:
			in.DoubtGiven(l.Key.Site.(ssa.Instruction))
		default:
			in.ReportLeak(l, a.unpaid.ret)
		}
	}
}

// isLaidOn reports whether l is that of an earlier round, of which its newer self speaks.
func (in *Rules) isLaidOn(l *domain.Loan) bool {
	_, ok := l.Key.Site.(ssa.Instruction)
	return l.Old || !ok
}

// hasFailed reports whether an error is there at e: the function answers with it, or has
// found it on the way and tells it to somebody else, or to nobody.
func (in *Rules) hasFailed(e interp.Exit) bool {
	if in.isFailure(e) {
		return true
	}
	if e.Ret == nil {
		return false
	}
	for b := e.Ret.Block(); b.Idom() != nil; b = b.Idom() {
		if len(b.Preds) == 1 && foundError(b.Preds[0], b) {
			return true
		}
	}
	return false
}

// foundError reports whether the way from one block to the next is that of an error which
// is not nil.
func foundError(from, to *ssa.BasicBlock) bool {
	branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok || !gotypes.IsError(cond.X.Type()) || cond.Op != token.NEQ && cond.Op != token.EQL {
		return false
	}
	x, y := domain.IsNilConst(cond.X), domain.IsNilConst(cond.Y)
	if !x && !y { // it is compared with an error of a package
		return cond.Op == token.EQL && from.Succs[0] == to
	}
	return from.Succs[map[token.Token]int{token.NEQ: 0, token.EQL: 1}[cond.Op]] == to
}
