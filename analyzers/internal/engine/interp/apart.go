package interp

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// Which conditions keep paths apart that are asked once: where two at once decide whether something of the callers' is released.

// maxApart is how many conditions keep paths apart that are asked once.
const maxApart = 4

// NoteNilAsked notes that a callee has asked whether s, which was passed to it as arg, is nil, where paths are told apart by that.
func (in *Interp) NoteNilAsked(st *domain.State, s *domain.Symbol, arg ssa.Value, isNil bool) {
	if !in.Apart || s.Kind == domain.SymConst || s.Old {
		return
	}
	test := in.Intern(domain.SymbolKey{Kind: domain.SymCompare, Op: token.EQL, Base: s, With: in.NilSymbol()}, types.Typ[types.Bool], nil)
	if in.Learn(st, test, isNil) {
		in.noteAsked(st, test, arg)
	}
}

// ByCaller reports whether the condition s is one of what was passed to the function: its callers can answer it, too.
func ByCaller(s *domain.Symbol) bool {
	if s.Kind != domain.SymCompare {
		_, ok := s.Path()
		return ok
	}
	x, y := s.Key.Base, s.Key.With
	if x == nil || y == nil {
		return false
	}
	if x.Kind == domain.SymConst {
		x, y = y, x
	}
	_, ok := x.Path()
	return ok && y.Kind == domain.SymConst
}
