package domain

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// HeldFields are the fields of structs which are interfaces, and of which it is known what they hold where they are not nil: they are
// not exported, all that functions of the package store there is of one type, and none takes their address.
type HeldFields map[types.Object]types.Type

// FindHeldFields looks through the functions of pkg for what its fields hold. What tests put there, which isTest tells, is
// left out: they are not what the others were written for.
func FindHeldFields(pkg *ssa.Package, isTest func(*ssa.Function) bool) HeldFields {
	out, lost := make(HeldFields), make(map[types.Object]bool)
	visitFunctions(pkg, func(fn *ssa.Function) {
		if isTest(fn) {
			return
		}
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				switch i := i.(type) {
				case *ssa.FieldAddr:
					f := gotypes.FieldOf(i.X.Type(), i.Field)
					if f == nil || f.Exported() || f.Pkg() != pkg.Pkg || !types.IsInterface(f.Type()) || gotypes.IsError(f.Type()) {
						continue
					}
					for _, r := range *i.Referrers() {
						lost[f] = lost[f] || !out.note(f, i, r)
					}
				case *ssa.ChangeType:
					loseFields(i.Type(), lost) // by another name they were set for another type
				case *ssa.Convert:
					loseFields(i.Type(), lost)
				}
			}
		}
	})
	for f := range lost {
		if lost[f] {
			delete(out, f)
		}
	}
	return out
}

// note notes what r does with f, of which at is the address, and reports whether it is still known what f holds.
func (out HeldFields) note(f types.Object, at *ssa.FieldAddr, r ssa.Instruction) bool {
	switch r := r.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.UnOp:
		return r.Op == token.MUL
	case *ssa.Store:
		if r.Addr != at {
			return false
		}
		if c, ok := r.Val.(*ssa.Const); ok && c.IsNil() {
			return true
		}
		m, ok := r.Val.(*ssa.MakeInterface)
		if !ok {
			return false
		}
		if t := out[f]; t != nil {
			return types.Identical(t, m.X.Type())
		}
		iface, ok := f.Type().Underlying().(*types.Interface)
		out[f] = m.X.Type()
		return ok && HasMethods(m.X.Type(), iface)
	}
	return false
}

// loseFields forgets the fields of t, if that is a struct, or points to one.
func loseFields(t types.Type, lost map[types.Object]bool) {
	if s, ok := gotypes.Deref(t).Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			lost[f.Origin()] = true
		}
	}
}

// HasMethods reports whether t is a struct with a name of its package, or a pointer to one, and it is known whose methods
// those are that iface has: its own, or those of a part that it embeds, and not of a copy.
func HasMethods(t types.Type, iface *types.Interface) bool {
	n := namedStruct(t)
	if n == nil {
		return false
	}
	for m := range iface.Methods() {
		obj, index, _ := types.LookupFieldOrMethod(t, false, m.Pkg(), m.Name())
		f, ok := obj.(*types.Func)
		if !ok {
			return false
		}
		part, recv := t, f.Signature().Recv().Type()
		for _, i := range index[:len(index)-1] {
			part = Embedded(part, i)
		}
		if types.IsInterface(part) != types.IsInterface(recv) || gotypes.IsPointer(part) != gotypes.IsPointer(recv) {
			return false
		}
	}
	return true
}

// namedStruct is the struct with a name of its package that t is, or points to; nil if it is none.
func namedStruct(t types.Type) *types.Named {
	n, ok := types.Unalias(t).(*types.Named)
	if p, is := types.Unalias(t).(*types.Pointer); is {
		n, ok = types.Unalias(p.Elem()).(*types.Named)
	}
	if !ok || n.Obj().Pkg() == nil || n.Obj().Parent() != nil && n.Obj().Parent() != n.Obj().Pkg().Scope() {
		return nil
	}
	if _, isStruct := n.Underlying().(*types.Struct); !isStruct {
		return nil
	}
	return n
}

// HeldName is the name of t, which HasMethods, in a summary: without arguments for its type parameters.
func HeldName(t types.Type) string {
	n := namedStruct(t)
	name := n.Obj().Pkg().Path() + "." + n.Obj().Name()
	if gotypes.IsPointer(t) {
		return "*" + name
	}
	return name
}

// Embedded is the type of field i of t, which is a struct or points to one, or a pointer to it where it has an address.
func Embedded(t types.Type, i int) types.Type {
	f := gotypes.Deref(t).Underlying().(*types.Struct).Field(i).Type()
	if gotypes.IsPointer(t) && !gotypes.IsPointer(f) && !types.IsInterface(f) {
		return types.NewPointer(f)
	}
	return f
}

// heldIn is what the field at a holds; nil if that is not known.
func (m *Machine) heldIn(a *Symbol) types.Type {
	if len(m.HeldFields) == 0 || a.Kind != SymAddr || a.Key.Index < 0 || a.Key.Base.Typ == nil {
		return nil
	}
	s, ok := gotypes.Deref(a.Key.Base.Typ).Underlying().(*types.Struct)
	if !ok || a.Key.Index >= s.NumFields() {
		return nil
	}
	return m.HeldFields[s.Field(a.Key.Index).Origin()]
}
