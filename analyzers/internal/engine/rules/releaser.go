package rules

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// onlyReleases reports whether a function among runners, which run beside this one, does nothing with a variable that it
// captures but what site does, which ends a loan: it closes a connection when a context ends, and whoever
// closes it here has made sure that it does not any more, or that a second time does no harm.
func onlyReleases(runners domain.Value, site ssa.Instruction) bool {
	ends, ok := site.(ssa.CallInstruction)
	if !ok || ends.Common().StaticCallee() == nil {
		return false
	}
	return slices.ContainsFunc(runners, func(r *domain.Symbol) bool {
		mc, ok := r.Key.Site.(*ssa.MakeClosure)
		if !ok {
			return false
		}
		fn, ok := mc.Fn.(*ssa.Function)
		return ok && slices.ContainsFunc(fn.FreeVars, func(v *ssa.FreeVar) bool {
			return isOnlyPassed(v, ends.Common().StaticCallee())
		})
	})
}

// isOnlyPassed reports whether each use of v, or of what is loaded from there, is a call of fn on it.
func isOnlyPassed(v ssa.Value, fn *ssa.Function) bool {
	uses := v.Referrers()
	if uses == nil || len(*uses) == 0 {
		return false
	}
	for _, u := range *uses {
		switch u := u.(type) {
		case *ssa.UnOp:
			if u.Op != token.MUL || !isOnlyPassed(u, fn) {
				return false
			}
		case ssa.CallInstruction:
			if u.Common().StaticCallee() != fn || len(u.Common().Args) == 0 || u.Common().Args[0] != v {
				return false
			}
		default:
			return false
		}
	}
	return true
}
