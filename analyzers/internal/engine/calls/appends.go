package calls

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What a function appends to a field of its caller's: where that is all that it does there, on every way out, callers know
// what the field holds afterwards.

// appendsOne finds the functions that append one parameter to a slice in a field of another's, and says so in the
// effect.
func (in *Calls) appendsOne(o *summary.Outcome, ret *ssa.Return) {
	if ret == nil {
		return
	}
	for i, e := range o.Effects {
		if e.Kind != summary.Fill || e.Way != summary.Appended || e.May || e.To != "" {
			continue
		}
		if x := in.appendedTo(in.Root, e.Path, ret.Block()); x != "" {
			o.Effects[i].To = x
		}
	}
}

// appendedTo is the parameter that fn appends to the field of which path is the slice, before it comes to the block ret, and
// does nothing else to that field; "" if that is not so.
func (in *Calls) appendedTo(fn *ssa.Function, path summary.Path, ret *ssa.BasicBlock) (x summary.Path) {
	found := false
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			field, ok := i.(*ssa.FieldAddr)
			if !ok {
				continue
			}
			if fieldPath(fn, field) != path {
				continue
			}
			for _, r := range uses(field) {
				switch r := r.(type) {
				case *ssa.UnOp:
					if !isOnlyAppended(r) {
						return ""
					}
				case *ssa.Store:
					p := oneAppended(fn, r, path)
					if p == "" || found || !r.Block().Dominates(ret) || in.FlowOf(fn).Cyclic[r.Block()] {
						return ""
					}
					x, found = p, true
				default:
					return ""
				}
			}
		}
	}
	return x
}

// isOnlyAppended reports whether slice is only asked for its length, or appended to.
func isOnlyAppended(slice ssa.Value) bool {
	for _, r := range uses(slice) {
		c, ok := r.(*ssa.Call)
		if !ok {
			return false
		}
		b, ok := c.Call.Value.(*ssa.Builtin)
		if !ok || b.Name() != "len" && (b.Name() != "append" || c.Call.Args[1] == slice) {
			return false
		}
	}
	return true
}

// oneAppended is the parameter of fn of which one more stands in the slice path after the store.
func oneAppended(fn *ssa.Function, store *ssa.Store, path summary.Path) summary.Path {
	call, ok := store.Val.(*ssa.Call)
	if !ok || len(uses(call)) != 1 {
		return ""
	}
	if b, ok := call.Call.Value.(*ssa.Builtin); !ok || b.Name() != "append" {
		return ""
	}
	if p, _ := pathOf(fn, call.Call.Args[0]); p != path {
		return ""
	}
	all, ok := call.Call.Args[1].(*ssa.Slice)
	if !ok || all.Low != nil || all.High != nil {
		return ""
	}
	array, ok := all.X.(*ssa.Alloc)
	if !ok || array.Comment != "varargs" {
		return ""
	}
	if t := gotypes.Deref(array.Type()).Underlying().(*types.Array); t.Len() != 1 {
		return ""
	}
	for _, r := range uses(array) {
		at, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, s := range uses(at) {
			put, ok := s.(*ssa.Store)
			if !ok || put.Addr != at {
				return ""
			}
			p, _ := pathOf(fn, put.Val)
			if _, isParam := put.Val.(*ssa.Parameter); !isParam {
				return ""
			}
			return p
		}
	}
	return ""
}

// appended does what such a callee does: where the slice is nil, or exact, and nobody else has it. Whether it could be done
// so is the answer.
func (a *application) appended(e summary.Effect, slice domain.Value) bool {
	place, isLoaded := strings.CutSuffix(string(e.Path), "*")
	t := a.typeAt(e.Path)
	call, isCall := a.c.Instr.(*ssa.Call)
	if !isLoaded || !isCall || t == nil || gotypes.SliceOf(t) == nil || slice.One() == nil {
		return false
	}
	elem := gotypes.SliceOf(t).Elem()
	at := a.value(summary.Path(place), nil).One()
	if at == nil || at.Old || at.Object().Kind != domain.SymAlloc || a.st.Spilled.At(at.Object()) || a.st.Mem.At(at).Perhaps || !gotypes.IsReference(elem) {
		return false
	}
	old, ok := a.st.Slots(a.in.Machine, slice, elem)
	if !ok && !slice.One().IsNil() || len(old) >= domain.MaxExact {
		return false
	}
	return a.in.AppendOne(a.st, call, at, slice, a.value(e.To, nil), t, elem)
}
