package calls

import (
	"go/token"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Flags in memory of the caller's: a bool there goes with what the caller knows besides.

// byFlags are the ways out that e is, one for each answer of the flags that it leaves in memory of
// the caller's: whether something is nil. Two flags are told apart, at most.
func (in *Calls) byFlags(e interp.Exit) []interp.Exit {
	out := []interp.Exit{e}
	for n, flag := range in.flagsLeft(e.St) {
		if n == 2 {
			break
		}
		var next []interp.Exit
		for _, e := range out {
			not := e
			not.St = e.St.Clone()
			if in.Learn(e.St, flag, true) {
				next = append(next, e)
			}
			if in.Learn(not.St, flag, false) {
				next = append(next, not)
			}
		}
		out = next
	}
	return out
}

// flagsLeft are the comparisons with nil, not decided, that stand in memory of the caller's.
func (in *Calls) flagsLeft(st *domain.State) (flags []*domain.Symbol) {
	for a, c := range st.Mem.All() {
		s := c.V.One()
		if s == nil || c.Perhaps || s.Old || s.Kind != domain.SymCompare || !in.IsPlace(a) || !gotypes.IsBoolean(gotypes.Deref(a.Typ)) {
			continue
		}
		asked := s
		for asked.Key.Op == token.NOT && asked.Key.Base.Kind == domain.SymCompare {
			asked = asked.Key.Base
		}
		if x, y := asked.Key.Base, asked.Key.With; (asked.Key.Op == token.EQL || asked.Key.Op == token.NEQ) && x != nil && y != nil && !x.Old && !y.Old && (x.IsNil() || y.IsNil()) {
			if known, _ := in.Truth(st, s); !known && !slices.Contains(flags, s) {
				flags = append(flags, s)
			}
		}
	}
	return flags
}

// toldByFlags is what is left in memory of the caller's that goes with what tells the ways out apart, and the
// paths to fields that do so.
func toldByFlags(list []summary.Outcome) (flags, deciders map[summary.Path]bool) {
	flags, deciders = make(map[summary.Path]bool), make(map[summary.Path]bool)
	facts := 0
	for _, o := range list {
		facts += len(o.Params)
	}
	if len(list) > maxOutcomes/2 || facts > maxFieldFacts {
		return flags, deciders
	}
	for _, o := range list {
		for _, flag := range o.Left {
			if flag.Fact&(summary.True|summary.False) == 0 {
				continue
			}
			for _, p := range list {
				if slices.Contains(p.Left, flag) || !o.Excludes(p) {
					continue
				}
				flags[flag.Path] = true
				for _, f := range o.Params {
					only := summary.Outcome{Params: []summary.ParamFact{f}}
					deciders[f.Path] = deciders[f.Path] || only.ExcludesByArguments(p)
				}
			}
		}
	}
	return flags, deciders
}

// flagsOf are the paths to flags that the callee of c leaves in memory that it was given.
func (in *Calls) flagsOf(c *interp.CallSite) (flags []summary.Path) {
	s := in.summaryOf(c)
	if s == nil {
		return nil
	}
	for _, o := range s.Outcomes {
		for _, f := range o.Left {
			if letter, _, _ := f.Path.Root(); letter == 'p' && f.Fact&(summary.True|summary.False) != 0 && !slices.Contains(flags, f.Path) {
				flags = append(flags, f.Path)
			}
		}
	}
	return flags
}
