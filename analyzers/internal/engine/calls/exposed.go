package calls

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// exposed is the part of v, which stands at a in an object that the function made, that code out of sight can get
// at: who was given the address of one field cannot get at another.
func (in *Calls) exposed(st *domain.State, a *domain.Symbol, v domain.Value) (out domain.Value) {
	o := a.Object()
	site, ok := o.Key.Site.(*ssa.Alloc)
	if !ok {
		return v
	}
	if a != o {
		for a.Kind == domain.SymAddr && a.Key.Base != nil && a.Key.Base != o {
			a = a.Key.Base
		}
		if a.Kind == domain.SymAddr && a.Key.Base == o && !exposesField(site, a.Key.Index) {
			return nil
		}
		return v
	}
	str, ok := gotypes.Deref(site.Type()).Underlying().(*types.Struct)
	if !ok {
		return v
	}
	for i := range str.NumFields() {
		if exposesField(site, i) {
			out = append(out, st.Part(in.Machine, v, i, str.Field(i).Type())...)
		}
	}
	return out
}

// exposesField reports whether anything but the addresses of other fields than field i is taken of what v makes.
func exposesField(v *ssa.Alloc, i int) bool {
	return slices.ContainsFunc(*v.Referrers(), func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.UnOp, *ssa.DebugRef, *ssa.Return:
			return false
		case *ssa.Store:
			return use.Val == v
		case *ssa.FieldAddr:
			return use.Field == i && !readsOnly(use, true)
		}
		return true
	})
}

// isGivenHolder reports whether c is given, beside its receiver, a way to an object that holds what
// guards l, and that c may change.
func (in *Calls) isGivenHolder(st *domain.State, c *interp.CallSite, l *domain.Loan) bool {
	holds := func(v domain.Value) (found bool) {
		st.Reach(v, func(s *domain.Symbol) {
			if found || !gotypes.IsPointer(s.Typ) || isReadOnlyElsewhere(s.Object()) {
				return
			}
			for a, cell := range st.Mem.All() {
				found = found || domain.IsWithin(a, s) && slices.ContainsFunc(cell.V, func(g *domain.Symbol) bool { return slices.Contains(in.GuardedBy(st, g), l) })
			}
		})
		return found
	}
	return slices.ContainsFunc(c.Args[1:], holds) || slices.ContainsFunc(c.Captures, holds)
}
