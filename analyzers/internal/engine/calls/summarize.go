package calls

import (
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Summarize makes the summary of the outcomes that were found: those that no
// loan of a caller can tell apart are one.
func (in *Calls) Summarize() *summary.Summary {
	s := &summary.Summary{Version: summary.Version, Globals: in.globals}
	in.outcomes = withoutTests(in.outcomes)
	for i := range in.outcomes {
		in.countCalls(&in.outcomes[i])
	}
	// What a field was found to be matters where that decides about a release, or about what
	// the caller has to release.
	releases := slices.ContainsFunc(in.outcomes, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool { return e.Kind == summary.Release })
	})
	decides := lendingFields(in.outcomes)
	for p := range lookedAtBy(in.outcomes) {
		decides[p] = true
	}
	for _, o := range in.outcomes {
		for _, e := range o.Effects {
			if e.Kind == summary.Call { // a function that is called where it is there may release
				decides[e.Path] = true
			}
		}
	}
	flags, deciders := toldByFlags(in.outcomes)
	for p, is := range deciders {
		decides[p] = decides[p] || is
	}
	lends := slices.ContainsFunc(in.outcomes, func(o summary.Outcome) bool { return len(o.Loans) > 0 })
	for _, o := range in.outcomes {
		if !lends {
			o.Left = slices.DeleteFunc(o.Left, func(p summary.ParamFact) bool { return !flags[p.Path] })
		}
		o.Params = slices.DeleteFunc(o.Params, func(p summary.ParamFact) bool {
			_, _, steps := p.Path.Root()
			if p.Fact&(summary.Empty|summary.Filled) != 0 {
				return !touchesElements(in.outcomes, p.Path) && !answersWithElement(in.outcomes, p.Path)
			}
			if steps == "" || releases || decides[p.Path] || p.Type != "" || in.lendable[p.Path] && isFoundEverywhere(in.outcomes, p) {
				return false
			}
			// That it was tested first is not said any more: it is looked at perhaps, and so is
			// what is not looked at on all ways out.
			for i, e := range o.Effects {
				if e.Kind == summary.Deref && (strings.HasPrefix(string(e.Path), string(p.Path)) || !isEverywhere(in.outcomes, e)) {
					o.Effects[i].May = true
				}
			}
			return true
		})
		s.Outcomes = addDistinct(s.Outcomes, o)
	}
	if len(s.Outcomes) > maxOutcomes {
		s.Outcomes = withoutNumbers(s.Outcomes)
	}
	if len(s.Outcomes) > maxOutcomes {
		s.Outcomes = joinLooks(s.Outcomes)
	}
	if len(s.Outcomes) > maxOutcomes {
		in.doubtHandedOut()
		return nil
	}
	in.Doubts = doubtReleases(s.Outcomes)
	doubtCalls(s.Outcomes)
	doubtWaits(s.Outcomes)
	s.Dead = in.deaths
	return s
}

// doubtHandedOut counts that callers are not told of what they have to release.
func (in *Calls) doubtHandedOut() {
	for l := range in.handed.All() {
		in.Untold(l)
	}
}

// isFoundEverywhere reports whether all ways out find p: without it there is none.
func isFoundEverywhere(list []summary.Outcome, p summary.ParamFact) bool {
	return !slices.ContainsFunc(list, func(o summary.Outcome) bool { return !slices.Contains(o.Params, p) })
}

// touchesElements reports whether something is done to the elements of p on some way out and
// not on all.
func touchesElements(list []summary.Outcome, p summary.Path) bool {
	return slices.ContainsFunc(list, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
			return e.Kind != summary.Deref && e.Kind != summary.Event && e.Path.HasElement() && strings.HasPrefix(string(e.Path), string(p)+".") && !isEverywhere(list, e)
		})
	})
}

// answersWithElement reports whether an element of p is among the results of some ways out, and not of all: who takes
// one out of a collection says whether there was one.
func answersWithElement(list []summary.Outcome, p summary.Path) bool {
	has := func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Results, func(r summary.Result) bool {
			return slices.ContainsFunc(slices.Concat(r.Alias, r.From), func(q summary.Path) bool {
				return q.HasElement() && strings.HasPrefix(string(q), string(p)+".")
			})
		})
	}
	return slices.ContainsFunc(list, has) && slices.ContainsFunc(list, func(o summary.Outcome) bool { return !has(o) })
}

