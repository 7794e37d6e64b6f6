package calls

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// The loans that a callee hands to its caller, or leaves to it.

// loan is the loan that t is at this call: the same on every way out.
func (a *application) loan(t summary.Loan) *domain.Loan {
	in := a.in
	return in.LoanOf(domain.LoanKey{Site: a.c.Site(), Claim: -2, Variant: strconv.Itoa(int(t.Kind)) + " " + t.What + " " + t.Name + " " + string(slices.Concat(t.Values, t.Guards)[0])}, func(l *domain.Loan) {
		l.Kind, l.Pos, l.What = domain.Kind(t.Kind), a.c.Pos, a.c.Name()
		l.SetFlags(t.Flags)
		l.Op = contract.Op(t.Op)
		for _, u := range t.Until {
			l.Until = append(l.Until, parseEvent(u))
		}
		l.Name = t.Name
		if len(t.Values) > 0 {
			if name := a.placeName(t.Values[0]); name != "" {
				l.Name = name
			}
			if letter, i, _ := t.Values[0].Root(); letter == 'r' {
				if name := in.Names.Result(a.c.Instr, i); name != "" {
					l.Name = name
				}
			}
		}
		l.Claim = &contract.Claim{}
	})
}

// placeName is what people call the place, in memory that they passed, that path
// leads to: the variable x for &x, or a field of it.
func (a *application) placeName(path summary.Path) string {
	letter, i, steps := path.Root()
	if letter != 'p' || i >= len(a.c.ArgTypes) {
		return ""
	}
	name := strings.TrimPrefix(a.in.Names.Argument(a.c.Instr, i), "&")
	t := a.c.ArgTypes[i]
	for name != "" && steps != "" {
		field, load, rest := steps.Next()
		steps = rest
		if load {
			continue
		}
		f := gotypes.FieldOf(t, max(field, 0))
		if f == nil || field < 0 {
			return ""
		}
		name, t = name+"."+f.Name(), f.Type()
	}
	return name
}

// issue begins a loan that the callee took for its caller.
func (a *application) issue(o summary.Outcome, t summary.Loan, results []domain.Value) {
	guards := a.guardsOf(t, results)
	if domain.Kind(t.Kind) == domain.Acquired && !slices.ContainsFunc(guards, func(p summary.Path) bool { return len(a.guard(p, results)) > 0 }) {
		a.doubt(t) // its guard is where nobody here can name it: behind an interface
		return
	}
	parked, ok := a.placed(t)
	if !ok {
		a.doubt(t)
		return
	}
	l := a.loan(t)
	l.Outside = l.Outside || len(t.Outside) > 0 && slices.Equal(guards, t.Outside)
	if l.Mandatory && slices.ContainsFunc(guards, func(p summary.Path) bool { return len(a.guard(p, results)) == 0 }) {
		a.doubt(t) // it stands in a second place, where a release is not seen
		l.Mandatory = false
	}
	if l.Mandatory && len(guards) == 1 {
		if letter, i, steps := guards[0].Root(); letter == 'r' && steps == "" {
			a.in.KeptInContext(a.st, a.c, l, i)
		}
	}
	a.settle(t.Values, results)
	a.settle(guards, results)
	stand := domain.Standing{Phase: domain.Phase(t.Phase), Parked: parked, Asked: t.Flags&domain.FlagAsked != 0}
	if t.Flags&domain.FlagFar != 0 {
		stand.Far = a.c.Site()
	}
	// Who gives a lock back and takes it again leaves it as it was: its caller has it, or does not.
	stand.Passed = slices.ContainsFunc(guards, func(p summary.Path) bool {
		return slices.ContainsFunc(a.of.Outcomes, func(o summary.Outcome) bool {
			return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
				return e.Kind == summary.Release && e.Path == p || e.Kind == summary.Moved && (e.Path == p || e.Path.Load() == p)
			})
		})
	})
	for _, p := range t.Values {
		for _, s := range a.value(p, results) {
			if s.Kind != domain.SymConst {
				l.Hold(s)
			}
		}
	}
	for _, p := range guards {
		for _, s := range a.guard(p, results) {
			if s.Kind != domain.SymConst {
				domain.Attach(&s.Guards, l)
			}
		}
	}
	for _, p := range t.Owner {
		stand.Owner = stand.Owner.Union(a.value(p, results))
	}
	if l.Kind == domain.Borrowed && len(stand.Owner) == 0 {
		stand.Unsure = true // who has its owner may end it, and is not followed
	}
	l.FromScope = l.FromScope || rules.IsFromScope(stand.Owner)
	if t.Cond != "" {
		l.Cond, l.Op = a.value(t.Cond, results), contract.Op(t.Op)
	}
	// Some callees hand something out beside an error, the response that says why: who asks which failure it is
	// knows whether there is something to release, and revlint does not.
	if l.Kind == domain.Acquired && a.isFailure(o) && a.asksWhichError() {
		stand.Unsure, stand.Phase = true, domain.Moved
	}
	a.st.Loans.Set(l, stand)
	if stand.Unsure && l.Mandatory {
		a.in.DoubtLeak(a.st, l)
	}
	a.noteUnless(l)
}

