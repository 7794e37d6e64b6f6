package rules

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// isHarmless reports whether the bytes that l lends to a Read or Write, which left them
// in the field at a, are looked at by nobody afterwards: only what the method itself
// calls reads that field, and the method puts something new there first. A decoder
// that keeps its input while it decodes does this.
func (in *Rules) isHarmless(l *domain.Loan, a *domain.Symbol) bool {
	p, ok := l.Key.Site.(*ssa.Parameter)
	if !ok || p.Parent().Signature.Recv() == nil || l.Kind != domain.Scoped || gotypes.SliceOf(p.Type()) == nil || l.Token {
		return false
	}
	field := fieldAround(a)
	if field == nil {
		return false
	}
	within := reached(p.Parent())
	for _, fn := range in.Declared {
		if !within[fn] && reads(fn, field) {
			return false
		}
	}
	return true
}

// fieldAround is the innermost field that the address a is of, or lies in.
func fieldAround(a *domain.Symbol) types.Object {
	for ; a != nil; a = a.Key.Base {
		if a.Kind == domain.SymAddr && a.Key.Index >= 0 && a.Key.Base.Typ != nil && gotypes.IsPointer(a.Key.Base.Typ) {
			if f := gotypes.FieldOf(a.Key.Base.Typ, a.Key.Index); f != nil {
				return f
			}
		}
	}
	return nil
}

// reached are fn, the functions that it calls directly, and so on, with their literals.
func reached(fn *ssa.Function) map[*ssa.Function]bool {
	out := make(map[*ssa.Function]bool)
	var visit func(*ssa.Function)
	visit = func(fn *ssa.Function) {
		if out[fn] {
			return
		}
		out[fn] = true
		for _, lit := range fn.AnonFuncs {
			visit(lit)
		}
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				if c, ok := i.(ssa.CallInstruction); ok {
					if g := c.Common().StaticCallee(); g != nil && g.Pkg == fn.Pkg {
						visit(interp.Real(g))
					}
				}
			}
		}
	}
	visit(fn)
	return out
}

// CallsNamed reports whether fn, or what it calls in its package, calls a function whose name is such.
func CallsNamed(fn *ssa.Function, such func(name string) bool) bool {
	for f := range reached(fn) {
		for _, b := range f.Blocks {
			for _, i := range b.Instrs {
				c, ok := i.(ssa.CallInstruction)
				if !ok {
					continue
				}
				call := c.Common()
				if call.IsInvoke() && such(call.Method.Name()) {
					return true
				}
				if g := call.StaticCallee(); g != nil && such(g.Name()) {
					return true
				}
			}
		}
	}
	return false
}

// reads reports whether fn loads the field, or takes its address for anything but a store.
func reads(fn *ssa.Function, field types.Object) bool {
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.Field:
				if gotypes.FieldOf(i.X.Type(), i.Field) == field {
					return true
				}
			case *ssa.FieldAddr:
				if gotypes.FieldOf(i.X.Type(), i.Field) == field && !isStoredOnly(i) {
					return true
				}
			}
		}
	}
	return false
}

// isStoredOnly reports whether all that is done with the address v is to store there.
func isStoredOnly(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		if s, ok := r.(*ssa.Store); !ok || s.Addr != v {
			return false
		}
	}
	return true
}
