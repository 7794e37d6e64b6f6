package domain

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Path names s for callers, if they can name it: what was passed, and what
// is reached from there.
func (s *Symbol) Path() (summary.Path, bool) {
	switch s.Kind {
	case SymParam:
		return summary.Path("p" + strconv.Itoa(s.Key.Index)), true
	case SymAddr, SymField:
		if p, ok := s.Key.Base.Path(); ok {
			return p.Field(s.Key.Index), true
		}
	case SymContent:
		if p, ok := s.Key.Base.Path(); ok {
			return p.Load(), true
		}
	case SymDerived:
		if s.Key.Base != nil {
			return s.Key.Base.Path()
		}
	}
	return "", false
}

// Pos is where s was made, if an instruction made it.
func (s *Symbol) Pos() token.Pos {
	if v, ok := s.Key.Site.(ssa.Value); ok {
		return v.Pos()
	}
	return token.NoPos
}

// A Cut is how much of a slice a reslice of it is.
type Cut uint8

const (
	Uncut        Cut = iota // all of it
	CutTail                 // starts where it started
	CutSomewhere            // where it starts is not known
	CutHead                 // starts elsewhere
)

// ComesFrom reports whether s was computed from b.
func (s *Symbol) ComesFrom(b *Symbol) bool {
	for ; s != nil; s = s.from {
		if s == b {
			return true
		}
	}
	return false
}

// Object is the object that the address s points into: fields and elements
// belong to the object they are part of, what is loaded from it does not.
func (s *Symbol) Object() *Symbol {
	for s.Kind == SymAddr {
		s = s.Key.Base
	}
	return s
}

// Whole is the struct value that s is a field of, or of a field of it; s itself if it is none.
func (s *Symbol) Whole() *Symbol {
	for s.Kind == SymField {
		s = s.Key.Base
	}
	return s
}

// IsElement reports whether s is an element of a collection, or was reached
// through one: which of them, is not known.
func (s *Symbol) IsElement() bool {
	for ; s != nil; s = s.Key.Base {
		if s.Key.Index == ElementIndex && (s.Kind == SymAddr || s.Kind == SymField) {
			return true
		}
	}
	return false
}

// IsOfElement reports whether s is an element of a collection, or a part of one, or was read too far from a root at such an
// address: then it may be another one each time.
func (s *Symbol) IsOfElement() bool {
	for ; s != nil; s = s.Key.Base {
		if s.Key.Index == ElementIndex && (s.Kind == SymAddr || s.Kind == SymField) {
			return true
		}
		if far, ok := s.Key.Site.(farFrom); ok {
			if e, ok := far.site.(anyElement); ok {
				far.site = e.site
			}
			if at, ok := far.site.(*Symbol); ok && at.IsElement() {
				return true
			}
		}
	}
	return false
}

// IsToken reports whether s is a proof token.
func (s *Symbol) IsToken() bool {
	for _, l := range s.AllLoans() {
		if l.Token {
			return true
		}
	}
	return false
}

// isShared reports whether a is a variable that closures capture.
func (s *Symbol) isShared() bool {
	v, ok := s.Key.Site.(*ssa.Alloc)
	return ok && s.Kind == SymAlloc && v.Heap
}