// isFailure reports whether o answers with an error that is not nil.
func (a *application) isFailure(o summary.Outcome) bool {
	for i, r := range o.Results {
		if r.Fact&summary.NotNil != 0 && gotypes.IsError(a.c.Sig.Results().At(i).Type()) {
			return true
		}
	}
	return false
}

// noteUnless notes what the callee found of bools that were passed where it handed out nothing: when that is known here, l is most
// likely not there.
func (a *application) noteUnless(l *domain.Loan) {
	for _, o := range a.of.Outcomes {
		if len(o.Loans) > 0 || !a.allows(o) {
			continue
		}
		found := make(domain.Findings)
		for _, p := range o.Params {
			f := p.Fact & (summary.True | summary.False)
			if _, _, steps := p.Path.Root(); f == 0 || steps != "" || p.IsTest() {
				continue
			}
			if s := a.value(p.Path, nil).One(); s != nil && s.Kind != domain.SymConst && !s.Old {
				found[s] = domain.Fact(f)
			}
		}
		if len(found) > 0 && !slices.ContainsFunc(l.Unless, func(u domain.Findings) bool { return maps.Equal(u, found) }) {
			l.Unless = append(l.Unless, found)
		}
	}
}

// leave attaches t, which the callee took and ended, to the values of it that the callee left
// behind. Of what stands inside of what it returned it is certain that it is over.
func (a *application) leave(t summary.Loan, results []domain.Value) {
	l, stand := a.loan(t), domain.Standing{Phase: domain.Ended, Unsure: true}
	if domain.Phase(t.Phase) == domain.Ended {
		a.settle(t.Values, results)
		stand.Unsure, stand.Ended, stand.EndedBy = false, a.c.Pos, a.c.Name()
		a.in.Tally.End(l, stand.Ended, stand.EndedBy)
	}
	for _, p := range t.Values {
		s := a.value(p, results).One()
		if a.isMade(s) || !stand.Unsure && s != nil && !s.Old && s.Kind == domain.SymContent && a.isTheirs(s) {
			domain.Attach(&s.Loans, l)
			a.st.Loans.Set(l, stand)
		}
	}
}

// doubt counts that the release of t, which the caller has no name for, is not followed.
func (a *application) doubt(t summary.Loan) {
	if domain.Kind(t.Kind) == domain.Acquired && t.Flags&domain.FlagMandatory != 0 && t.Flags&domain.FlagReference == 0 {
		a.in.DoubtGiven(a.c.Site())
	}
}

// placed reports whether the values and guards of t that the callee put into
// memory of this function's are there now, for certain; and whether that memory
// is, in turn, the memory of its caller.
func (a *application) placed(t summary.Loan) (parked, ok bool) {
	for _, p := range slices.Concat(t.Values, t.Guards) {
		letter, _, _ := p.Root()
		if letter == 'g' {
			if s := a.value(p, nil).One(); s == nil || s.Kind != domain.SymFresh || s.Old {
				return false, false
			}
		}
		if letter != 'p' || domain.Kind(t.Kind) == domain.Acquired && t.Flags&domain.FlagReference != 0 {
			continue
		}
		s := a.value(p, nil).One()
		if s == nil || s.Kind != domain.SymFresh && s.Kind != domain.SymContent || s.Old || !a.isTheirs(s) {
			return false, false
		}
		at := a.holder(p)
		if at == nil {
			return false, false
		}
		if o := at.Object(); !o.Old && (o.Kind == domain.SymAlloc && !a.st.Spilled.At(o) || o.Kind == domain.SymFresh && domain.Kind(t.Kind) == domain.Borrowed) {
			continue // what is only lent there owes nothing, whoever has the object besides
		}
		if !a.in.IsPlace(at) {
			return false, false
		}
		parked = true
	}
	return parked, true
}

// isTheirs reports whether the callee made s, or what leads to it.
func (a *application) isTheirs(s *domain.Symbol) bool { return s.Root().IsMadeAt(a.c.Site()) }

// holder is the address in this function's memory from which what path names is reached, by
// way of what the callee made; nil if that is not known.
func (a *application) holder(path summary.Path) *domain.Symbol {
	for {
		at, isLoad := strings.CutSuffix(string(path), "*")
		if !isLoad {
			return nil
		}
		path = summary.Path(at)
		if s := a.value(path, nil).One(); s == nil || !a.isTheirs(s) {
			return s
		}
	}
}

// settle puts what paths name in memory, where it can be found from the
// objects that hold it.
func (a *application) settle(paths []summary.Path, results []domain.Value) {
	for _, p := range paths {
		for _, s := range a.value(p, results) {
			a.in.Settle(a.st, s, a.c)
		}
	}
}

// guard is the guard that path names; what a closure captures is released by
// calling the closure.
func (a *application) guard(p summary.Path, results []domain.Value) domain.Value {
	s := string(p)
	if i := strings.Index(s, ".-"); i >= 0 && !strings.HasPrefix(s[i:], ".-1") {
		p = summary.Path(s[:i])
	}
	v := a.value(p, results)
	return slices.Clone(v)
}

func parseEvent(s string) contract.Event {
	var e contract.Event
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		e.Type, s = s[:i], s[i+1:]
	}
	e.Name, e.Prefix = strings.CutSuffix(s, "*")
	return e
}
