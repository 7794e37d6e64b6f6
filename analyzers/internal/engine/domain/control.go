package domain

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// DecidedByErrors reports whether nothing but the failure of what the function calls decides if
// block is reached: each branch that it depends on asks whether there is an error, or whether
// there is a value at all, where isValue holds, or for an answer for which isAnswer holds (Ferrante, Ottenstein, Warren,
// "The program dependence graph and its use in optimization", 1987). An error counts if a call has returned
// it: of one that came with a parameter, or out of memory, callers know more.
func (f *Flow) DecidedByErrors(block *ssa.BasicBlock, isValue, isAnswer func(ssa.Value) bool) bool {
	return !f.HangsOn(block, func(cond ssa.Value) bool {
		return cond == nil || !asksForError(cond, isValue) && !isAnswer(cond)
	})
}

// HangsOn reports whether a branch for the condition of which asks holds decides if block is reached, or
// if what decides that is reached. The condition of what is no branch, a select say, is nil.
func (f *Flow) HangsOn(block *ssa.BasicBlock, asks func(cond ssa.Value) bool) bool {
	return f.HangsOnAny(block, func(_ *ssa.BasicBlock, cond ssa.Value) bool { return asks(cond) })
}

// HangsOnAny is HangsOn, where it is also asked in which block the branch is.
func (f *Flow) HangsOnAny(block *ssa.BasicBlock, asks func(at *ssa.BasicBlock, cond ssa.Value) bool) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	work := []*ssa.BasicBlock{block}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, d := range f.dependsOn(b) {
			if seen[d] {
				continue
			}
			seen[d] = true
			var cond ssa.Value
			if branch, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If); ok {
				cond = branch.Cond
			}
			if asks(d, cond) {
				return true
			}
			work = append(work, d)
		}
	}
	return false
}

// dependsOn are the blocks that decide whether b is reached: on one way out of them the function
// always comes to b, on another it may return without.
func (f *Flow) dependsOn(b *ssa.BasicBlock) (out []*ssa.BasicBlock) {
	passesBy := make(map[*ssa.BasicBlock]bool) // from here the function may return and never come to b
	for _, x := range f.fn.Blocks {
		if _, ok := x.Instrs[len(x.Instrs)-1].(*ssa.Return); ok && x != b {
			addBefore(x, b, passesBy)
		}
	}
	reaches := make(map[*ssa.BasicBlock]bool)
	for _, p := range b.Preds {
		addBefore(p, b, reaches)
	}
	for _, x := range f.fn.Blocks {
		always := func(s *ssa.BasicBlock) bool { return s == b || reaches[s] && !passesBy[s] }
		if x != b && passesBy[x] && slices.ContainsFunc(x.Succs, always) {
			out = append(out, x)
		}
	}
	return out
}

// addBefore adds x to set, and all from which it is reached without passing by stop.
func addBefore(x, stop *ssa.BasicBlock, set map[*ssa.BasicBlock]bool) {
	if x == stop || set[x] {
		return
	}
	set[x] = true
	for _, p := range x.Preds {
		addBefore(p, stop, set)
	}
}

// asksForError reports whether cond asks whether there is an error that a call has returned, or
// whether there is a value at all of those for which isValue holds.
func asksForError(cond ssa.Value, isValue func(ssa.Value) bool) bool {
	b, ok := cond.(*ssa.BinOp)
	if !ok || b.Op != token.EQL && b.Op != token.NEQ {
		return false
	}
	x, y := b.X, b.Y
	if IsNilConst(x) {
		x, y = y, x
	}
	return IsNilConst(y) && (isValue(x) || gotypes.IsError(x.Type()) && isReturned(x, nil))
}

// IsNilConst reports whether v is nil as it is written in the program.
func IsNilConst(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// isReturned reports whether calls have returned v, all that it can be.
func isReturned(v ssa.Value, seen []ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Call:
		return true
	case *ssa.Extract:
		_, ok := v.Tuple.(*ssa.Call)
		return ok
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Phi:
		if slices.Contains(seen, ssa.Value(v)) {
			return true
		}
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !isReturned(e, append(seen, v)) })
	case *ssa.UnOp: // a named result, or what a closure captures
		cell, ok := v.X.(*ssa.Alloc)
		return ok && v.Op == token.MUL && isStoredReturned(cell, append(seen, v))
	}
	return false
}

// isStoredReturned reports whether all that is stored in cell was returned by calls.
func isStoredReturned(cell ssa.Value, seen []ssa.Value) bool {
	return !slices.ContainsFunc(*cell.Referrers(), func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
			return false
		case *ssa.Store:
			return r.Addr != cell || !slices.Contains(seen, r.Val) && !isReturned(r.Val, seen)
		case *ssa.MakeClosure:
			i := slices.Index(r.Bindings, cell)
			return !isStoredReturned(r.Fn.(*ssa.Function).FreeVars[i], seen)
		}
		return true
	})
}

// Leads reports whether a way leads from a to b. One leads from each block to itself.
func Leads(a, b *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	for work := []*ssa.BasicBlock{a}; len(work) > 0; {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if x == b {
			return true
		}
		if !seen[x] {
			seen[x] = true
			work = append(work, x.Succs...)
		}
	}
	return false
}

// Precedes reports whether a, an instruction of the same function, is executed before b is, whichever way leads there.
func Precedes(a, b ssa.Instruction) bool {
	if a.Block() != b.Block() {
		return a.Block().Dominates(b.Block())
	}
	list := a.Block().Instrs
	return slices.Index(list, a) < slices.Index(list, b)
}