// A Symbol is one abstract value, and at the same time the abstract object
// that it points to: the address of a local, what a call returned, a
// parameter, the content of a field at entry. Symbols are immutable and
// interned by a [machine], so two values are the same if and only if their
// symbols are; what is known of a symbol on a path (nil or not, true or
// false, the phase of its loans) stands in the [state].
type Symbol struct {
	Id   int
	Kind SymbolKind
	Key  SymbolKey
	Typ  types.Type

	Parents  []*Symbol // derived from these: their loans are its loans
	from     *Symbol   // of one that was computed: what from, if that is one symbol
	Sources  Value     // of one that was computed: what from
	Loans    []*Loan   // loans of which it is a value
	Guards   []*Loan   // loans whose guard it is
	Loose    []*Loan   // loans that end what was taken from it, and leave it be: of a context that may be cancelled
	constant constant.Value
	Lost     bool       // code out of sight gave it: it may be anything of its type
	Found    bool       // a callee gave it, which found it where nobody knows how it got there
	Held     *Held      // of a result that is an interface: what it holds where it is not nil; nil: not known
	OfField  types.Type // of what a field held that is an interface: what all values of that field hold; nil: not known
	Retyped  bool       // a conversion has given it another type, under the same name
	Asserted types.Type // of a comparison with a type: that type
	parts    []*Symbol  // the fields and elements of it that have a symbol, and addresses of them
	within   *Symbol    // of one too far from its root to be told apart: the parameter or global it was reached from
	Cut      Cut        // how much of its guard a reslice of it is
	Depth    int        // how many loads lie between it and its root
	Old      bool       // of an earlier round of a loop; stands for several objects
}

// A Held is the dynamic type of a result, as the summary of the callee has it.
type Held struct {
	Type types.Type
	// Opaque is set where its package alone knows the type: of that only the methods are known that the interface has, and
	// where fields are. Generic is set where the arguments for its type parameters are not known.
	Opaque, Generic bool
	Differ          bool // another callee is called in the same place, and of that it is not known
}

// HeldType is the type of what s holds where it is an interface and not nil; nil if that is not known.
func (s *Symbol) HeldType() types.Type {
	if s.Held == nil || s.Held.Differ {
		return nil
	}
	return s.Held.Type
}

// IsExactly is the type of what s holds where that is known to the last; nil if it is not.
func (s *Symbol) IsExactly() types.Type {
	if t := s.HeldType(); t != nil && !s.Held.Opaque && !s.Held.Generic {
		return t
	}
	return nil
}

// IsOpaque reports whether what s holds is of a type that only its own package knows.
func (s *Symbol) IsOpaque() bool { return s.HeldType() != nil && s.Held.Opaque }

// HoldsAny notes that it is not known what s holds, for good.
func (s *Symbol) HoldsAny() {
	if s.Held == nil {
		s.Held = new(Held)
	}
	s.Held.Differ = true
}

// A SymbolKind says what a symbol stands for.
type SymbolKind uint8

const (
	SymConst   SymbolKind = iota // a constant, nil among them
	SymFresh                     // what an instruction yields of which nothing more is known
	SymAlloc                     // the address of a variable of this function, or of a new object
	SymParam                     // a parameter or captured variable of the function under analysis
	SymGlobal                    // the address of a package-level variable
	SymFunc                      // a function; with captures, see state.mem at its slots
	SymAddr                      // the address of a field or element of its base
	SymField                     // the field or element of its base, a struct value
	SymContent                   // what its base, an address, held at entry or holds unknown to us
	SymDerived                   // computed from its parents: a reslice, a conversion
	SymCompare                   // x op y
	SymStruct                    // a struct value put together here; its fields stand in state.mem
)

// A SymbolKey identifies a symbol within its machine.
type SymbolKey struct {
	Kind  SymbolKind
	Site  any // ssa.Value, ssa.Instruction, constant text, field path element
	Index int // field, result or operand number; elementIndex for elements
	Base  *Symbol
	With  *Symbol // the other operand of a comparison
	Op    token.Token
	loans string // the loans that a derived symbol is on
	old   bool
	round int // of an earlier round of a loop that is executed round by round: which
}

// ElementIndex stands for every element of an array, slice or map: elements
// are never told apart.
const ElementIndex = -1

// CaptureIndex numbers the slots of a closure in which its captures stand.
const CaptureIndex = -2

// ReachedFrom is the parameter or global from which s was reached, be it too
// far away to tell how; nil if there is none.
func (s *Symbol) ReachedFrom() *Symbol {
	r := s.Root()
	if r.Kind == SymParam || r.Kind == SymGlobal {
		return r
	}
	return r.within
}

