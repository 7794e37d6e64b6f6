package contract

import (
	"go/types"
	"slices"
	"strings"
)

// canBeNil reports whether a value of type t can be nil; of a type parameter
// some instance may be.
func canBeNil(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Array, *types.Struct:
		return false
	}
	return true
}

func isBoolean(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// fieldNamed finds a field, through pointers and embedded fields, unexported
// ones too.
func fieldNamed(t types.Type, name string) ([]int, types.Type) {
	type level struct {
		t    types.Type
		path []int
	}
	seen := map[types.Type]bool{}
	for queue := []level{{t, nil}}; len(queue) > 0; queue = queue[1:] {
		l := queue[0]
		u := l.t
		if p, ok := u.Underlying().(*types.Pointer); ok {
			u = p.Elem()
		}
		st, ok := u.Underlying().(*types.Struct)
		if !ok || seen[u] {
			continue
		}
		seen[u] = true
		for i := range st.NumFields() {
			f := st.Field(i)
			path := append(slices.Clip(l.path), i)
			if f.Name() == name {
				return path, f.Type()
			}
			if f.Embedded() {
				queue = append(queue, level{f.Type(), path})
			}
		}
	}
	return nil, nil
}

// qualified writes a type with full package paths; a generic one by its name,
// for all its instances.
func qualified(t types.Type) string {
	if n, ok := types.Unalias(t).(*types.Named); ok && n.TypeParams().Len() > 0 && n.TypeArgs().Len() == 0 {
		return n.Obj().Pkg().Path() + "." + n.Obj().Name()
	}
	return types.TypeString(t, nil)
}

func pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// typeLabel is the bare name of a type, for messages.
func typeLabel(t types.Type) string {
	t = pointee(t)
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return types.TypeString(t, shortNames)
}

// hasMethod looks for a method with the name, or beginning with it.
func hasMethod(t types.Type, name string, isPrefix bool) bool {
	return slices.ContainsFunc(methodNames(t), func(m string) bool { return m == name || isPrefix && strings.HasPrefix(m, name) })
}

// methodNames are the names of the methods of t and *t.
func methodNames(t types.Type) (names []string) {
	if !types.IsInterface(t) {
		if _, ok := t.Underlying().(*types.Pointer); !ok {
			t = types.NewPointer(t)
		}
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		names = append(names, set.At(i).Obj().Name())
	}
	return names
}
