package calls

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Which ways out of a callee a call can have.

// possible assumes what must hold of the arguments for this way out.
func (a *application) possible(o summary.Outcome) bool {
	for _, p := range o.Params {
		if p.IsTest() {
			if !a.passesTest(p) {
				return false
			}
			continue
		}
		v := a.value(p.Path, nil)
		s := v.One()
		if s == nil {
			if p.Fact&(summary.True|summary.False) != 0 && !o.LooksUntested(p.Path) && !a.learnFlagOf(p, v) {
				return false
			}
			if p.Fact&(summary.Nil|summary.NotNil) != 0 && !o.LooksUntested(p.Path) {
				a.in.DecideNil(a.st, v, p.Fact&summary.Nil != 0)
			}
			continue
		}
		if p.Type != "" {
			known, is := interp.HasType(a.st, s, p.Type)
			if known && !is {
				return false
			}
			if !known {
				a.in.OpenUp(a.st, s)
			}
			if !known && s.Kind == domain.SymParam {
				a.st.Types.Set(s, p.Type) // its callers will know
			}
		}
		if p.Fact&(summary.Empty|summary.Filled) != 0 && !a.canBeEmpty(p) {
			return false
		}
		if o.LooksUntested(p.Path) {
			continue // see tested
		}
		if p.Fact&(summary.Nil|summary.NotNil) != 0 {
			if !a.in.LearnNil(a.st, s, p.Fact&summary.Nil != 0) {
				return false
			}
			if arg := a.argument(p.Path); arg != nil {
				a.in.NoteNilAsked(a.st, s, arg, p.Fact&summary.Nil != 0)
			}
		}
		if p.Fact&(summary.True|summary.False) != 0 && !a.learnFlag(p, s) {
			return false
		}
	}
	return true
}

// learnFlag assumes of the bool s, which p is about, that it is what p says, and reports whether it can be. Who passed
// it may ask it again.
func (a *application) learnFlag(p summary.ParamFact, s *domain.Symbol) bool {
	if !a.in.Learn(a.st, s, p.Fact&summary.True != 0) {
		return false
	}
	if arg := a.argument(p.Path); arg != nil {
		a.in.NoteAskedBy(a.st, s, arg)
	}
	return true
}

// argument is what the caller wrote down for path; nil if that is no argument.
func (a *application) argument(path summary.Path) ssa.Value {
	_, i, steps := path.Root()
	if steps != "" {
		return nil
	}
	return a.c.Written(i)
}

// learnFlagOf does so of one of several bools, as a && b is: where only one of them can be what p says, it is that one.
func (a *application) learnFlagOf(p summary.ParamFact, v domain.Value) bool {
	var can domain.Value
	for _, s := range v {
		if known, is := a.in.Truth(a.st, s); !known || is == (p.Fact&summary.True != 0) {
			can = append(can, s)
		}
	}
	if s := can.One(); s != nil {
		return a.learnFlag(p, s)
	}
	return len(can) > 0 || len(v) == 0
}

// canBeEmpty reports whether the slice that p is about can be empty, or not, as p says, and
// assumes it.
func (a *application) canBeEmpty(p summary.ParamFact) bool {
	v, empty := a.value(p.Path, nil), p.Fact&summary.Empty != 0
	if n, ok := a.st.Count(v); ok {
		return (n == 0) == empty
	}
	switch s := v.One(); {
	case s == nil:
		return true
	case s.IsNil():
		return empty
	case (s.Kind == domain.SymParam || domain.IsGivenSlice(s)) && !s.Old:
		return a.in.Learn(a.st, a.in.EmptyTest(s), empty)
	}
	return true
}

// allows reports whether o can be the way out, for all that is known before the call.
func (a *application) allows(o summary.Outcome) bool {
	return !slices.ContainsFunc(o.Params, func(p summary.ParamFact) bool {
		if p.IsTest() {
			known, is, _ := a.test(p)
			return known && is != (p.Fact&summary.True != 0)
		}
		s := a.value(p.Path, nil).One()
		if s == nil {
			return false
		}
		if p.Type != "" {
			if known, is := interp.HasType(a.st, s, p.Type); known && !is {
				return true
			}
		}
		isNil, nilKnown := p.Fact&summary.Nil != 0, p.Fact&(summary.Nil|summary.NotNil) != 0
		if known, is := a.in.Nilness(a.st, s); known && nilKnown && is != isNil {
			return true
		}
		isTrue, truthKnown := p.Fact&summary.True != 0, p.Fact&(summary.True|summary.False) != 0
		known, is := a.in.Truth(a.st, s)
		return known && truthKnown && is != isTrue
	})
}
