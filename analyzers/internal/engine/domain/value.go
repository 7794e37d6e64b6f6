package domain

import (
	"cmp"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A Value is what an SSA value or a memory cell may be: one symbol where it
// is known, several where paths have met, in order of their ids. The empty
// value is unset.
type Value []*Symbol

// maxReferences is how many symbols a value may have before it is unknown.
const maxReferences = 8

// One returns the only symbol of v, or nil if there is not just one.
func (v Value) One() *Symbol {
	if len(v) == 1 {
		return v[0]
	}
	return nil
}

// Only returns the only symbol of v but for nil, or nil if there is not just one.
func (v Value) Only() *Symbol {
	return slices.DeleteFunc(slices.Clone(v), (*Symbol).IsNil).One()
}

// Has reports whether s is one of v.
func (v Value) Has(s *Symbol) bool {
	_, ok := slices.BinarySearchFunc(v, s.Id, func(s *Symbol, id int) int { return cmp.Compare(s.Id, id) })
	return ok
}

// NamedByCaller is the path by which callers know v, if that is one.
func (v Value) NamedByCaller() (summary.Path, bool) {
	if s := v.One(); s != nil {
		return s.Path()
	}
	return "", false
}

// Union returns v with the symbols of w.
func (v Value) Union(w Value) Value {
	if len(w) == 0 || slices.Equal(v, w) {
		return v
	}
	if len(v) == 0 {
		return w
	}
	out := make(Value, 0, len(v)+len(w))
	i, j := 0, 0
	for i < len(v) && j < len(w) {
		switch {
		case v[i].Id == w[j].Id:
			out = append(out, v[i])
			i, j = i+1, j+1
		case v[i].Id < w[j].Id:
			out = append(out, v[i])
			i++
		default:
			out = append(out, w[j])
			j++
		}
	}
	return append(append(out, v[i:]...), w[j:]...)
}
