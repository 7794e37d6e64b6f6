package calls

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// What a callee does only if a number is this or that: it may be the caller's own, such as how many goroutines
// there are to be, and goes with what the caller does. Numbers of fields are not told to callers, and those of parameters only where they decide about a release.

// hangsOnNumber reports whether a number that callers may know decides if the function comes to pos.
func (in *Calls) hangsOnNumber(pos token.Pos) bool {
	for _, b := range in.Root.Blocks {
		for _, i := range b.Instrs {
			switch i.(type) {
			case *ssa.Go, *ssa.Send, *ssa.Call:
				if i.Pos() == pos {
					return in.FlowOf(in.Root).HangsOn(b, asksForNumber)
				}
			}
		}
	}
	return false // in a closure
}

// asksForNumber reports whether cond compares a number that came with a parameter, or out of what one leads to,
// with a constant; or is what a function answers that does just that.
func asksForNumber(cond ssa.Value) bool {
	switch c := cond.(type) {
	case *ssa.BinOp:
		_, xFixed := c.X.(*ssa.Const)
		_, yFixed := c.Y.(*ssa.Const)
		return yFixed && isCallersNumber(c.X) || xFixed && isCallersNumber(c.Y)
	case *ssa.UnOp:
		return c.Op == token.NOT && asksForNumber(c.X)
	case *ssa.Call:
		fn := c.Call.StaticCallee()
		if fn == nil || len(fn.Blocks) != 1 || len(c.Call.Args) != 1 {
			return false
		}
		instrs := fn.Blocks[0].Instrs
		ret, ok := instrs[len(instrs)-1].(*ssa.Return)
		return ok && len(ret.Results) == 1 && asksForNumber(ret.Results[0])
	}
	return false
}

// isCallersNumber reports whether v is a number that is a parameter, or a field of what one leads to.
func isCallersNumber(v ssa.Value) bool {
	if !gotypes.IsInteger(v.Type()) {
		return false
	}
	for {
		switch x := v.(type) {
		case *ssa.Parameter:
			return true
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return false
			}
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		default:
			return false
		}
	}
}
