package rules

import (
	"go/types"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// OnToken reports whether any of v is a proof token.
func (in *Rules) OnToken(v domain.Value) bool {
	for _, s := range v {
		if s.IsToken() {
			return true
		}
	}
	return false
}

// An Iterator is what is known of a function that yields values and does nothing else: the type of
// what it goes over, and the way from there to each of the values.
type Iterator struct {
	Type  types.Type
	Steps []summary.Path
}

// Equal reports whether i and j say the same.
func (i Iterator) Equal(j Iterator) bool {
	return i.Type != nil && j.Type != nil && types.Identical(i.Type, j.Type) && slices.Equal(i.Steps, j.Steps)
}

// A RangeOf is an iterator whose values are on loan for a round each.
type RangeOf struct {
	Claim *contract.Claim
	Call  *interp.CallSite
}
