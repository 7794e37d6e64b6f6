package rules

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A reference is one more acquisition of an object that the function has
// already: Retain, IncRef, a place taken in a semaphore (docs/contracts.md,
// decisions 12 to 14). Beneath it lie the loans of others, of which nothing
// is known here: so it restricts nothing, its release is never wrong, and
// ends none of what was taken from the object. What is followed is the debt.

// countsUp reports whether the claim is of a reference.
func (in *Rules) countsUp(cl *contract.Claim) bool {
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
func (in *Rules) issueReference(st *domain.State, c *interp.CallSite, cl *contract.Claim, n int, results []domain.Value) {
	if cl.Once { // who had the lock before may have changed what it protects
		in.MayBeReplaced(st)
	}
	for _, p := range guardPaths(cl) {
		guards := in.guardsIn(st, in.PathValue(st, c, p, nil))
		if !cl.Optional { // what need not be given back keeps nothing alive
			in.outlive(st, guards)
		}
		g := readAtOnce(guards)
		if g == nil || g.Old || g.Kind == domain.SymConst || g.Key.Index == domain.ElementIndex {
			in.MoveGuards(st, guards) // which of them is not followed
			continue
		}
		l := in.LoanOf(domain.LoanKey{Site: c.Site(), Claim: n}, func(l *domain.Loan) {
			l.Kind, l.Pos, l.What, l.Claim = domain.Acquired, c.Pos, c.Name(), cl
			l.Name = in.Names.At(c.Site())
			l.Mandatory, l.Once, l.Counted, l.Reference = !cl.Optional, cl.Once, true, true
		})
		if was, ok := st.Loans.Get(l); ok && l.Mandatory && (was.Phase == domain.Live || was.Phase == domain.Unchecked) {
			in.DoubtLeak(st, l) // how many there are is not counted
		}
		for _, s := range guards { // another read of the elements may find this one
			domain.Attach(&s.Guards, l)
		}
		in.lendResults(st, c, cl, l, results)
		stand := domain.Standing{Phase: domain.Live}
		switch {
		case cl.From != nil:
			stand.Owner = in.PathValue(st, c, *cl.From, results)
		case l.IsCount():
			stand.Owner = domain.Value{g}
			stand.Reported = in.waitsForever(st, g)
			stand.Unsure = cl.If != nil && in.doubtHeld(st, g, "")
		}
		if cl.If != nil {
			l.Cond, l.Op = in.PathValue(st, c, cl.If.Path, results), cl.If.Op
			stand.Phase = domain.Unchecked
		}
		st.Loans.Set(l, stand)
		st.ForgetGuarded(in.Machine, g, c.Site())
	}
}

// readAtOnce is the one that guards are: where an element was read, what the caller knows
// of the elements and what this read found are one and the same.
func readAtOnce(guards domain.Value) *domain.Symbol {
	if g := guards.One(); g != nil {
		return g
	}
	var read *domain.Symbol
	for _, s := range guards {
		switch {
		case s.IsElement():
		case read == nil && s.Root().IsReadFar():
			read = s
		default:
			return nil
		}
	}
	return read
}

// lendResults puts what a call gave on loan, where a reference is its guard: each
// access of a reader, which lasts until the reader leaves as often as it entered.
func (in *Rules) lendResults(st *domain.State, c *interp.CallSite, cl *contract.Claim, l *domain.Loan, results []domain.Value) {
	for _, p := range cl.Values {
		if p.Root != contract.Result {
			continue
		}
		l.Waited = true
		l.Nilable = len(p.Steps) == 0 && cl.If != nil && gotypes.IsNillable(c.Sig.Results().At(p.Index).Type())
		l.Name = in.valueName(c, p)
		for _, s := range in.PathValue(st, c, p, results) {
			domain.Attach(&s.Loans, l)
			in.Settle(st, s, c)
		}
	}
}

// outlive lifts the rules for what was only lent: its holder has a reference
// of its own now.
func (in *Rules) outlive(st *domain.State, guards domain.Value) {
	for _, s := range guards {
		for _, l := range s.AllLoans() {
			if stand, ok := st.Loans.Get(l); ok && l.Kind != domain.Acquired {
				stand.Unsure = true
				st.Loans.Set(l, stand)
			}
		}
	}
}

// youngest picks, of the loans on one counted object, the one that a release
// ends: the youngest that owes one, else any.
func (in *Rules) youngest(st *domain.State, loans []*domain.Loan) []*domain.Loan {
	if !slices.ContainsFunc(loans, func(l *domain.Loan) bool { return l.Counted }) || len(loans) < 2 {
		return loans
	}
	best := loans[0]
	rank := func(l *domain.Loan) int {
		switch st.Loans.At(l).Phase {
		case domain.Live, domain.Unchecked:
			return 3
		case domain.Moved: // somebody else's: there may be as many as there like
			return 2
		case domain.Ended:
			return 1
		}
		return 0
	}
	for _, l := range loans[1:] {
		r := rank(l) - rank(best)
		if r > 0 || r == 0 && (best.Old && !l.Old || best.Old == l.Old && l.Id > best.Id) {
			best = l
		}
	}
	if best.IsCount() && !best.Once { // of a lock there is one at each call
		return slices.DeleteFunc(slices.Clone(loans), func(l *domain.Loan) bool { return !l.IsCount() || rank(l) != rank(best) })
	}
	return []*domain.Loan{best}
}

// MayBeTakenAgain notes that code out of sight may have locked again what was unlocked here.
func (in *Rules) MayBeTakenAgain(st *domain.State) {
	for l, stand := range st.Loans.All() {
		if l.Reference && l.Once && stand.Phase == domain.Ended && !stand.Unsure && !in.IsOwn(st, l) {
			stand.Unsure = true
			st.Loans.Set(l, stand)
		}
	}
}

// IsOwn reports whether the object of a reference is the function's own, so
// that nobody else will pay its debt: made here, or acquired here.
func (in *Rules) IsOwn(st *domain.State, l *domain.Loan) bool {
	for _, s := range in.GuardsOf(l) {
		if s.Kind == domain.SymAlloc && !st.Spilled.At(s) && !st.IsStoredAway(s) {
			return true
		}
		for _, base := range s.Guards {
			if _, ok := st.Loans.Get(base); ok && !base.Reference && base.Kind == domain.Acquired {
				return true
			}
		}
	}
	return false
}

// GuardsOf are the symbols that are a guard of l.
func (in *Rules) GuardsOf(l *domain.Loan) (out []*domain.Symbol) {
	for _, s := range in.Made {
		if interp.ContainsLoan(s.Guards, l) {
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

// Book enters where the references stand at the exit e; kept are the loans of which the caller
// has the guards then.
func (in *Rules) Book(e interp.Exit, kept map[*domain.Loan]bool) {
	for l, stand := range e.St.Loans.All() {
		if !l.Reference || stand.Reported || stand.Unsure && stand.Phase != domain.Ended {
			continue
		}
		a := in.accounts.At(l)
		if a == nil {
			a = new(account)
			in.accounts.Set(l, a)
		}
		switch {
		case stand.Phase == domain.Ended:
			a.paid = append(a.paid, in.isFailure(e))
		case in.isTakenAgain(e.St, l): // as the caller has left it
		case kept[l]: // the caller is given what releases it
		case !l.Old && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked && !stand.Asked):
			a.unpaid = append(a.unpaid, unpaidWay{e.Ret, in.isFailure(e)})
		}
	}
}

// isTakenAgain reports whether this way has given back what the caller held, and then taken it
// again as l: who is called with a lock held, waits without it, and returns with it.
func (in *Rules) isTakenAgain(st *domain.State, l *domain.Loan) bool {
	for _, s := range in.GuardsOf(l) {
		p, ok := s.Path()
		if !ok {
			continue
		}
		for e := range st.Effects {
			if e.Kind == domain.EffectKind(summary.Release) && e.Path == p {
				return true
			}
		}
	}
	return false
}

// ReportUnpaid reports the references that are released on one way out and
// not on another. What is given back only where something failed, and held
// where all went well, is held on purpose; so is what another function gives back.
func (in *Rules) ReportUnpaid() {
	for l, a := range in.accounts.All() {
		if len(a.unpaid) == 0 {
			continue
		}
		if len(a.paid) == 0 && in.isLeftForGood(l) {
			in.ReportLeak(l, a.unpaid[0].ret)
			continue
		}
		heldOnSuccess := slices.ContainsFunc(a.unpaid, func(w unpaidWay) bool { return !w.failed })
		if len(a.paid) == 0 || heldOnSuccess && !slices.Contains(a.paid, false) || in.isRelayed(l) {
			if site, ok := l.Key.Site.(ssa.Instruction); ok {
				in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: HandedOn, Loan: l, Analyzer: "revleak"})
			}
			continue
		}
		in.ReportLeak(l, a.unpaid[0].ret)
	}
}

// isFailure reports whether the function answers at e with an error that is
// not nil, or with false.
func (in *Rules) isFailure(e interp.Exit) bool {
	n := len(e.Results)
	if n == 0 {
		return false
	}
	s := e.Results[n-1].One()
	if s == nil {
		return false
	}
	switch t := in.Root.Signature.Results().At(n - 1).Type(); {
	case gotypes.IsError(t):
		known, is := in.Nilness(e.St, s)
		return known && !is || !known && interp.DynamicType(s) != nil // it holds something, be that nil
	case gotypes.IsBoolean(t):
		known, is := in.Truth(e.St, s)
		return known && !is
	}
	return false
}
