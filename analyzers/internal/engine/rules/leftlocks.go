package rules

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// LeftLocks finds who locks and never unlocks, where nobody else does it for them: of these locks all that is done is seen, and each
// unlock answers a lock of its own function. They are fields and variables that are not exported, that nothing gets the address of, and
// that no function unlocks which it has not locked before.
//
// Approximated: what other build tags bring in is not seen, and a lock that is meant to be held for ever is taken for a mistake.
func LeftLocks(contracts *contract.Set, pkg *types.Package, fns []*ssa.Function) map[relay]bool {
	locks := make(map[types.Object]bool)
	taken, given := make(map[relay][]ssa.Instruction), make(map[relay][]ssa.Instruction)
	for _, fn := range fns {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				for _, op := range i.Operands(nil) {
					place := lockAt(*op, pkg)
					if place == nil {
						continue
					}
					verb, isDirect := lockVerb(contracts, i, *op)
					r := relay{outermost(fn), place}
					switch {
					case !isDirect:
						locks[place] = false
					case verb == contract.Acquire:
						taken[r] = append(taken[r], i)
						if _, known := locks[place]; !known {
							locks[place] = true
						}
					case verb == contract.Release:
						given[r] = append(given[r], i)
					}
				}
			}
		}
	}
	for r, unlocks := range given {
		for _, u := range unlocks {
			if !answers(u, taken[r]) {
				locks[r.place] = false
			}
		}
	}
	left := make(map[relay]bool)
	for r := range taken {
		left[r] = locks[r.place] && len(given[r]) == 0
	}
	return left
}

// answers reports whether the unlock u surely comes after one of the locks: one that comes before it in its function, whenever that is
// where u is deferred; or one in a function around it.
func answers(u ssa.Instruction, locks []ssa.Instruction) bool {
	_, isCall := u.(*ssa.Call)
	return slices.ContainsFunc(locks, func(l ssa.Instruction) bool {
		if l.Parent() != u.Parent() {
			return isAround(l.Parent(), u.Parent())
		}
		return !isCall || domain.Precedes(l, u)
	})
}

// isAround reports whether the literal lit is written in fn, or in a literal of it.
func isAround(fn, lit *ssa.Function) bool {
	for p := lit.Parent(); p != nil; p = p.Parent() {
		if p == fn {
			return true
		}
	}
	return false
}

// lockAt is the field or variable of pkg that v is the address of, if that is no part of a type of its own and not exported.
func lockAt(v ssa.Value, pkg *types.Package) types.Object {
	var place types.Object
	switch v := v.(type) {
	case *ssa.FieldAddr:
		if f, ok := gotypes.FieldOf(v.X.Type(), v.Field).(*types.Var); ok && !f.Embedded() {
			place = f.Origin()
		}
	case *ssa.Global:
		place = v.Object()
	}
	if place == nil || place.Exported() || place.Pkg() != pkg || !isMutex(place.Type()) {
		return nil
	}
	return place
}

// isMutex reports whether t is a lock of the standard library.
func isMutex(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "sync" && (n.Obj().Name() == "Mutex" || n.Obj().Name() == "RWMutex")
}

// lockVerb is what i does with the lock at v: it calls a method of which a contract says that it takes the lock or gives it back. A
// direct use is one of a method of the lock, and nothing else gets hold of it.
func lockVerb(contracts *contract.Set, i ssa.Instruction, v ssa.Value) (verb contract.Verb, isDirect bool) {
	if _, ok := i.(*ssa.DebugRef); ok {
		return 0, true
	}
	c, ok := i.(ssa.CallInstruction)
	if !ok || c.Common().IsInvoke() {
		return 0, false
	}
	callee := c.Common().StaticCallee()
	if callee == nil || callee.Signature.Recv() == nil || len(c.Common().Args) == 0 || c.Common().Args[0] != v {
		return 0, false
	}
	if ct := contracts.Of(interp.Real(callee).Object()); ct != nil {
		for _, cl := range ct.Claims {
			if cl.Verb == contract.Release || cl.Verb == contract.Acquire {
				return cl.Verb, true
			}
		}
	}
	return 0, true
}

// isLeftForGood reports whether l, of a lock that its function never gives back, is on one that nobody else unlocks.
func (in *Rules) isLeftForGood(l *domain.Loan) bool {
	site, ok := l.Key.Site.(ssa.CallInstruction)
	if !ok || len(site.Common().Args) == 0 || IsMain(in.Root) || strings.HasPrefix(l.What, "Try") { // who tries tells others whether it has the lock
		return false
	}
	return in.LeftLocks[relay{outermost(site.Parent()), lockAt(site.Common().Args[0], in.Pass.Pkg)}]
}
