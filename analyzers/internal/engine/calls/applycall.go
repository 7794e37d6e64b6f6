package calls

import (
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// calls executes the functions among the arguments that the callee calls.
func (a *application) calls(o summary.Outcome) []*domain.State {
	states := []*domain.State{a.st}
	for i, e := range o.Effects {
		if e.Kind != summary.Call {
			continue
		}
		if all, ok := a.elements[i]; ok && a.areFunctions(all) {
			states = a.callEach(e, all, states)
			continue
		}
		if _, _, steps := e.Path.Root(); steps != "" && !a.isOneFunction(e.Path) {
			root, _, _ := strings.Cut(string(e.Path), ".")
			for _, st := range states {
				b := &application{in: a.in, of: a.of, st: st, c: a.c, answers: a.answers}
				passed := b.passed(e)
				for _, i := range slices.Sorted(maps.Keys(passed)) {
					a.in.letGo(st, passed[i], a.c)
				}
				if b.callsForCaller(e) {
					continue
				}
				a.in.letGo(st, b.value(summary.Path(strings.TrimRight(root, "*")), nil), a.c) // it is among what lies there
			}
			continue
		}
		cb := &callback{args: a.lent(e), passed: a.passed(e), runs: atLeast1, element: a.isInOneCollection(e.Path), once: e.Way == summary.AtMostOnce}
		if e.May || e.To != "" { // there may be no element
			cb.runs = onSomeWays
		}
		var next []*domain.State
		for _, st := range states {
			next = append(next, a.in.runCallback(st, a.c, a.answer(e.Path), cb)...)
		}
		states = a.in.Merged(next)
	}
	return states
}

// isInOneCollection reports whether path leads to an element of one collection. Of which collection, may go with what else
// is known here.
func (a *application) isInOneCollection(path summary.Path) bool {
	of, _, isElement := strings.Cut(string(path), string(summary.Path("").Field(domain.ElementIndex)))
	return isElement && a.value(summary.Path(of), nil).One() != nil
}

// callEach executes all, the functions in a collection, one after the other. What they put into the collection itself may be
// called, too.
func (a *application) callEach(e summary.Effect, all []domain.Value, states []*domain.State) []*domain.State {
	was := a.value(e.To, nil)
	for _, v := range all {
		var next []*domain.State
		for _, st := range states {
			next = append(next, a.in.runCallback(st, a.c, v, &callback{runs: atLeast1})...)
		}
		states = a.in.Merged(next)
	}
	for _, st := range states {
		b := &application{in: a.in, of: a.of, st: st, c: a.c}
		if is := b.value(e.To, nil); !slices.Equal(is, was) {
			a.in.letGo(st, is, a.c)
		}
	}
	return states
}

// callsForCaller tells callers that e calls a function which stands in memory of
// theirs; not where it may be another one.
func (a *application) callsForCaller(e summary.Effect) bool {
	v := a.answer(e.Path)
	if len(v) == 0 || slices.ContainsFunc(v, func(s *domain.Symbol) bool { return s.ReachedFrom() == nil || s.ReachedFrom().Kind != domain.SymParam }) {
		return false
	}
	told := false
	for _, s := range v {
		if p, ok := s.Path(); ok && s.Kind == domain.SymContent {
			a.st.AffectPerhaps(e.May || len(v) > 2, summary.Call, p, summary.Detail{}, a.c.Pos)
			told = true
		}
	}
	return told
}

// isOneFunction reports whether path names one function that is known, be it one that releases something.
func (a *application) isOneFunction(path summary.Path) bool {
	s := a.answer(path).One()
	return s != nil && (s.Kind == domain.SymFunc || gotypes.IsFunc(s.Typ) && !s.Old && len(a.in.GuardedBy(a.st, s)) > 0)
}

// lent are the arguments that the callee lends to a function it calls.
func (a *application) lent(e summary.Effect) []ScopedArg {
	var out []ScopedArg
	for x := range e.Args.All() {
		if !x.Lent {
			continue
		}
		arg := ScopedArg{Claim: inferred, Path: contract.Path{Root: contract.CallbackParam, Index: x.Index}, By: a.c.Name()}
		if x.Path != "" {
			arg.Owner = a.answer(x.Path)
		}
		out = append(out, arg)
	}
	return out
}

// passed is what the callee calls a function with that it was itself given.
func (a *application) passed(e summary.Effect) map[int]domain.Value {
	out := make(map[int]domain.Value)
	for x := range e.Args.All() {
		if x.Lent {
			continue
		}
		if v := a.answer(x.Path); len(v) > 0 {
			out[x.Index] = v
		}
	}
	return out
}

// inferred is the claim of what a body was seen to lend.
var inferred = &contract.Claim{Verb: contract.Scoped}

// invoke repeats the call of a method of an interface that the callee was
// given: here it may be known what the interface holds.
func (a *application) invoke(e summary.Effect, v domain.Value) {
	in := a.in
	for _, s := range v {
		if p, ok := s.Path(); ok && len(in.GuardedBy(a.st, s)) == 0 && types.IsInterface(s.Typ) {
			a.st.AffectPerhaps(e.May, summary.Invoke, p, e.Detail, a.c.Pos)
			continue
		}
		if isClient(s.Typ) {
			in.Use(a.st, domain.Value{s}, a.c.Site())
			continue
		}
		if isTest(s, e.Method) {
			if !e.May {
				in.failed(a.st, domain.Value{s}, a.c)
			}
			continue
		}
		m := in.methodOf(s, e.Method)
		if m == nil {
			in.letGo(a.st, domain.Value{s}, a.c)
			continue
		}
		c := a.callOf(m, s)
		if in.leavesDebt(c) {
			in.Use(a.st, domain.Value{s}, a.c.Site())
			continue
		}
		sum := in.summaryOf(c)
		if sum == nil || in.contractOf(c) != nil {
			in.letGo(a.st, domain.Value{s}, a.c)
			continue
		}
		for _, o := range sum.Outcomes {
			for _, f := range o.Effects {
				letter, i, _ := f.Path.Root()
				if f.Kind == summary.Deref && letter == 'p' && i == 0 {
					b := &application{in: in, of: sum, st: a.st, c: c}
					in.Look(a.st, b.value(f.Path, nil), a.c.Site())
					if s.IsTypedNil() {
						in.UseNil(s.Typ, a.c.Site())
					}
				}
				harmless := f.Kind == summary.Deref || f.Kind == summary.Event || f.Kind == summary.Join || f.Kind == summary.Waits
				if letter == 'p' && i == 0 && !harmless {
					b := &application{in: in, of: sum, st: a.st, c: c}
					in.letGo(a.st, b.value(f.Path, nil), a.c)
				}
			}
		}
	}
}

// callOf is the call of the method m of s that the callee makes by way of an interface.
func (a *application) callOf(m *types.Func, s *domain.Symbol) *interp.CallSite {
	c := &interp.CallSite{Instr: a.c.Instr, Pos: a.c.Pos, Sig: m.Signature(), Args: []domain.Value{{s}}, ArgTypes: []types.Type{s.Typ}, HasRecv: true}
	a.in.resolveMethod(c, m)
	return c
}

// looksByMethod reports whether the callee calls a method of the interface at p, which looks at what v is however it goes,
// and without asking first whether that is nil.
func (a *application) looksByMethod(o summary.Outcome, p summary.Path, v domain.Value) bool {
	s := v.One()
	return s != nil && slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
		if e.Kind != summary.Invoke || e.Path != p || e.May {
			return false
		}
		m := a.in.methodOf(s, e.Method)
		if m == nil {
			return false
		}
		c := a.callOf(m, s)
		sum := a.in.summaryOf(c)
		return sum != nil && a.in.contractOf(c) == nil && alwaysLooks(sum, "p0")
	})
}

// alwaysLooks reports whether a function looks at p however it goes, and without asking first whether that is nil.
func alwaysLooks(s *summary.Summary, p summary.Path) bool {
	return len(s.Outcomes) > 0 && !slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return o.Presumes(p) && !o.LooksUntested(p) || !slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
			return e.Kind == summary.Deref && e.Path == p && !e.May
		})
	})
}
