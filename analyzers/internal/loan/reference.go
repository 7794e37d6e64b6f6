package loan

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// A reference is one more acquisition of an object that the function has
// already: Retain, IncRef, a place taken in a semaphore (docs/contracts.md,
// decisions 12 to 14). Beneath it lie the loans of others, of which nothing
// is known here: so it restricts nothing, its release is never wrong, and
// ends none of what was taken from the object. What is followed is the debt.

// countsUp reports whether the claim is of a reference.
func (in *interpreter) countsUp(cl *contract.Claim) bool {
	for _, p := range guardPaths(cl) {
		if p.Root != contract.Result {
			return true
		}
	}
	return false
}

// guardPaths are the paths to what an acquire says must be released.
func guardPaths(cl *contract.Claim) []contract.Path {
	if cl.Guard != nil {
		return []contract.Path{*cl.Guard}
	}
	return cl.Values
}

// issueReference begins the loan of claim n of the call, an acquire of the
// receiver or a parameter.
func (in *interpreter) issueReference(st *state, c *callSite, cl *contract.Claim, n int, results []value) {
	for _, p := range guardPaths(cl) {
		guards := in.guardsIn(st, in.pathValue(st, c, p, nil))
		in.outlive(st, guards)
		g := guards.one()
		if g == nil || g.old || g.kind == symConst || g.key.index == elementIndex {
			in.moveGuards(st, guards) // which of them is not followed
			continue
		}
		l := in.loanOf(loanKey{site: c.site(), claim: n}, func(l *loan) {
			l.kind, l.pos, l.what, l.claim = acquired, c.pos, c.name(), cl
			l.name = in.names.at(c.site())
			l.mandatory, l.counted, l.reference = !cl.Optional, true, true
		})
		attach(&g.guards, l)
		stand := standing{phase: live}
		if cl.If != nil {
			l.cond, l.op = in.pathValue(st, c, cl.If.Path, results), cl.If.Op
			stand.phase = unchecked
		}
		st.loans.set(l, stand)
	}
}

// outlive lifts the rules for what was only lent: its holder has a reference
// of its own now.
func (in *interpreter) outlive(st *state, guards value) {
	for _, s := range guards {
		for _, l := range s.allLoans() {
			if stand, ok := st.loans.get(l); ok && l.kind != acquired {
				stand.unsure = true
				st.loans.set(l, stand)
			}
		}
	}
}

// youngest picks, of the loans on one counted object, the one that a release
// ends: the youngest that owes one, else any.
func (in *interpreter) youngest(st *state, loans []*loan) []*loan {
	if !slices.ContainsFunc(loans, func(l *loan) bool { return l.counted }) || len(loans) < 2 {
		return loans
	}
	best := loans[0]
	rank := func(l *loan) int {
		switch st.loans.at(l).phase {
		case live, unchecked:
			return 3
		case moved: // somebody else's: there may be as many as there like
			return 2
		case ended:
			return 1
		}
		return 0
	}
	for _, l := range loans[1:] {
		if r := rank(l) - rank(best); r > 0 || r == 0 && l.id > best.id {
			best = l
		}
	}
	if best.isCount() {
		return slices.DeleteFunc(slices.Clone(loans), func(l *loan) bool { return !l.isCount() || rank(l) != rank(best) })
	}
	return []*loan{best}
}

// isCount reports whether l is a number of places in its guard, and no value:
// how many of them one release gives back, is not followed (decision 13).
func (l *loan) isCount() bool { return l.claim != nil && l.reference && len(l.claim.Values) == 0 }

// isOwn reports whether the object of a reference is the function's own, so
// that nobody else will pay its debt: made here, or acquired here.
func (in *interpreter) isOwn(st *state, l *loan) bool {
	for _, s := range in.guardsOf(l) {
		if s.kind == symAlloc && !st.spilled.at(s) && !st.isStoredAway(s) {
			return true
		}
		for _, base := range s.guards {
			if _, ok := st.loans.get(base); ok && !base.reference && base.kind == acquired {
				return true
			}
		}
	}
	return false
}

// isStoredAway reports whether memory that is not this function's own holds s.
func (st *state) isStoredAway(s *symbol) bool {
	for a, c := range st.mem.all() {
		if a.root().kind != symAlloc && c.v.has(s) {
			return true
		}
	}
	return false
}

// guardsOf are the symbols that are a guard of l.
func (in *interpreter) guardsOf(l *loan) (out []*symbol) {
	for _, s := range in.made {
		if containsLoan(s.guards, l) {
			out = append(out, s)
		}
	}
	return out
}

// An account is what became of a reference on the ways out of a function:
// who does not own the object, owes its release only where the function
// itself sees to it elsewhere (decision 14).
type account struct {
	paid   []bool      // on these ways out, and whether they were failures
	unpaid []unpaidWay // on these it was left
}

type unpaidWay struct {
	ret    *ssa.Return
	failed bool
}

// book enters where the references stand at the exit e.
func (in *interpreter) book(e exit) {
	for l, stand := range e.st.loans.all() {
		if !l.reference || stand.reported || stand.unsure {
			continue
		}
		a := in.accounts.at(l)
		if a == nil {
			a = new(account)
			in.accounts.set(l, a)
		}
		switch {
		case stand.phase == ended:
			a.paid = append(a.paid, in.isFailure(e))
		case !l.old && (stand.phase == live || stand.phase == unchecked && !stand.asked):
			a.unpaid = append(a.unpaid, unpaidWay{e.ret, in.isFailure(e)})
		}
	}
}

// reportUnpaid reports the references that are released on one way out and
// not on another. What is given back only where something failed, and held
// where all went well, is held on purpose.
func (in *interpreter) reportUnpaid() {
	for l, a := range in.accounts.all() {
		if len(a.paid) == 0 {
			continue
		}
		paidOnSuccess := slices.Contains(a.paid, false)
		for _, w := range a.unpaid {
			if w.failed || paidOnSuccess {
				in.reportLeak(l, w.ret)
				break
			}
		}
	}
}

// isFailure reports whether the function answers at e with an error that is
// not nil, or with false.
func (in *interpreter) isFailure(e exit) bool {
	n := len(e.results)
	if n == 0 {
		return false
	}
	s := e.results[n-1].one()
	if s == nil {
		return false
	}
	switch t := in.root.Signature.Results().At(n - 1).Type(); {
	case isError(t):
		known, is := in.nilness(e.st, s)
		return known && !is
	case isBoolean(t):
		known, is := in.truth(e.st, s)
		return known && !is
	}
	return false
}

// isObjectGuard reports whether values of type t are themselves what a call
// on them acquires: one of which nothing was acquired is not an empty guard.
func (in *interpreter) isObjectGuard(t types.Type) bool {
	return in.isCounted(t) || in.isCounted(types.NewPointer(t))
}
