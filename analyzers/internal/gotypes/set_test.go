package gotypes_test

import (
	"go/types"
	"testing"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

func TestSet(t *testing.T) {
	s := gotypes.NewSet()
	s.Add(types.NewPointer(types.Typ[types.Int]))
	same := types.NewPointer(types.Typ[types.Int])
	for range 2 { // the second time it is asked what it has answered
		if !s.Has(same) {
			t.Error("another type that is called the same is not in the set")
		}
		if s.Has(types.Typ[types.Int]) {
			t.Error("a type that was not added is in the set")
		}
	}
}
