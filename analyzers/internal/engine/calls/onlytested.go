package calls

import (
	"go/token"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Parameters of which a function asks no more than whether they are nil.

// tellsByNil reports whether ways out are told apart by whether parameter i is nil.
func tellsByNil(of *summary.Summary, i int) bool {
	path := summary.Path("p" + strconv.Itoa(i))
	return of != nil && slices.ContainsFunc(of.Outcomes, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Params, func(f summary.ParamFact) bool { return f.Path == path && f.Fact&(summary.Nil|summary.NotNil) != 0 })
	})
}

// maxPassed is how often a parameter may be passed on to be followed.
const maxPassed = 4

// isOnlyTested reports whether fn does nothing with its i-th parameter but compare it with nil, and pass it to others of which
// that is so: then what it found out of it is what its summary says.
func isOnlyTested(fn *ssa.Function, i, further int) bool {
	return fn != nil && i < len(fn.Params) && len(fn.Blocks) > 0 && further > 0 && onlyTested(fn.Params[i], further)
}

func onlyTested(v ssa.Value, further int) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.BinOp:
			return r.Op != token.EQL && r.Op != token.NEQ || !domain.IsNilConst(r.X) && !domain.IsNilConst(r.Y)
		case *ssa.Store: // a parameter that a literal captures
			cell, ok := r.Addr.(*ssa.Alloc)
			return !ok || r.Val != v || !onlyRead(cell, further)
		case *ssa.Call:
			for n, a := range r.Call.Args {
				if a == v && !isOnlyTested(r.Call.StaticCallee(), n, further-1) {
					return true
				}
			}
			return r.Call.StaticCallee() == nil
		}
		return true
	})
}

// onlyRead reports whether what is read from the variable at a, here and by literals, is only tested.
func onlyRead(a ssa.Value, further int) bool {
	return !slices.ContainsFunc(*a.Referrers(), func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.Store:
			return r.Addr != a
		case *ssa.UnOp:
			return !onlyTested(r, further)
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == a && !onlyRead(r.Fn.(*ssa.Function).FreeVars[i], further) {
					return true
				}
			}
			return false
		}
		return true
	})
}
