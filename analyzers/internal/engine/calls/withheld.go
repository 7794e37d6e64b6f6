package calls

import (
	"slices"
	"strconv"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What a callee left otherwise on one way out than on another: nothing, where another would have put something on loan.

// learn adds what is known of what the callee left in memory of its caller's.
func (a *application) learn(o summary.Outcome) {
	for _, p := range o.Left {
		s := a.value(p.Path, nil).One()
		if s == nil || s.Kind != domain.SymFresh || s.Old {
			continue
		}
		if p.Fact&(summary.Nil|summary.NotNil) != 0 {
			a.in.LearnNil(a.st, s, p.Fact&summary.Nil != 0)
		}
		if p.Fact&summary.Nil != 0 {
			a.missing(p.Path, s)
		}
		if p.Fact&(summary.True|summary.False) != 0 {
			a.in.Learn(a.st, s, p.Fact&summary.True != 0)
		}
	}
}

// missing notes that the loan which another way out puts at path, where s now stands, is
// absent.
func (a *application) missing(path summary.Path, s *domain.Symbol) {
	for _, o := range a.of.Outcomes {
		for _, t := range o.Loans {
			if !slices.Contains(t.Values, path) || domain.Kind(t.Kind) != domain.Acquired && domain.Kind(t.Kind) != domain.MayNil {
				continue
			}
			a.absent(t, s, false)
		}
	}
}

// absent puts s on the loan t, which is not there on this way out; it reports whether that is
// so, and not another loan of this callee's stands for t already.
func (a *application) absent(t summary.Loan, s *domain.Symbol, unsure bool) bool {
	l := a.loan(t)
	domain.Attach(&s.Loans, l)
	if _, ok := a.st.Loans.Get(l); ok {
		return false
	}
	a.st.Loans.Set(l, domain.Standing{Phase: domain.Absent, Unsure: unsure})
	return true
}

// withheld notes what another way out would have put on loan, and this one has not: whether
// there is something to look at then, nobody has said.
func (a *application) withheld(o summary.Outcome, results []domain.Value) {
	for _, other := range a.of.Outcomes {
		for _, t := range other.Loans {
			if domain.Kind(t.Kind) != domain.Acquired || slices.ContainsFunc(o.Loans, func(has summary.Loan) bool { return slices.Equal(has.Values, t.Values) }) {
				continue
			}
			if t.Flags&domain.FlagNilable != 0 {
				for _, p := range t.Values {
					if s := a.value(p, results).One(); a.isMade(s) {
						a.absent(t, s, true)
					} else if a.isNothing(s) && o.ExcludesByResults(other) && !a.mayHaveFailed(o) {
						a.leftNil(t, p)
					}
				}
			}
			if t.Flags&domain.FlagNilGuard != 0 {
				a.withheldGuards(t, results)
			}
			if o.ExcludesByResults(other) && !a.mayHaveFailed(o) {
				a.withheldWhole(o, t, results)
			}
		}
	}
}

// mayHaveFailed reports whether the callee answers with an error of which nothing is known.
func (a *application) mayHaveFailed(o summary.Outcome) bool {
	for i, r := range o.Results {
		if r.Fact&(summary.Nil|summary.NotNil) == 0 && gotypes.IsError(a.c.Sig.Results().At(i).Type()) {
			return true
		}
	}
	return false
}

// isNothing reports whether s is nil, or what an earlier round of a loop has found to be nil.
func (a *application) isNothing(s *domain.Symbol) bool {
	if s == nil || s.IsNil() || !s.Old || len(s.AllLoans()) == 0 {
		return s != nil && s.IsNil()
	}
	return !slices.ContainsFunc(s.AllLoans(), func(l *domain.Loan) bool {
		stand, ok := a.st.Loans.Get(l)
		return !ok || !l.Nilable || stand.Phase != domain.Absent
	})
}

// leftNil puts what is nil at path, in the caller's memory, on the loan t: another way out would have put a value of
// that there, and this one, which its answer tells from the other, has put nothing.
func (a *application) leftNil(t summary.Loan, path summary.Path) {
	at := a.holder(path)
	if at == nil || at.Old || at.Kind == domain.SymConst || !gotypes.IsPointer(at.Typ) {
		return
	}
	c := a.st.Mem.At(at)
	if c.Perhaps {
		return
	}
	x := a.in.OverwrittenAt(a.c.Site(), at)
	a.in.LearnNil(a.st, x, true)
	if a.absent(t, x, false) {
		c.V = domain.Value{x}
		a.st.Mem.Set(at, c)
	}
}

// withheldGuards notes the same of what would have guarded t.
func (a *application) withheldGuards(t summary.Loan, results []domain.Value) {
	l := a.loan(t)
	for _, p := range a.guardsOf(t, results) {
		s := a.guard(p, results).One()
		if stand, ok := a.st.Loans.Get(l); !a.isMade(s) || ok && stand.Phase != domain.Absent {
			continue
		} else if !ok {
			a.st.Loans.Set(l, domain.Standing{Phase: domain.Absent, Unsure: true})
		}
		domain.Attach(&s.Guards, l)
	}
}

// withheldWhole notes that a result is nil in which another way out hands out t: who follows it ends the program.
func (a *application) withheldWhole(o summary.Outcome, t summary.Loan, results []domain.Value) {
	for _, p := range slices.Concat(t.Values, t.Guards) {
		letter, i, steps := p.Root()
		if letter != 'r' || steps == "" || i >= len(results) {
			continue
		}
		s, typ := results[i].One(), a.c.Sig.Results().At(i).Type()
		if s == nil || s.Kind != domain.SymConst || !s.IsNil() || !gotypes.IsPointer(typ) || a.mayHandOut(o, i) {
			continue
		}
		l := a.in.LoanOf(domain.LoanKey{Site: a.c.Site(), Claim: -2, Variant: "whole r" + strconv.Itoa(i)}, func(l *domain.Loan) {
			l.Kind, l.Pos, l.What, l.Claim = domain.Acquired, a.c.Pos, a.c.Name(), &contract.Claim{}
			l.Name, l.Nilable = a.in.Names.Result(a.c.Instr, i), true
		})
		x := a.in.Unknown(domain.Slot{Tuple: a.c.Instr.Value(), Index: i}, typ)
		a.in.LearnNil(a.st, x, true)
		domain.Attach(&x.Loans, l)
		a.st.Loans.Set(l, domain.Standing{Phase: domain.Absent})
		results[i] = domain.Value{x}
	}
}

// mayHandOut reports whether a way out that answers as o does, but for result i, has something there: one failure
// of several, which only the error tells from the others.
func (a *application) mayHandOut(o summary.Outcome, i int) bool {
	bare := func(o summary.Outcome) summary.Outcome {
		o.Results = slices.Clone(o.Results)
		o.Results[i] = summary.Result{}
		return o
	}
	return slices.ContainsFunc(a.of.Outcomes, func(p summary.Outcome) bool {
		return p.Results[i].Fact&summary.Nil == 0 && !bare(o).ExcludesByResults(bare(p))
	})
}

// isMade reports whether s is what the callee made, or lies in it.
func (a *application) isMade(s *domain.Symbol) bool {
	return s != nil && !s.Old && (s.Kind == domain.SymFresh || s.Kind == domain.SymField) && a.isTheirs(s)
}
