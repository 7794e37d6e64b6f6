package calls

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What a callee released, on this way out or on others.

// concerned are the values that the effects of o of the given kind are about, each at the place of
// its effect: what they are before anything is done.
func (a *application) concerned(o summary.Outcome, kind summary.EffectKind) []domain.Value {
	out := make([]domain.Value, len(o.Effects))
	for i, e := range o.Effects {
		if e.Kind == kind {
			out[i] = a.value(e.Path, nil)
		}
	}
	return out
}

// doubted lists what is released on one way out and not on another, where it
// depends on the callee's memory which of them is taken: a field of which
// nothing is known here may be fixed elsewhere, and go with what the caller does.
func (a *application) doubted(s *summary.Summary, o summary.Outcome) (paths []summary.Path) {
	for _, p := range s.Outcomes {
		unsure := a.isUntested(o, p) || o.ExcludesAt(p, a.isOutOfSight)
		if !a.allows(p) || o.ExcludesByArguments(p) && !unsure {
			continue
		}
		told := o.Excludes(p) && !unsure
		for _, pair := range [][2]summary.Outcome{{o, p}, {p, o}} {
			for _, e := range pair[0].Effects {
				// What the callee answers tells a caller whether what it passed was
				// released. An error does not tell what became of a part: a Close
				// that fails is the holder's business.
				_, _, steps := e.Path.Root()
				if e.ByErrors && !a.asksWhichError() {
					continue // it fails, or it does not: that is no secret of the callee's
				}
				if e.Kind == summary.Release && !pair[1].Releases(e.Path) && (!told || steps != "" && !o.ExcludesByTruth(p)) {
					paths = append(paths, e.Path)
				}
			}
		}
	}
	return paths
}

// isOutOfSight reports whether path is a field of which it is not known here what stands in it: it was not put there by this
// function.
func (a *application) isOutOfSight(path summary.Path) bool {
	_, _, steps := path.Root()
	if steps == "" {
		return false
	}
	s := a.value(path, nil).One()
	for s != nil && s.Kind == domain.SymCompare {
		s = s.Key.Base
	}
	if s == nil || s.Old || a.st.IsShared(s) {
		return true
	}
	if s.Kind == domain.SymConst {
		return false
	}
	_, made := s.Key.Site.(ssa.Instruction)
	return s.Kind != domain.SymFresh || !made
}

// doubtElements gives up the loans of elements to which the callee does something on another
// way out: on this one there were none, as far as it knows.
func (a *application) doubtElements(s *summary.Summary, o summary.Outcome) {
	for _, p := range s.Outcomes {
		for _, e := range p.Effects {
			switch e.Kind {
			case summary.Release, summary.Invoke, summary.Moved, summary.Store, summary.Go, summary.Call, summary.Kept:
				if e.Path.HasElement() && !slices.ContainsFunc(o.Effects, func(f summary.Effect) bool { return f.Kind == e.Kind && f.Path == e.Path }) {
					a.in.DoubtLoans(a.st, a.value(e.Path, nil))
				}
			}
		}
	}
}

// releasedElsewhere is what is released on another way out, of which it is not known that it
// is not on this one.
func (a *application) releasedElsewhere(o summary.Outcome, doubted []summary.Path) (v domain.Value) {
	for _, p := range doubted {
		if !o.Releases(p) {
			v = v.Union(a.value(p, nil))
		}
	}
	return v
}

// releasedFirst are the paths that o releases before it looks at something else: not those
// that it looks at afterwards itself, and releases only then.
func releasedFirst(o summary.Outcome) map[summary.Path]bool {
	first := make(map[summary.Path]bool)
	for _, e := range o.Effects {
		if e.Kind == summary.Late {
			first[e.To] = true
		}
	}
	for _, e := range o.Effects {
		again := func(f summary.Effect) bool {
			return f.Kind == summary.Late && f.Path == e.Path && f.To == e.Path
		}
		if e.Kind == summary.Late && !slices.ContainsFunc(o.Effects, again) {
			delete(first, e.Path)
		}
	}
	return first
}

// releases gives back what the callee gave back at the paths in question, after all else.
func (a *application) releases(o summary.Outcome, what []domain.Value, doubted []summary.Path, inQuestion func(summary.Path) bool) {
	for _, e := range o.Effects {
		if e.Kind == summary.Returned && inQuestion(e.Path) {
			a.in.ReleasedTo(a.st, a.c, a.value(e.To, nil), a.value(e.Path, nil))
		}
	}
	for i, e := range o.Effects {
		if e.Kind != summary.Release || !inQuestion(e.Path) {
			continue
		}
		if _, known := a.elements[i]; !known {
			a.lookAtNil(e.Path, what[i])
		}
		if was, seen := a.in.byErrors[a.c.Pos]; !seen || was {
			a.in.byErrors[a.c.Pos] = e.ByErrors
		}
		cl := &contract.Claim{Verb: contract.Release, Idempotent: e.Way == summary.Idempotent}
		if all, ok := a.elements[i]; ok {
			for _, v := range all {
				a.in.Release(a.st, a.c, cl, v)
			}
			continue
		}
		if slices.Contains(doubted, e.Path) {
			a.in.ReleaseDoubted(a.st, a.c, cl, what[i])
			a.releaseWithin(what[i])
			continue
		}
		if e.May || a.dies {
			a.in.ReleasePerhaps(a.st, a.c, cl, what[i])
			a.releaseWithin(what[i])
			continue
		}
		if a.mayTakeNil(e.Path, what[i]) {
			a.in.ReleaseIfThere(a.st, a.c, cl, what[i])
			continue
		}
		a.in.Release(a.st, a.c, cl, what[i])
	}
}

// failedRelease gives up the loans that a method of their holder releases,
// where it answers with an error and does not: they may have been released
// before, which is what it keeps track of. What errors alone decide is not that.
func (a *application) failedRelease(s *summary.Summary, o summary.Outcome) {
	if !a.isFailure(o) {
		return
	}
	for _, other := range s.Outcomes {
		for _, e := range other.Effects {
			if _, _, steps := e.Path.Root(); e.Kind == summary.Release && !e.ByErrors && steps != "" && !o.Releases(e.Path) {
				a.in.MoveGuards(a.st, a.value(e.Path, nil))
			}
		}
	}
}

// releaseWithin gives up the guards that lie in v, which a callee has perhaps released as a whole, and which guards
// nothing itself: what it holds may have been released with it.
func (a *application) releaseWithin(v domain.Value) {
	for _, s := range v {
		if _, isCallers := s.Path(); !isCallers && len(a.in.GuardedBy(a.st, s)) == 0 {
			a.in.MoveGuards(a.st, domain.Value{s})
		}
	}
}
