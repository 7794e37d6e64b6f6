package calls

import (
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Callers are the calls of a function of which all are known, and what they pass.
type Callers struct {
	Sites []ssa.CallInstruction
	facts map[ssa.CallInstruction][]summary.ParamFact // what is passed there, whenever it was executed
}

// All reports whether each of the calls was executed.
func (c *Callers) All() bool {
	return len(c.Sites) > 0 && !slices.ContainsFunc(c.Sites, func(s ssa.CallInstruction) bool { _, seen := c.facts[s]; return !seen })
}

// Facts are what holds of what is passed, whoever calls.
func (c *Callers) Facts() (out []summary.ParamFact) {
	for i, s := range c.Sites {
		if i == 0 {
			out = slices.Clone(c.facts[s])
		}
		out = inBoth(out, c.facts[s])
	}
	return out
}

// inBoth are the facts that are in both.
func inBoth(a, b []summary.ParamFact) []summary.ParamFact {
	return slices.DeleteFunc(a, func(f summary.ParamFact) bool { return !slices.Contains(b, f) })
}

// Forget forgets what is passed by fn and its literals, which are to be executed again.
func (c *Callers) Forget(fn *ssa.Function) {
	for s := range c.facts {
		by := s.Parent()
		for by.Parent() != nil {
			by = by.Parent()
		}
		if by == fn {
			delete(c.facts, s)
		}
	}
}

// add notes that site passes what facts say.
func (c *Callers) add(site ssa.CallInstruction, facts []summary.ParamFact) {
	if have, seen := c.facts[site]; seen {
		facts = inBoth(facts, have)
	}
	if c.facts == nil {
		c.facts = make(map[ssa.CallInstruction][]summary.ParamFact)
	}
	c.facts[site] = facts
}

// noteCaller notes what c passes, where all callers of its callee are known.
func (in *Calls) noteCaller(st *domain.State, c *interp.CallSite) {
	callers := in.program.Closed[c.Fn]
	if c.Fn == nil || callers == nil || c.Instr == nil {
		return
	}
	var facts []summary.ParamFact
	note := func(p summary.Path, v domain.Value, t types.Type) {
		if f := in.factOf(st, v, t); f != 0 {
			facts = append(facts, summary.ParamFact{Path: p, Fact: f})
		}
	}
	a := &application{in: in, st: st, c: c}
	for i, v := range c.Args {
		p, t := summary.Path("p"+strconv.Itoa(i)), c.ArgTypes[i]
		note(p, v, t)
		at, ok := t.Underlying().(*types.Pointer)
		if s := v.One(); !ok || s == nil || s.IsNil() {
			continue
		}
		str, ok := at.Elem().Underlying().(*types.Struct)
		if !ok {
			note(p.Load(), a.value(p.Load(), nil), at.Elem())
			continue
		}
		for n := range min(str.NumFields(), maxFields) {
			part := p.Field(n).Load()
			note(part, a.value(part, nil), str.Field(n).Type())
		}
	}
	callers.add(c.Instr, facts)
}

// maxFields is of how many fields of a struct it is noted what they hold when it is passed.
const maxFields = 16

// factOf is whether v, of type t, is nil, or true, if all that it may be agrees on that.
func (in *Calls) factOf(st *domain.State, v domain.Value, t types.Type) (out summary.Fact) {
	isBool := gotypes.IsBoolean(t)
	if !isBool && !gotypes.IsNillable(t) {
		return 0
	}
	for i, s := range v {
		var f summary.Fact
		if isBool {
			if known, is := in.Truth(st, s); known {
				f = factBit(is, summary.True, summary.False)
			}
		} else if known, is := in.Nilness(st, s); known {
			f = factBit(is, summary.Nil, summary.NotNil)
		}
		if i > 0 && f != out {
			return 0
		}
		out = f
	}
	return out
}

// Assume makes what facts say of the parameters of fn hold at its start.
func (in *Calls) Assume(st *domain.State, fn *ssa.Function, facts []summary.ParamFact) {
	c := &interp.CallSite{}
	for _, p := range fn.Params {
		c.Args, c.ArgTypes = append(c.Args, domain.Value{in.param(fn, p)}), append(c.ArgTypes, p.Type())
	}
	a := &application{in: in, st: st, c: c}
	for _, f := range facts {
		a.possible(summary.Outcome{Params: []summary.ParamFact{f}})
	}
}
