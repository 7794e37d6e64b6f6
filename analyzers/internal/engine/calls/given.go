package calls

import (
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// What code out of sight answers by custom to the errors that it is given.

// isGivenError reports whether an error that is not nil is among the arguments: who
// wraps an error returns one.
func (in *Calls) isGivenError(st *domain.State, c *interp.CallSite) bool {
	if c.Name() == "Unwrap" || c.Name() == "Cause" {
		return false
	}
	for i, a := range c.Args {
		s := a.One()
		if s == nil || i == 0 && c.HasRecv || !gotypes.IsError(c.ArgTypes[i]) {
			continue
		}
		if known, isNil := in.Nilness(st, s); known && !isNil {
			return true
		}
	}
	return false
}

// isGivenNoError reports whether an error among the arguments is nil, and none is not: who wraps
// it answers with none, and who asks what kind it is of answers with no. That is custom, and no
// proof: on a path that takes the other answer nothing is certain.
func (in *Calls) isGivenNoError(st *domain.State, c *interp.CallSite) (none bool) {
	for i, a := range c.Args {
		if i == 0 && c.HasRecv || !gotypes.IsError(c.ArgTypes[i]) {
			continue
		}
		s := a.One()
		if s == nil {
			return false
		}
		if known, isNil := in.Nilness(st, s); !known || !isNil {
			return false
		}
		none = true
	}
	return none
}
