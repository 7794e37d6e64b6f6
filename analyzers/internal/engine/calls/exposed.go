package calls

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
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
