package calls

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// An iterator is a closure that gives to its yield function what one variable leads to that it
// captures, and does nothing else. Of others a loop over them learns no values.

// over is what the iterator s goes over, and the way from there to each value that it yields;
// not ok if s is no iterator, or may do something else.
func (in *Calls) over(st *domain.State, s *domain.Symbol) (domain.Value, rules.Iterator, bool) {
	if it, ok := in.Iterators[s]; ok && it.Type != nil {
		return in.Captured(st, s, 0, it.Type), it, true
	}
	mc, ok := s.Key.Site.(*ssa.MakeClosure)
	if !ok || s.Kind != domain.SymFunc || s.Old {
		return nil, rules.Iterator{}, false
	}
	t := traceIterator(mc)
	if t == nil || t.over == nil {
		return nil, rules.Iterator{}, false
	}
	cell := in.Captured(st, s, slices.Index(t.fn.FreeVars, t.over), t.over.Type()).One()
	if cell == nil || cell.Kind != domain.SymAlloc || cell.Old {
		return nil, rules.Iterator{}, false
	}
	return st.Mem.At(cell).V, rules.Iterator{Type: gotypes.Deref(t.over.Type()), Steps: t.steps}, true
}

// A trace is what the body of an iterator says of the values that it yields.
type trace struct {
	fn    *ssa.Function
	over  *ssa.FreeVar // the variable that all of them are reached from
	steps []summary.Path
}

// nowhere stands among the steps of an iterator for what no path leads to.
const nowhere = "?"

// traceIterator reads the closure mc; nil if it is no iterator.
func traceIterator(mc *ssa.MakeClosure) *trace {
	t := &trace{fn: mc.Fn.(*ssa.Function)}
	if len(t.fn.Params) != 1 || t.fn.Signature.Results().Len() != 0 || !gotypes.IsFunc(t.fn.Params[0].Type()) {
		return nil
	}
	for n, v := range t.fn.FreeVars {
		if !isWrittenBefore(mc.Bindings[n], mc) || !isOnlyRead(v) {
			return nil
		}
	}
	yield := t.fn.Params[0]
	for _, b := range t.fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.UnOp:
				if i.Op == token.ARROW {
					return nil
				}
			case *ssa.IndexAddr, *ssa.FieldAddr, *ssa.Field, *ssa.Index, *ssa.Phi, *ssa.BinOp, *ssa.If, *ssa.Jump, *ssa.Return,
				*ssa.Range, *ssa.Next, *ssa.Extract, *ssa.ChangeType, *ssa.Convert, *ssa.DebugRef:
			case *ssa.Call:
				if f, ok := i.Call.Value.(*ssa.Builtin); ok && (f.Name() == "len" || f.Name() == "cap") {
					continue
				}
				if f, ok := i.Call.Value.(*ssa.Function); ok && doesNothing(f) {
					continue
				}
				if i.Call.Value != yield || slices.Contains(i.Call.Args, ssa.Value(yield)) {
					return nil
				}
				t.yields(i.Call.Args)
			default:
				return nil
			}
		}
	}
	if t.over == nil {
		t.over = t.counted()
	}
	return t
}

// counted is the number, the only variable that is captured, with which what is counted from zero is compared before
// each value is yielded: nothing else decides how many there are.
func (t *trace) counted() *ssa.FreeVar {
	if len(t.fn.FreeVars) != 1 || !gotypes.IsInteger(gotypes.Deref(t.fn.FreeVars[0].Type())) {
		return nil
	}
	yields := 0
	for _, b := range t.fn.Blocks {
		for _, i := range b.Instrs {
			c, ok := i.(*ssa.Call)
			if !ok || c.Call.Value != t.fn.Params[0] {
				continue
			}
			yields++
			for _, p := range b.Preds {
				if !b.Dominates(p) && !t.comparesFromZero(p, b) {
					return nil
				}
			}
		}
	}
	if yields != 1 { // or nothing is compared
		return nil
	}
	return t.fn.FreeVars[0]
}

