package interp

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// faults reports whether the program certainly panics at i in st, because it follows a pointer that
// is nil, calls what is nil, or writes to a map that is. The path ends there, as it does at any
// panic: either nothing behind it is reached, or it is no path of the program, as the people who
// wrote it know.
func (in *Interp) faults(st *domain.State, i ssa.Instruction) bool {
	switch i := i.(type) {
	case *ssa.FieldAddr:
		return in.isNil(st, i.X)
	case *ssa.IndexAddr:
		return in.isNil(st, i.X)
	case *ssa.UnOp:
		return i.Op == token.MUL && in.isNil(st, i.X)
	case *ssa.Store:
		return in.isNil(st, i.Addr)
	case *ssa.MapUpdate:
		return in.isNil(st, i.Map)
	case *ssa.Call:
		c := i.Common()
		if _, ok := c.Value.(*ssa.Builtin); ok {
			return false
		}
		return in.isNil(st, c.Value)
	}
	return false
}

// isNil reports whether v is nil for certain, and not an interface that holds a pointer that is.
func (in *Interp) isNil(st *domain.State, v ssa.Value) bool {
	s := in.Eval(st, v).One()
	if s == nil || s.IsTypedNil() {
		return false
	}
	known, is := in.Nilness(st, s)
	return known && is
}

// wentOn notes that x, which is v, is not nil: a field of it was looked at, and the program went on.
// That is of interest where x is tested, returned or kept.
func (in *Interp) wentOn(st *domain.State, x ssa.Value, v domain.Value) {
	s := v.One()
	if s != nil && s.Kind != domain.SymFresh && s.Kind != domain.SymContent || x.Parent() == nil || !in.FlowOf(x.Parent()).IsKept(x) {
		return
	}
	if s == nil {
		in.DecideNil(st, v, false)
	} else {
		in.LearnNil(st, s, false)
	}
}