// isEverywhere reports whether e is done on all ways out.
func isEverywhere(list []summary.Outcome, e summary.Effect) bool {
	return !slices.ContainsFunc(list, func(o summary.Outcome) bool {
		return !slices.ContainsFunc(o.Effects, func(f summary.Effect) bool { return f.Kind == e.Kind && f.Path == e.Path })
	})
}

// maxFieldFacts is how many facts of parameters a function may have for those of fields to be told
// because of looks: what it looks at is perhaps looked at, otherwise.
const maxFieldFacts = 40

// lookedAtBy are the paths to fields that decide whether something else is looked at: on a way
// out on which it is, the field was found to be what it is on no way out on which it is not.
func lookedAtBy(list []summary.Outcome) map[summary.Path]bool {
	out := make(map[summary.Path]bool)
	facts := 0
	for _, o := range list {
		facts += len(o.Params)
	}
	if len(list) > maxOutcomes/2 || facts > maxFieldFacts {
		return out
	}
	for _, o := range list {
		for _, e := range o.Effects {
			if e.Kind != summary.Deref || e.May || isEverywhere(list, e) {
				continue
			}
			for _, f := range o.Params {
				if _, _, steps := f.Path.Root(); steps == "" || strings.HasPrefix(string(e.Path), string(f.Path)) {
					continue
				}
				only := summary.Outcome{Params: []summary.ParamFact{f}}
				out[f.Path] = out[f.Path] || !slices.ContainsFunc(list, func(p summary.Outcome) bool {
					return !slices.ContainsFunc(p.Effects, func(g summary.Effect) bool { return g.Kind == e.Kind && g.Path == e.Path }) && !only.ExcludesByArguments(p)
				})
			}
		}
	}
	return out
}

// lendingFields are the paths to fields that decide whether something is handed out: on one way out
// it is, and a field was found to be something that it is on no other way that hands out as much;
// while nothing that is returned tells the caller the one from a way that hands out less.
func lendingFields(list []summary.Outcome) map[summary.Path]bool {
	out := make(map[summary.Path]bool)
	for _, o := range list {
		unseen := slices.ContainsFunc(list, func(p summary.Outcome) bool {
			return len(p.Loans) < len(o.Loans) && !o.ExcludesByResults(p)
		})
		for _, f := range o.Params {
			if _, _, steps := f.Path.Root(); steps == "" || !unseen {
				continue
			}
			only := summary.Outcome{Params: []summary.ParamFact{f}}
			out[f.Path] = out[f.Path] || !slices.ContainsFunc(list, func(q summary.Outcome) bool {
				return len(q.Loans) >= len(o.Loans) && only.ExcludesByArguments(q)
			})
		}
	}
	return out
}

// doubtCalls marks the calls of functions that were passed which happen for
// reasons that no caller can see, as sync.Once has them: on another way out that
// nothing the caller knows tells apart from this one, they do not.
func doubtCalls(list []summary.Outcome) {
	type doubt struct {
		outcome int
		effect  summary.Effect
	}
	var doubts []doubt
	for i, o := range list {
		for _, e := range o.Effects {
			if e.Kind != summary.Call {
				continue
			}
			for j, p := range list {
				if i == j || p.Calls(e.Path) || o.Excludes(p) && !o.ExcludesByMemory(p) {
					continue
				}
				doubts = append(doubts, doubt{i, e}, doubt{j, e})
			}
		}
	}
	for _, d := range doubts {
		o := &list[d.outcome]
		o.Effects = slices.DeleteFunc(slices.Clone(o.Effects), func(e summary.Effect) bool {
			return e.Same(d.effect)
		})
		d.effect.May = true
		o.Effects = append(o.Effects, d.effect)
		slices.SortFunc(o.Effects, summary.Effect.Compare)
	}
}

// doubtReleases marks the releases that happen for reasons which no caller can
// see, say that a count fell to zero: on another way out that nothing tells
// apart from this one, they do not (decision 20). It returns how many there are.
func doubtReleases(list []summary.Outcome) int {
	type doubt struct{ outcome, effect int }
	var doubts []doubt
	for i, o := range list {
		for n, e := range o.Effects {
			if e.Kind != summary.Release || e.May || e.ByErrors {
				continue
			}
			if slices.ContainsFunc(list, func(p summary.Outcome) bool { return !p.Releases(e.Path) && !o.Excludes(p) }) {
				doubts = append(doubts, doubt{i, n})
			}
		}
	}
	for _, d := range doubts {
		list[d.outcome].Effects[d.effect].May = true
	}
	return len(doubts)
}

