package concrete

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

func newSlice(elem types.Type, n, m int) slice {
	p := new(any)
	a := make(array, m)
	for i := range a {
		a[i] = zero(elem)
	}
	*p = a
	return slice{p, 0, n, m}
}

// elements are the variables in s.
func (s slice) elements() []any {
	if s.data == nil {
		return nil
	}
	return (*s.data).(array)[s.low:s.high]
}

func (m *mapping) set(key, v any) {
	p := m.values[key]
	if p == nil {
		p = new(any)
		m.keys = append(m.keys, key)
		m.values[key] = p
	}
	*p = v
}

// An iterator goes through a map.
type iterator struct {
	m    *mapping
	left []any
}

func (it *iterator) next(i *ssa.Next) any {
	for len(it.left) > 0 {
		k := it.left[0]
		it.left = it.left[1:]
		if p, ok := it.m.values[k]; ok {
			return tuple{true, k, dup(*p)}
		}
	}
	t := i.Type().(*types.Tuple)
	blank := func(n int) any {
		if t.At(n).Type() == types.Typ[types.Invalid] {
			return nil
		}
		return zero(t.At(n).Type())
	}
	return tuple{false, blank(1), blank(2)}
}

func (r *Run) lookup(f *frame, i *ssa.Lookup) any {
	m, _ := r.eval(f, i.X).(*mapping)
	v, ok := zero(i.X.Type().Underlying().(*types.Map).Elem()), false
	if m != nil {
		if p := m.values[r.eval(f, i.Index)]; p != nil {
			v, ok = dup(*p), true
		}
	}
	if i.CommaOk {
		return tuple{v, ok}
	}
	return v
}

func (r *Run) slice(f *frame, i *ssa.Slice) any {
	var s slice
	switch x := r.eval(f, i.X).(type) {
	case nil:
		if _, ok := i.X.Type().Underlying().(*types.Slice); !ok {
			panic(errStopped)
		}
	case *any:
		n := len((*x).(array))
		s = slice{x, 0, n, n}
	case slice:
		s = x
	}
	low, high, max := 0, s.high-s.low, s.max-s.low
	bound := func(v ssa.Value, n *int) {
		if v != nil {
			*n = int(r.eval(f, v).(int64))
		}
	}
	bound(i.Low, &low)
	bound(i.High, &high)
	bound(i.Max, &max)
	r.mustNot(low < 0 || high < low || max < high || s.low+max > s.max)
	if s.data == nil {
		return nil
	}
	return slice{s.data, s.low + low, s.low + high, s.low + max}
}

func (r *Run) builtin(name string, args []any, of ssa.Value) any {
	switch name {
	case "len", "cap":
		switch x := args[0].(type) {
		case slice:
			if name == "cap" {
				return int64(x.max - x.low)
			}
			return int64(x.high - x.low)
		case *mapping:
			return int64(len(x.keys))
		case string:
			return int64(len(x))
		}
		return int64(0)
	case "append":
		s, _ := args[0].(slice)
		t, _ := args[1].(slice)
		more := dupAll(t.elements())
		if n := s.high - s.low + len(more); s.data == nil || n > s.max-s.low {
			if n == 0 {
				return args[0]
			}
			elem := of.Type().(*types.Signature).Results().At(0).Type().Underlying().(*types.Slice).Elem()
			grown := newSlice(elem, n, n+n/2) // there may be room, or not
			copy(grown.elements(), dupAll(s.elements()))
			copy(grown.elements()[s.high-s.low:], more)
			return grown
		}
		s.high += len(more)
		for i, v := range more {
			put(&s.elements()[len(s.elements())-len(more)+i], v)
		}
		return s
	case "copy":
		s, _ := args[0].(slice)
		t, _ := args[1].(slice)
		from := dupAll(t.elements())
		n := min(len(from), s.high-s.low)
		for i := range n {
			put(&s.elements()[i], from[i])
		}
		return int64(n)
	case "delete":
		if m, ok := args[0].(*mapping); ok && m != nil {
			if _, ok := m.values[args[1]]; ok {
				delete(m.values, args[1])
				m.keys = slices.DeleteFunc(m.keys, func(k any) bool { return k == args[1] })
			}
		}
		return nil
	case "min", "max":
		m, n := args[0].(int64), args[1].(int64)
		if name == "min" {
			return min(m, n)
		}
		return max(m, n)
	}
	panic(errStopped)
}