// comparesFromZero reports whether b goes on to next if zero, or a number that is counted from there, is less than the number.
func (t *trace) comparesFromZero(b, next *ssa.BasicBlock) bool {
	branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok || b.Succs[0] != next || b.Succs[1] == next {
		return false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok || cond.Op != token.LSS {
		return false
	}
	load, ok := cond.Y.(*ssa.UnOp)
	if !ok || load.X != ssa.Value(t.fn.FreeVars[0]) {
		return false
	}
	if isNumber(cond.X, 0) {
		return true
	}
	phi, step, ok := stepped(cond.X)
	return ok && step == 1 && (cond.X == ssa.Value(phi) && begins(phi, 0) || cond.X != ssa.Value(phi) && begins(phi, -1))
}

// doesNothing reports whether f is empty.
func doesNothing(f *ssa.Function) bool {
	return len(f.Blocks) == 1 && len(f.Blocks[0].Instrs) == 1 && f.Signature.Results().Len() == 0
}

// yields adds one call of the yield function.
func (t *trace) yields(args []ssa.Value) {
	for n, a := range args {
		path := summary.Path(nowhere)
		if v, steps, ok := t.way(a); ok && (t.over == nil || t.over == v) {
			t.over, path = v, steps
		}
		switch {
		case n >= len(t.steps):
			t.steps = append(t.steps, path)
		case t.steps[n] != path:
			t.steps[n] = nowhere
		}
	}
}

// way is the variable from which v is reached, and the steps that lead there from its value.
func (t *trace) way(v ssa.Value) (*ssa.FreeVar, summary.Path, bool) {
	below := func(x ssa.Value, step func(summary.Path) summary.Path) (*ssa.FreeVar, summary.Path, bool) {
		at, steps, ok := t.way(x)
		return at, step(steps), ok
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if at, ok := v.X.(*ssa.FreeVar); ok && v.Op == token.MUL {
			return at, "", true
		}
		if v.Op == token.MUL {
			return below(v.X, summary.Path.Load)
		}
	case *ssa.IndexAddr:
		return below(v.X, func(p summary.Path) summary.Path { return p.Field(domain.ElementIndex) })
	case *ssa.FieldAddr:
		return below(v.X, func(p summary.Path) summary.Path { return p.Field(v.Field) })
	case *ssa.Field:
		return below(v.X, func(p summary.Path) summary.Path { return p.Field(v.Field) })
	case *ssa.ChangeType:
		return t.way(v.X)
	case *ssa.Extract: // of a map: its value
		if next, ok := v.Tuple.(*ssa.Next); ok && v.Index == 2 && !next.IsString {
			return below(next.Iter.(*ssa.Range).X, func(p summary.Path) summary.Path { return p.Field(domain.ElementIndex).Load() })
		}
	}
	return nil, "", false
}

// isWrittenBefore reports whether the variable at v, which mc captures, is captured by nobody
// else, and written by the function around mc alone: what it is when that function returns, it stays.
func isWrittenBefore(v ssa.Value, mc *ssa.MakeClosure) bool {
	cell, ok := v.(*ssa.Alloc)
	return ok && !slices.ContainsFunc(*cell.Referrers(), func(i ssa.Instruction) bool {
		switch i := i.(type) {
		case *ssa.Store:
			return i.Addr != cell
		case *ssa.UnOp, *ssa.DebugRef:
			return false
		}
		return i != ssa.Instruction(mc)
	})
}

// isOnlyRead reports whether the variable at v, which is captured, is not written, and leads nowhere as an address.
func isOnlyRead(v *ssa.FreeVar) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(i ssa.Instruction) bool {
		switch i.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
			return false
		}
		return true
	})
}

// describeIterator says in r, which is what callers are told of s, what it yields, where it is an iterator.
func (in *Calls) describeIterator(st *domain.State, s *domain.Symbol, r *summary.Result) {
	from, it, ok := in.over(st, s)
	if x := from.One(); ok && x != nil && x.Kind != domain.SymDerived {
		if p, named := x.Path(); named {
			r.Over, r.Yields = p, it.Steps
		}
	}
}

// iterator is result i of the call where the callee says that it is an iterator.
func (a *application) iterator(r summary.Result, i int, t types.Type) (domain.Value, bool) {
	if r.Over == "" || len(r.Alias) > 0 || r.Other {
		return nil, false
	}
	from := a.answer(r.Over)
	if len(from) == 0 {
		return nil, false
	}
	of := rules.Iterator{Type: a.typeAt(r.Over), Steps: r.Yields}
	if of.Type == nil {
		return nil, false
	}
	s := a.in.Derived(domain.Slot{Tuple: a.c.Instr.Value(), Index: i}, from, t)
	if known, ok := a.in.Iterators[s]; ok && !known.Equal(of) {
		a.in.Iterators[s] = rules.Iterator{} // two callees, or two ways out of one
		return nil, false
	}
	a.in.Iterators[s] = of
	a.st.Mem.Set(a.in.Field(s, domain.CaptureIndex, of.Type), domain.Cell{V: from, Pos: a.c.Pos, By: a.c.Site()})
	a.in.LearnNil(a.st, s, false)
	a.in.MoveGuards(a.st, from) // who else calls it is not followed
	return domain.Value{s}, true
}

// counts is the comparison of which it is known that, for the loop over the iterator s, it decides whether the loop has any
// round at all: the number that s counts up to is more than zero. nil if there is none.
func (in *Calls) counts(st *domain.State, s *domain.Symbol) *domain.Symbol {
	from, it, ok := in.over(st, s)
	n := from.One()
	if !ok || n == nil || !isPlain(n) || it.Type == nil || !gotypes.IsInteger(it.Type) {
		return nil
	}
	return in.Comparison(n, token.GTR, in.Integer(0, it.Type))
}

// yielded is what a loop with the given body over the iterator s, called by c, is given, by the
// number of the variable, as far as that is known.
func (in *Calls) yielded(st *domain.State, c *interp.CallSite, s *domain.Symbol, body *ssa.Function) map[int]domain.Value {
	from, it, ok := in.over(st, s)
	if !ok {
		return nil
	}
	a := &application{in: in, st: st, c: c}
	out := make(map[int]domain.Value)
	for i, path := range it.Steps {
		if path == nowhere || i >= len(body.Params) {
			continue
		}
		if v := a.follow(from, it.Type, path, path); len(v) > 0 {
			out[i] = v
		}
	}
	return out
}
