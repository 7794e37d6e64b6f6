package rules

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Relayed finds the fields and variables that are released in one of fns and
// never taken there: a lock that a function takes and another gives back. What
// is held from one call to the next is nobody's mistake as far as one function
// can tell. What a function does of which callersOf has all calls, its callers do by it.
func Relayed(contracts *contract.Set, fns []*ssa.Function, callersOf func(*ssa.Function) []ssa.CallInstruction) map[types.Object]bool {
	taken, given := make(map[relay]bool), make(map[relay]bool)
	for _, fn := range fns {
		of := outermost(fn)
		if isWrapper(of) {
			continue
		}
		doers := doersOf(of, callersOf)
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				c, ok := i.(ssa.CallInstruction)
				if !ok {
					continue
				}
				callee := c.Common().StaticCallee()
				if callee == nil || len(c.Common().Args) == 0 {
					continue
				}
				ct := contracts.Of(interp.Real(callee).Object())
				if ct == nil {
					continue
				}
				place := placeOf(c.Common().Args[0])
				for _, cl := range ct.Claims {
					switch {
					case place == nil:
					case cl.Verb == contract.Acquire && cl.Guard != nil && cl.Guard.Root == contract.Recv:
						for _, by := range doers {
							taken[relay{by, place}] = true
						}
					case cl.Verb == contract.Release:
						for _, by := range doers {
							given[relay{by, place}] = true
						}
					}
				}
			}
		}
	}
	out := make(map[types.Object]bool)
	for r := range given {
		if !taken[r] {
			out[r.place] = true
		}
	}
	return out
}

// outermost is the function that fn is written in, itself if it is no literal.
func outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// doersOf are the functions that do by fn what it does: those that call it, if these are known, else itself.
func doersOf(fn *ssa.Function, callersOf func(*ssa.Function) []ssa.CallInstruction) (doers []*ssa.Function) {
	seen := map[*ssa.Function]bool{fn: true}
	for next := []*ssa.Function{fn}; len(next) > 0; next = next[1:] {
		calls := callersOf(next[0])
		if len(calls) == 0 {
			doers = append(doers, next[0])
		}
		for _, c := range calls {
			if by := outermost(c.Parent()); !seen[by] {
				seen[by] = true
				next = append(next, by)
			}
		}
	}
	return doers
}

// isWrapper reports whether fn, with its literals, does one call and changes nothing else:
// its callers take and give by it.
func isWrapper(fn *ssa.Function) bool {
	calls := 0
	var count func(*ssa.Function) bool
	count = func(fn *ssa.Function) bool {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				switch i := i.(type) {
				case ssa.CallInstruction:
					if f := i.Common().StaticCallee(); f != nil && f.Parent() == fn {
						continue
					}
					calls++
				case *ssa.Store:
					if _, local := i.Addr.(*ssa.Alloc); !local {
						return false
					}
				case *ssa.Send, *ssa.MapUpdate:
					return false
				}
			}
		}
		return !slices.ContainsFunc(fn.AnonFuncs, func(lit *ssa.Function) bool { return !count(lit) })
	}
	return count(fn) && calls == 1
}

// A relay is a place that a function takes or gives back.
type relay struct {
	fn    *ssa.Function
	place types.Object
}

// placeOf is the field or package-level variable of which v is the address or the content.
func placeOf(v ssa.Value) types.Object {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		return gotypes.FieldOf(v.X.Type(), v.Field)
	case *ssa.UnOp:
		return placeOf(v.X)
	case *ssa.Global:
		return v.Object()
	}
	return nil
}

// isRelayed reports whether the guard of l is a lock that functions hand to each other.
func (in *Rules) isRelayed(l *domain.Loan) bool {
	site, ok := l.Key.Site.(ssa.CallInstruction)
	if !ok || len(site.Common().Args) == 0 {
		return false
	}
	place := placeOf(site.Common().Args[0])
	return place != nil && in.Relayed[place]
}
