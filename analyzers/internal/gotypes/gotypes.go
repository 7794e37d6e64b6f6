package gotypes

import (
	"go/types"
)

// IsUnsafePointer reports whether t is an unsafe.Pointer.
func IsUnsafePointer(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.UnsafePointer
}

// SliceOf is the slice type that t is, or that all types of the type
// parameter t are.
func SliceOf(t types.Type) *types.Slice {
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		iface, ok := tp.Constraint().Underlying().(*types.Interface)
		if !ok || iface.NumEmbeddeds() != 1 {
			return nil
		}
		t = iface.EmbeddedType(0)
		if u, ok := t.(*types.Union); ok && u.Len() == 1 {
			t = u.Term(0).Type()
		}
	}
	s, _ := t.Underlying().(*types.Slice)
	return s
}

// FieldOf is the i-th field of the struct that t is, or points to; nil if t is none.
func FieldOf(t types.Type, i int) types.Object {
	if s, ok := Deref(t).Underlying().(*types.Struct); ok {
		return s.Field(i).Origin()
	}
	return nil
}

// IsFunc reports whether t is a func type.
func IsFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// IsReference reports whether a value of type t can keep something alive or
// in use: it holds a pointer of some kind.
func IsReference(t types.Type) bool {
	if t == nil {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.UnsafePointer || u.Info()&types.IsString != 0
	case *types.Struct:
		for f := range u.Fields() {
			if IsReference(f.Type()) {
				return true
			}
		}
		return false
	case *types.Array:
		return IsReference(u.Elem())
	}
	return true
}

// IsString reports whether t is a string type.
func IsString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// TupleAt is the i-th type of the tuple t; invalid if there is none.
func TupleAt(t types.Type, i int) types.Type {
	if tup, ok := t.(*types.Tuple); ok && i < tup.Len() {
		return tup.At(i).Type()
	}
	return types.Typ[types.Invalid]
}

// Deref is what t points to, or t where it is no pointer.
func Deref(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// IsFlag reports whether t is a boolean or an integer type: what conditions rest on.
func IsFlag(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsBoolean|types.IsInteger) != 0
}

// IsBoolean reports whether t is a bool.
func IsBoolean(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// IsInteger reports whether t is a type of whole numbers, signed or not.
func IsInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// IsParameter reports whether t is a type parameter.
func IsParameter(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// Streams reports whether t is an interface by which one reads, or writes: it has a method Read, or Write.
func Streams(t types.Type) (reads, writes bool) {
	if t == nil {
		return false, false
	}
	if i, ok := t.Underlying().(*types.Interface); ok {
		for m := range i.Methods() {
			reads = reads || m.Name() == "Read"
			writes = writes || m.Name() == "Write"
		}
	}
	return reads, writes
}

// IsContext reports whether t is context.Context itself.
func IsContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Context" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context"
}

// IsError reports whether t is the type error itself.
func IsError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// IsNillable reports whether values of type t can be nil.
func IsNillable(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer || u.Kind() == types.UntypedNil
	}
	return false
}

// CarriesLoan reports whether a value of type t that was loaded from a loan
// is on that loan: slices and maps are parts of what was lent, and so is a
// struct or array, which may hold some. Pointers, interfaces, channels and
// functions found there are often shared with others (a logger, a parent).
func CarriesLoan(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	case *types.Array:
		return CarriesLoan(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if CarriesLoan(f.Type()) {
				return true
			}
		}
	}
	return false
}

// IsPointer reports whether a value of type t leads to something else: a pointer, an interface, a map,
// a slice, a channel or a function.
func IsPointer(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Map, *types.Slice, *types.Chan, *types.Signature:
		return true
	}
	return false
}

// PackageOf is the package that declares the name that t, or what it points to, has; nil if it has none.
func PackageOf(t types.Type) *types.Package {
	if n, ok := types.Unalias(Deref(t)).(*types.Named); ok {
		return n.Obj().Pkg()
	}
	return nil
}

// IsConcrete reports whether t is no interface and no type parameter is part of
// it: then it is the same type wherever it is spelled so. Of structs, functions
// and tuples without a name that is not asked: they are not.
func IsConcrete(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t.Kind() != types.UntypedNil
	case *types.Pointer:
		return IsConcrete(t.Elem())
	case *types.Slice:
		return IsConcrete(t.Elem())
	case *types.Array:
		return IsConcrete(t.Elem())
	case *types.Named:
		return !types.IsInterface(t) && t.TypeArgs().Len() == 0 && t.TypeParams().Len() == 0
	}
	return false
}
