package interp

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// IsAwaited reports whether the function that starts a goroutine at start does
// nothing else before it waits for the end of that: the body then runs in place.
// fn is what the goroutine runs; signals says that its end is signalled by whoever
// runs it, as a WaitGroup's Go does, so that it need not do so itself.
//
// A body that gives its signal before its last statement is not waited for.
func IsAwaited(start ssa.Instruction, fn ssa.Value, signals bool) bool {
	closure, ok := fn.(*ssa.MakeClosure)
	if !ok {
		return false
	}
	rest := start.Block().Instrs
	for _, i := range rest[slices.Index(rest, start)+1:] {
		switch i := i.(type) {
		case *ssa.DebugRef, *ssa.FieldAddr, *ssa.Extract:
		case *ssa.UnOp:
			switch i.Op {
			case token.MUL:
			case token.ARROW:
				return !signals && signalsEnd(closure, i.X)
			default:
				return false
			}
		case *ssa.Call:
			callee := i.Call.StaticCallee()
			if _, ok := i.Call.Value.(*ssa.Function); ok && len(i.Call.Args) == 0 {
				continue // a function that is given nothing gets at nothing that the goroutine has
			}
			if callee == nil || callee.Name() != "Wait" || len(i.Call.Args) != 1 {
				return false
			}
			if signals {
				return sameVariable(i.Call.Args[0], start.(*ssa.Call).Call.Args[0])
			}
			return isWaitGroup(i.Call.Args[0].Type()) && signalsEnd(closure, i.Call.Args[0])
		default:
			return false
		}
	}
	return false
}

// sameVariable reports whether a and b are the same value, or both are read from
// the same variable, with nothing in between that could write it.
func sameVariable(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	x, ok := a.(*ssa.UnOp)
	y, ok2 := b.(*ssa.UnOp)
	return ok && ok2 && x.Op == token.MUL && y.Op == token.MUL && x.X == y.X
}

func isWaitGroup(t types.Type) bool {
	return types.TypeString(gotypes.Deref(t), nil) == "sync.WaitGroup"
}

// signalsEnd reports whether the closure tells, as the last thing that it does,
// whoever waits at the channel or WaitGroup that it is done.
func signalsEnd(closure *ssa.MakeClosure, at ssa.Value) bool {
	variable := at
	if load, ok := at.(*ssa.UnOp); ok && load.Op == token.MUL {
		variable = load.X
	}
	n := slices.Index(closure.Bindings, variable)
	if n < 0 {
		return false
	}
	fn := closure.Fn.(*ssa.Function)
	captured := fn.FreeVars[n]
	for _, i := range fn.Blocks[0].Instrs {
		if d, ok := i.(*ssa.Defer); ok {
			return isSignal(d, captured) // what is deferred first runs last
		}
	}
	for _, b := range fn.Blocks {
		if len(b.Instrs) == 0 {
			continue
		}
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && !endsWithSignal(b, captured) {
			return false
		}
	}
	return true
}

// endsWithSignal reports whether the last that b does before it returns is to signal.
func endsWithSignal(b *ssa.BasicBlock, captured ssa.Value) bool {
	for _, i := range slices.Backward(b.Instrs) {
		switch i := i.(type) {
		case *ssa.Return, *ssa.DebugRef:
		case *ssa.Send:
			return isCaptured(i.Chan, captured)
		case *ssa.Call:
			return isSignal(i, captured)
		default:
			return false
		}
	}
	return false
}

// isSignal reports whether the call closes the channel, or tells the WaitGroup, that
// is captured.
func isSignal(c ssa.CallInstruction, captured ssa.Value) bool {
	common := c.Common()
	if len(common.Args) != 1 || !isCaptured(common.Args[0], captured) {
		return false
	}
	if b, ok := common.Value.(*ssa.Builtin); ok {
		return b.Name() == "close"
	}
	callee := common.StaticCallee()
	return callee != nil && callee.Name() == "Done" && isWaitGroup(common.Args[0].Type())
}

func isCaptured(v, captured ssa.Value) bool {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		v = load.X
	}
	return v == captured
}
