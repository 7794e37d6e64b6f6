package calls

import (
	"go/token"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Callees that wait for who holds a lock. Such a wait is certain where the callee comes to it on all ways out, or on this one
// because of what was passed, or unless something fails. A callee that asks memory first most likely asks whether
// the lock is held.

// holders begins the waits of o for who holds locks.
func (a *application) holders(o summary.Outcome) (waits []*rules.Wait) {
	for i, e := range o.Effects {
		if e.Kind != summary.Waits || e.Way != summary.ForHolders {
			continue
		}
		v := a.value(e.Path, nil)
		w := a.in.Holders(a.st, v, e.Method)
		if w == nil {
			continue
		}
		w.May = e.May || a.untold[i] || a.releasesByAnotherName(o, e.Path, v)
		w.Takes = slices.ContainsFunc(o.Loans, func(l summary.Loan) bool { return slices.Contains(l.Guards, e.Path) })
		if !w.May {
			w.At = a.in.waitIn(a.c.Fn, e.Path, maxDeep)
		}
		waits = append(waits, w)
	}
	return waits
}

// leaving is what o releases, of which it calls something that it was passed as well.
func (a *application) leaving(o summary.Outcome, released []domain.Value) (v domain.Value) {
	for i, e := range o.Effects {
		switch {
		case e.Kind == summary.Release:
			v = v.Union(released[i])
		case e.Kind == summary.Moved && e.Path.IsGlobal(): // see Rules.Unlocked
			v = v.Union(a.value(e.Path, nil))
		}
	}
	return v
}

// releasesByAnotherName reports whether o releases v, which the callee knows as path, by another path: in which
// order is not known.
func (a *application) releasesByAnotherName(o summary.Outcome, path summary.Path, v domain.Value) bool {
	return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
		return e.Kind == summary.Release && e.Path != path && slices.ContainsFunc(a.value(e.Path, nil), v.Has)
	})
}

// untoldWaits are the effects of o that wait for holders of locks where a bool tells it from ways out that do not, of which
// nothing is known here: it most likely says whether the lock is held.
func (a *application) untoldWaits(o summary.Outcome) map[int]bool {
	var hidden map[int]bool
	for i, e := range o.Effects {
		if e.Kind != summary.Waits || e.Way != summary.ForHolders || e.May || e.ByErrors {
			continue
		}
		for _, p := range a.of.Outcomes {
			if waitsLike(p, e) || !a.allows(p) || toldByArguments(o, p, a.isFlag) {
				continue
			}
			if hidden == nil {
				hidden = make(map[int]bool)
			}
			hidden[i] = true
		}
	}
	return hidden
}

// isFlag reports whether f is about a bool that was passed.
func (a *application) isFlag(f summary.ParamFact) bool {
	return !f.IsTest() && f.Fact&(summary.True|summary.False) != 0
}

// waitsLike reports whether e, a wait, certainly comes on the way out o, too.
func waitsLike(o summary.Outcome, e summary.Effect) bool {
	return slices.ContainsFunc(o.Effects, func(f summary.Effect) bool {
		return f.Kind == e.Kind && f.Path == e.Path && f.Way == e.Way && !f.May
	})
}

// toldByArguments reports whether what was passed itself, and not what it leads to, decides between o and p; facts that do
// not count are left out.
func toldByArguments(o, p summary.Outcome, doesNotCount func(summary.ParamFact) bool) bool {
	bare := o
	bare.Params = slices.DeleteFunc(slices.Clone(o.Params), doesNotCount)
	return bare.ExcludesAt(p, func(at summary.Path) bool {
		_, _, steps := at.Root()
		return steps == ""
	})
}

// doubtWaits marks the waits for holders of locks that come for reasons which no caller can see: on another way out that
// nothing which is passed tells apart from this one, they do not.
func doubtWaits(list []summary.Outcome) {
	type doubt struct{ outcome, effect int }
	var doubts []doubt
	none := func(summary.ParamFact) bool { return false }
	for i, o := range list {
		for n, e := range o.Effects {
			if e.Kind != summary.Waits || e.Way != summary.ForHolders || e.May || e.ByErrors {
				continue
			}
			if slices.ContainsFunc(list, func(p summary.Outcome) bool { return !waitsLike(p, e) && !toldByArguments(o, p, none) }) {
				doubts = append(doubts, doubt{i, n})
			}
		}
	}
	for _, d := range doubts {
		list[d.outcome].Effects[d.effect].May = true
	}
}

// waitsUnlessItFails reports whether nothing decides if the wait at pos is reached but whether calls of the function fail.
func (in *Calls) waitsUnlessItFails(pos token.Pos) bool {
	no := func(ssa.Value) bool { return false }
	for _, b := range in.Root.Blocks {
		for _, i := range b.Instrs {
			if c, ok := i.(*ssa.Call); ok && c.Pos() == pos {
				return in.FlowOf(in.Root).DecidedByErrors(b, no, no)
			}
		}
	}
	return false // it is deferred, or in a closure
}

// maxDeep is how many calls below the one that is reported the wait is looked for.
const maxDeep = 4

// waitIn finds where fn waits for the lock that it knows as path, nil if that is not one place in sight.
func (in *Calls) waitIn(fn *ssa.Function, path summary.Path, depth int) (at *rules.WaitedDeep) {
	if fn == nil || depth == 0 || fn.Pkg == nil || fn.Pkg.Pkg != in.Pass.Pkg {
		return nil
	}
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			c, ok := i.(ssa.CallInstruction)
			if !ok {
				continue
			}
			callee := c.Common().StaticCallee()
			if _, isGo := i.(*ssa.Go); isGo || callee == nil {
				continue
			}
			callee = interp.Real(callee)
			if ct := in.Contracts.Of(callee.Object()); ct != nil {
				if in.hasVerb(ct, contract.Waits) && rules.IsLock(ct) && len(c.Common().Args) > 0 && wayTo(c.Common().Args[0]).Load() == path {
					return &rules.WaitedDeep{Pos: c.Pos(), In: fn.Name()}
				}
				continue
			}
			for n, arg := range c.Common().Args {
				rest, isOf := strings.CutPrefix(string(path), string(wayTo(arg)))
				if wayTo(arg) == "" || !isOf || rest == "" {
					continue
				}
				if at := in.waitIn(callee, summary.Path("p"+strconv.Itoa(n)+rest), depth-1); at != nil {
					return at
				}
			}
		}
	}
	return nil
}

// wayTo is the path by which v is reached from a parameter of its function, "" if it is not, or by more.
func wayTo(v ssa.Value) summary.Path {
	switch v := v.(type) {
	case *ssa.Parameter:
		return summary.Path("p" + strconv.Itoa(slices.Index(v.Parent().Params, v)))
	case *ssa.FieldAddr:
		if p := wayTo(v.X); p != "" {
			return p.Field(v.Field)
		}
	case *ssa.UnOp:
		if p := wayTo(v.X); p != "" && v.Op == token.MUL {
			return p.Load()
		}
	case *ssa.ChangeType:
		return wayTo(v.X)
	}
	return ""
}
