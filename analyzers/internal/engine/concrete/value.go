package concrete

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A concrete value is an int64, bool or string; nil; a *any, the address of a variable; a
// [structure] or [array]; a [slice]; a *[mapping]; an [iface]; a *[closure] or
// *ssa.Function; a [tuple].
type (
	structure []any
	array     []any
	tuple     []any

	// A slice is a part of the array at data.
	slice struct {
		data           *any
		low, high, max int
	}

	// A mapping is a map; it is gone through in the order of insertion.
	mapping struct {
		keys   []any
		values map[any]*any
	}

	// An iface is an interface value that is not nil.
	iface struct {
		typ string
		of  types.Type
		v   any
	}

	// A closure is a function literal with what it captures.
	closure struct {
		fn       *ssa.Function
		captured []any
	}
)

// zero is the zero value of type t.
func zero(t types.Type) any {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case t.Info()&types.IsBoolean != 0:
			return false
		case t.Info()&types.IsInteger != 0:
			return int64(0)
		case t.Info()&types.IsString != 0:
			return ""
		}
	case *types.Struct:
		s := make(structure, t.NumFields())
		for i := range s {
			s[i] = zero(t.Field(i).Type())
		}
		return s
	case *types.Array:
		a := make(array, t.Len())
		for i := range a {
			a[i] = zero(t.Elem())
		}
		return a
	}
	return nil
}

// constantOf is the value of the constant c, of type t.
func constantOf(c constant.Value, t types.Type) any {
	if c == nil {
		return zero(t)
	}
	switch c.Kind() {
	case constant.Bool:
		return constant.BoolVal(c)
	case constant.String:
		return constant.StringVal(c)
	}
	n, _ := constant.Int64Val(constant.ToInt(c))
	return n
}

// dup is a value of its own: structs and arrays are copied.
func dup(v any) any {
	switch v := v.(type) {
	case structure:
		return structure(dupAll(v))
	case array:
		return array(dupAll(v))
	}
	return v
}

func dupAll(vs []any) []any {
	out := make([]any, len(vs))
	for i, v := range vs {
		out[i] = dup(v)
	}
	return out
}

// put stores v at p. The parts of a struct or array stay where they are: there may be pointers to them.
func put(p *any, v any) {
	var into, from []any
	switch v := v.(type) {
	case structure:
		from = v
		into, _ = (*p).(structure)
	case array:
		from = v
		into, _ = (*p).(array)
	}
	if into == nil {
		*p = dup(v)
		return
	}
	for i := range from {
		put(&into[i], from[i])
	}
}

// equal is x == y.
func equal(x, y any) bool {
	switch x := x.(type) {
	case structure:
		y, ok := y.(structure)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !equal(x[i], y[i]) {
				return false
			}
		}
		return true
	case array:
		y, ok := y.(array)
		return ok && equal(structure(x), structure(y))
	case iface:
		y, ok := y.(iface)
		return ok && x.typ == y.typ && equal(x.v, y.v)
	}
	switch y.(type) {
	case structure, array, iface:
		return false
	}
	return x == y
}

// canonical is what identifies v to the engine, to which a value in an interface, and a
// slice of an array, go by the name of the value and the array. It can be compared with ==
// unless it is a structure.
func canonical(v any) any {
	switch v := v.(type) {
	case iface:
		return canonical(v.v)
	case slice:
		return v.data
	case *closure:
		if len(v.captured) == 0 {
			return v.fn
		}
	}
	return v
}
