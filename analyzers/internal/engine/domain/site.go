package domain

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// siteOf is the instruction that made a symbol, whatever it made it as.
func siteOf(site any) any {
	switch s := site.(type) {
	case havoc:
		return siteOf(s.site)
	case Filled:
		return siteOf(s.Site)
	case GlobalOf:
		return siteOf(s.Site)
	case anyElement:
		return siteOf(s.site)
	case farFrom:
		return siteOf(s.site)
	case FailedCall:
		return siteOf(s.Site)
	case ReadBy:
		return siteOf(s.Call)
	case Slot:
		return siteOf(s.Tuple)
	case LengthOf:
		return siteOf(s.Of.Key.Site)
	case Appended:
		if s.Count > 0 {
			return s // see Interp.appendExact
		}
		return s.Call
	}
	return site
}

// IsMadeAt reports whether the instruction at made s.
func (s *Symbol) IsMadeAt(at ssa.Instruction) bool { return siteOf(s.Key.Site) == any(at) }

// Appended is the site of the array that an append makes: a loop that appends
// to its own result goes on with the same one. An exact one has Count elements.
type Appended struct {
	Call  *ssa.Call
	Count int
}

// IsGivenSlice reports whether s is a slice that stands in a field of what was passed.
func IsGivenSlice(s *Symbol) bool {
	return s.Kind == SymContent && s.Depth == 1 && s.Root().Kind == SymParam && s.Typ != nil && gotypes.SliceOf(s.Typ) != nil && !s.IsElement()
}

// LengthOf makes the length of a string, or of a slice that the caller passed, one value
// wherever it is asked for.
type LengthOf struct{ Of *Symbol }

// Filled marks what a call wrote through one of its arguments.
type Filled struct {
	Site any
	Path string
}

// ReadBy is what a callee found at Path, too far from any root for its caller to name: each
// path is a value of its own, or what the callee found out of one would be said of all.
type ReadBy struct {
	Call ssa.Instruction
	Path summary.Path
}

// anyElement marks an element of a slice, array or map of which nothing is known.
type anyElement struct{ site any }

// OverwrittenAt is what a holds after code out of sight, at site, could write there.
func (m *Machine) OverwrittenAt(site any, a *Symbol) *Symbol {
	s := m.far(havoc{site, a.Id}, a, gotypes.Deref(a.Typ))
	s.OfField = m.heldIn(a) // whoever has written has kept to that
	return s
}

// Unknown is a value, made at site, of which nothing is known.
func (m *Machine) Unknown(site any, t types.Type) *Symbol { return m.Fresh(havoc{site, 0}, 0, t) }

// far is a value of which nothing is known but from where a was reached.
func (m *Machine) far(site any, a *Symbol, t types.Type) *Symbol {
	root := a.ReachedFrom()
	if root == nil {
		return m.Fresh(site, 0, t)
	}
	return m.Intern(SymbolKey{Kind: SymFresh, Site: farFrom{site, root}}, t, func(s *Symbol) { s.within = root })
}

// farFrom marks what was read too far from a root to be told apart.
type farFrom struct {
	site any
	root *Symbol
}

// IsReadFar reports whether s is what one instruction read too far from a root to be told apart.
func (s *Symbol) IsReadFar() bool {
	_, ok := s.Key.Site.(farFrom)
	return ok
}

// tooMany marks the symbols that stand for more values than are told apart.
type tooMany struct{ site any }

// GlobalOf is a variable that a callee stored to, and nobody here can name.
type GlobalOf struct{ Site any }

// FailedCall marks the error of a call that failed, for one reason or another.
type FailedCall struct {
	Site   ssa.Instruction
	Result int
}

// A Slot is one part of a tuple, as a site.
type Slot struct {
	Tuple ssa.Value
	Index int
}

// havoc marks what a cell holds after unknown code could write to it.
type havoc struct {
	site any
	cell int
}