// withoutNumbers are the outcomes that are left when it does not matter which
// number is returned, except where that is the only difference: that there was no
// error is told by zero, though each kind of error has a number of its own.
func withoutNumbers(list []summary.Outcome) (out []summary.Outcome) {
	for i, o := range list {
		bare := withoutNumber(o)
		if slices.ContainsFunc(list, func(p summary.Outcome) bool { return !p.Equal(o) && withoutNumber(p).Equal(bare) }) {
			o = bare
		}
		list[i] = o
	}
	for _, o := range list {
		out = addDistinct(out, o)
	}
	return out
}

// joinLooks joins the ways out that differ in nothing but what was looked at, written or let go:
// what did not happen on all of those happens perhaps. A function with many stages, each of
// which can fail, has as many ways out as stages, and a caller tells them apart by nothing.
func joinLooks(list []summary.Outcome) (out []summary.Outcome) {
	isLook := func(e summary.Effect) bool {
		switch e.Kind {
		case summary.Deref, summary.Write, summary.Fill, summary.Moved, summary.Event, summary.Late, summary.Given:
			return true
		}
		return e.Kind == summary.Waits && e.Way == summary.ForHolders
	}
	deeds := func(o summary.Outcome) summary.Outcome {
		o.Effects = slices.DeleteFunc(slices.Clone(o.Effects), isLook)
		return o
	}
	var done []summary.Outcome // of each of out, its deeds
	for _, o := range list {
		d := deeds(o)
		i := slices.IndexFunc(done, d.Equal)
		if i < 0 {
			out, done = append(out, o), append(done, d)
			continue
		}
		out[i].Effects = joinedEffects(out[i].Effects, o.Effects)
	}
	return out
}

// joinedEffects are those of two ways out; what is not certain on both happens perhaps.
func joinedEffects(a, b []summary.Effect) (out []summary.Effect) {
	for _, e := range slices.Concat(a, b) {
		if slices.ContainsFunc(out, e.Same) {
			continue
		}
		certain := func(f summary.Effect) bool { return f == e && !e.May }
		e.May = !slices.ContainsFunc(a, certain) || !slices.ContainsFunc(b, certain)
		out = append(out, e)
	}
	slices.SortFunc(out, summary.Effect.Compare)
	return out
}

func withoutNumber(o summary.Outcome) summary.Outcome {
	o.Results = slices.Clone(o.Results)
	for i := range o.Results {
		o.Results[i].Const = ""
	}
	return o
}

// addDistinct adds o unless an outcome says the same, or the same but for
// facts: then only what both say stays.
func addDistinct(list []summary.Outcome, o summary.Outcome) []summary.Outcome {
	for i, have := range list {
		if have.Equal(o) {
			return list
		}
		if sameDeeds(have, o) {
			list[i] = common(have, o)
			return list
		}
	}
	return append(list, o)
}

// sameDeeds reports whether two outcomes differ in facts alone, and have no
// loans or releases that those facts could be about.
func sameDeeds(a, b summary.Outcome) bool {
	if len(a.Loans)+len(a.Ended)+len(b.Loans)+len(b.Ended) > 0 {
		return false
	}
	splits := func(e summary.Effect) bool { return e.Kind == summary.Release }
	if slices.ContainsFunc(a.Effects, splits) || slices.ContainsFunc(b.Effects, splits) {
		return false
	}
	// Facts about parameters matter where a parameter is checked and then
	// looked at, or where a result tells how the check came out.
	if len(a.Params) > 0 || len(b.Params) > 0 {
		return false
	}
	return slices.Equal(a.Effects, b.Effects) && slices.EqualFunc(a.Results, b.Results, func(x, y summary.Result) bool {
		return slices.Equal(x.Alias, y.Alias) && slices.Equal(x.From, y.From) && x.Other == y.Other && x.Const == y.Const && x.Type == y.Type && x.Over == y.Over && slices.Equal(x.Yields, y.Yields)
	})
}

func common(a, b summary.Outcome) summary.Outcome {
	for i := range a.Results {
		a.Results[i].Fact &= b.Results[i].Fact
		a.Results[i].Found = a.Results[i].Found || b.Results[i].Found
	}
	return a
}
