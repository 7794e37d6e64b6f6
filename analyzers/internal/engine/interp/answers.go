package interp

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// What kind of error there is: tests of its type, and calls that answer whether it is of a kind.

// learnKind adds that the test s of a value's kind came out as truth.
func (in *Interp) learnKind(st *domain.State, s *domain.Symbol, truth bool) bool {
	x := s.Key.Base
	switch {
	case !truth:
		in.isAnother(st, x, s.Asserted)
	case isAnswer(s):
		in.PresumeError(st, x)
	default:
		in.learnType(st, x, s.Asserted)
		if s.Asserted != nil && gotypes.IsError(x.Typ) {
			return in.LearnNil(st, x, false) // an interface that holds something is not nil
		}
	}
	return true
}

// AnswerOf is what the call at site answers to the question of what kind the error s is.
func (in *Interp) AnswerOf(s *domain.Symbol, site ssa.Instruction) *domain.Symbol {
	return in.Intern(domain.SymbolKey{Kind: domain.SymCompare, Op: token.TYPE, Base: s, Site: site}, types.Typ[types.Bool], nil)
}

// isAnswer reports whether s is one of these, and no test of a type, of which the site is a name.
func isAnswer(s *domain.Symbol) bool {
	_, is := s.Key.Site.(ssa.Instruction)
	return is
}

// PresumeError notes that the error s is of a kind that somebody asked for: by custom it is not nil then. Where it was found to
// be nil in between, nothing on the path is certain.
func (in *Interp) PresumeError(st *domain.State, s *domain.Symbol) {
	switch known, isNil := in.Nilness(st, s); {
	case known && isNil:
		doubtPath(st)
	case !known && !s.Old:
		st.Facts.Set(s, st.Facts.At(s)|domain.Presumed)
	}
}

// Tells reports whether s, an error, says of a loan whether it is there.
func (in *Interp) Tells(st *domain.State, s *domain.Symbol) bool {
	for l, stand := range st.Loans.All() {
		if (stand.Phase == domain.Unchecked || stand.Phase == domain.Live) && !l.Old && l.Cond.One() == s {
			return true
		}
	}
	return false
}
