package rules

import (
	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
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

// A RangeOf is an iterator whose values are on loan for a round each.
type RangeOf struct {
	Claim *contract.Claim
	Call  *interp.CallSite
}
