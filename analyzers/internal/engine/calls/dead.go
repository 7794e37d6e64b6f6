package calls

import (
	"go/types"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Where the program ends there is no way out, and nothing that a caller could go on with. But what
// happened before that has happened: a look at what the caller had released, or had not been given.

// maxDeaths is how many ends of the program a summary tells apart by what was found of the parameters.
const maxDeaths = 3

// Dies is the end of the program, in st: callers are told what was looked at and released before; of a
// function that only tests, that it came to that, because they may have looked before.
func (in *Calls) Dies(st *domain.State) {
	var o summary.Outcome
	for e := range st.Effects {
		kind := summary.EffectKind(e.Kind)
		if kind == summary.Release || kind == summary.Late || kind == summary.Deref && in.isOnLoan(e.Path) {
			o.Effects = append(o.Effects, summary.Effect{Kind: kind, Path: e.Path, Detail: e.Detail, May: true})
		}
	}
	o.Params = slices.DeleteFunc(in.foundOfParams(st), summary.ParamFact.IsTest)
	if len(o.Effects) == 0 && (len(o.Params) == 0 || in.Lendable.Len()+in.Guarding.Len() == 0) {
		return
	}
	slices.SortFunc(o.Effects, summary.Effect.Compare)
	if slices.ContainsFunc(in.deaths, o.Equal) {
		return
	}
	if len(in.deaths) < maxDeaths {
		in.deaths = append(in.deaths, o)
		return
	}
	last := &in.deaths[maxDeaths-1]
	last.Params = slices.DeleteFunc(slices.Clone(last.Params), func(p summary.ParamFact) bool { return !slices.Contains(o.Params, p) })
	for _, e := range o.Effects {
		if !slices.Contains(last.Effects, e) {
			last.Effects = append(slices.Clip(last.Effects), e)
		}
	}
	slices.SortFunc(last.Effects, summary.Effect.Compare)
}

// isOnLoan reports whether path leads, from a parameter of the function under analysis, to what is
// of a type that loans have.
func (in *Calls) isOnLoan(path summary.Path) bool {
	letter, i, steps := path.Root()
	if letter != 'p' || i >= len(in.Root.Params) {
		return false
	}
	t := typeAlong(in.Root.Params[i].Type(), steps)
	return t != nil && (in.Lendable.Has(t) || in.Guarding.Has(t))
}

// typeAlong is the type of what steps lead to from a t, nil if nobody can say.
func typeAlong(t types.Type, steps summary.Path) types.Type {
	for len(steps) > 0 && t != nil {
		field, load, rest := steps.Next()
		steps = rest
		if load {
			t = gotypes.Deref(t)
			continue
		}
		ft, isAddr := partType(t, field)
		if t = ft; isAddr && ft != nil {
			t = types.NewPointer(ft)
		}
	}
	return t
}

// deadEnds does to the arguments of c what the callee does before it ends the program. That it
// comes to that is nowhere certain.
func (in *Calls) deadEnds(st *domain.State, c *interp.CallSite, s *summary.Summary) {
	for _, o := range s.Dead {
		a := &application{in: in, of: s, st: st.Clone(), c: c}
		if !in.Spend(1+len(o.Effects)) || !a.possible(o) {
			continue
		}
		released, late := a.concerned(o, summary.Release), a.concerned(o, summary.Late)
		a.looks(o)
		a.releases(o, released, nil, func(summary.Path) bool { return true })
		a.looksLate(o, late)
		in.Dies(a.st)
	}
}