// IsLast reports whether s, and all that it was reached from, is what its site made when
// it was last executed.
func (s *Symbol) IsLast() bool {
	return s == nil || !s.Old && s.Key.round == 0 && s.Key.Base.IsLast() && s.Key.With.IsLast()
}

// Root is the symbol from which s was reached by fields, loads and derivations.
func (s *Symbol) Root() *Symbol {
	for s.Key.Base != nil {
		s = s.Key.Base
	}
	return s
}

// Deep reports whether what is loaded from s is on the loans of s even where
// it is a pointer, interface, channel, function or string.
func (s *Symbol) Deep() bool {
	for _, l := range s.AllLoans() {
		if l.Deep {
			return true
		}
	}
	return false
}

// AllLoans lists the loans that s, or what it is derived from, is a value of.
func (s *Symbol) AllLoans() []*Loan {
	if len(s.Parents) == 0 {
		return s.Loans
	}
	out := slices.Clone(s.Loans)
	for _, p := range s.Parents {
		for _, l := range p.AllLoans() {
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return out
}

// IsBool reports whether s is the boolean constant b.
func (s *Symbol) IsBool(b bool) bool {
	return s.constant != nil && s.constant.Kind() == constant.Bool && constant.BoolVal(s.constant) == b
}

// element is the address of the element that a is, or is a part of; nil if it is none.
func (a *Symbol) element() *Symbol {
	for ; a != nil && a.Kind == SymAddr; a = a.Key.Base {
		if a.Key.Index == ElementIndex {
			return a
		}
	}
	return nil
}

// IsLost reports whether nothing is known of where s comes from: it may be, or be
// part of, anything.
func (s *Symbol) IsLost() bool {
	if s.Lost {
		return true
	}
	switch s.Kind {
	case SymContent:
		return s.Key.Base.Root().Kind == SymGlobal || s.Key.Base.Root().IsLost()
	case SymFresh:
		switch s.Key.Site.(type) {
		case havoc, anyElement, farFrom, tooMany:
			return true
		case *ssa.UnOp, *ssa.Lookup, *ssa.Next, *ssa.Select, *ssa.Parameter:
			return true // received, found, or passed by code that is not followed
		}
	case SymDerived:
		switch s.Key.Site.(type) {
		case anyElement, tooMany:
			return len(s.Loans) == 0
		}
	}
	return false
}

// IsFound reports whether s is, or was loaded from, what a callee found where nobody knows how it got there.
func (s *Symbol) IsFound() bool { return s.Found || s.Kind == SymContent && s.Root().Found }

// IsZeroStruct reports whether s is the zero value of a struct type.
func (s *Symbol) IsZeroStruct() bool {
	if s.Kind != SymConst || s.Typ == nil {
		return false
	}
	_, ok := s.Typ.Underlying().(*types.Struct)
	return ok
}

// IsNil reports whether s is nil.
func (s *Symbol) IsNil() bool { return s.Kind == SymConst && s.Key.Site == "nil" }

// IsTypedNil reports whether s is an interface that holds the nil of a concrete type.
func (s *Symbol) IsTypedNil() bool {
	_, ok := s.Key.Site.(typedNil)
	return ok
}

// IsLoadedFrom reports whether s was reached from x.
func (s *Symbol) IsLoadedFrom(x *Symbol) bool {
	for ; s != nil; s = s.Key.Base {
		if s == x {
			return true
		}
	}
	return false
}

// IsWithin reports whether the address a is s, or of a part of what s points
// to: who has a pointer to a field cannot get at the fields beside it.
func IsWithin(a, s *Symbol) bool {
	for ; a != nil; a = a.Key.Base {
		if a == s {
			return true
		}
		if a.Kind != SymAddr {
			return false
		}
	}
	return false
}
