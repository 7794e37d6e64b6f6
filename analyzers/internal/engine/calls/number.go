package calls

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
)

// giveNumber hands the file on of which c asks the number, where that is kept: who has the
// number can close the file by it. A number that is only passed to a call (an ioctl, say) is
// used there and then.
func (in *Calls) giveNumber(st *domain.State, c *interp.CallSite) {
	f, ok := c.Obj.(*types.Func)
	if !ok || f.Name() != "Fd" || f.FullName() != "(*os.File).Fd" || len(c.Args) == 0 {
		return
	}
	if call, ok := c.Instr.(*ssa.Call); ok && isKept(call) {
		in.MoveGuards(st, c.Args[0])
	}
}

// isKept reports whether v, or what it is converted to, is more than an argument or a result.
func isKept(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Convert, *ssa.ChangeType:
			if isKept(r.(ssa.Value)) {
				return true
			}
		case *ssa.Call:
			if _, ok := r.Call.Value.(*ssa.Builtin); ok {
				return true
			}
		case *ssa.BinOp, *ssa.DebugRef, *ssa.Return: // the file of a number that is returned is closed by its finalizer
		default:
			return true
		}
	}
	return false
}
