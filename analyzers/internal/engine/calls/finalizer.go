package calls

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// finalized executes a call that has a function run when nobody can get at an object any more: until then the object is where
// it was, and nobody has got what is in it. A finalizer is given the object, and may release what is in it; one that does no
// more than look at it does not. A cleanup is not given the object; what it is given, it may release.
func (in *Calls) finalized(st *domain.State, c *interp.CallSite) ([]interp.Returned, bool) {
	f, ok := c.Obj.(*types.Func)
	if !ok || f.Pkg() == nil || f.Pkg().Path() != "runtime" || len(c.Args) < 2 {
		return nil, false
	}
	switch f.Name() {
	case "SetFinalizer":
		if !onlyLook(c.Args[1]) {
			return nil, false
		}
	case "AddCleanup":
	default:
		return nil, false
	}
	for _, given := range c.Args[1:] {
		in.letGo(st, given, c)
	}
	return []interp.Returned{{St: st, Results: in.FreshResults(c)}}, true
}

// onlyLook reports whether v is a function, or one of several, that does no more with its first parameter than look at it.
func onlyLook(v domain.Value) bool {
	fns := rules.FunctionsIn(v)
	return len(fns) > 0 && len(fns) == len(v) && !slices.ContainsFunc(fns, func(s *domain.Symbol) bool {
		fn, ok := s.Key.Site.(*ssa.Function)
		if made, isMade := s.Key.Site.(*ssa.MakeClosure); isMade {
			fn, ok = made.Fn.(*ssa.Function)
			ok = ok && fn.Parent() != nil // of a method value the first parameter is another
		}
		if !ok {
			return true
		}
		fn = interp.Real(fn)
		return len(fn.Blocks) == 0 || len(fn.Params) == 0 || !onlyLookedAt(fn.Params[0])
	})
}

// onlyLookedAt reports whether v, or what is loaded from it, is compared, printed and no more: no callee is given a pointer or
// interface of it, and it is stored nowhere.
func onlyLookedAt(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.BinOp, *ssa.If:
		case *ssa.FieldAddr, *ssa.Field, *ssa.UnOp:
			if !onlyLookedAt(r.(ssa.Value)) {
				return false
			}
		case ssa.CallInstruction:
			if !isPlainData(v.Type()) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isPlainData reports whether t is a number, a string or a slice of such.
func isPlainData(t types.Type) bool {
	if s := gotypes.SliceOf(t); s != nil {
		t = s.Elem()
	}
	_, ok := t.Underlying().(*types.Basic)
	return ok
}
