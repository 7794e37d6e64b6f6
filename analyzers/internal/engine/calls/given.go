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

// askedError is the error, which may be nil, and says of a loan whether it is there, where c answers no more than what
// kind of error that is; nil if c is no such question.
func (in *Calls) askedError(st *domain.State, c *interp.CallSite) (asked *domain.Symbol) {
	if !isPredicate(c) {
		return nil
	}
	for i, a := range c.Args {
		if i == 0 && c.HasRecv || !gotypes.IsError(c.ArgTypes[i]) {
			continue
		}
		s := a.One()
		if s == nil || s.Old {
			return nil
		}
		if known, isNil := in.Nilness(st, s); known {
			if isNil {
				return nil
			}
			continue // the kind that is asked for: a sentinel error
		}
		if asked != nil {
			return nil
		}
		asked = s
	}
	if asked == nil || !in.Tells(st, asked) {
		return nil
	}
	return asked
}
