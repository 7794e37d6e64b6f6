package domain

import (
	"cmp"
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// derivedContent is what site reads too far from any root to be told apart.
func (m *Machine) derivedContent(site any, a *Symbol, t types.Type) *Symbol {
	if gotypes.CarriesLoan(t) || a.Deep() {
		return m.Derived(site, Value{a}, t)
	}
	return m.far(site, a, t)
}

// Bounded is v, or one unknown value in its place where it has too many symbols.
// Once it is unknown at a site it stays so there, or fixpoints would not end.
func (m *Machine) Bounded(site any, v Value, t types.Type) Value {
	if t == nil {
		t = types.Typ[types.Invalid]
	}
	if len(v) <= maxReferences && !slices.ContainsFunc(v, func(s *Symbol) bool { return s.Key.Site == any(tooMany{site}) }) {
		return v
	}
	return Value{m.Derived(tooMany{site}, v, t)}
}

// Zero is the zero value of type t.
func (m *Machine) Zero(t types.Type) Value {
	if t == nil {
		return nil
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		switch {
		case b.Info()&types.IsBoolean != 0:
			return Value{m.Boolean(false)}
		case b.Info()&types.IsInteger != 0:
			return Value{m.Integer(0, t)}
		}
	}
	return Value{m.Constant(ssa.NewConst(nil, t))}
}

// A Machine interns the symbols and loans of one function under analysis.
type Machine struct {
	symbols    map[SymbolKey]*Symbol
	made       map[any]bool // the sites of symbols and loans
	Made       []*Symbol    // all of symbols, in order of their ids
	Loans      map[LoanKey]*Loan
	Fixed      Fixed
	Guarded    Guarded
	HeldFields HeldFields
	Nsyms      int
	Nloans     int

	gathered map[ssa.Value]bool // of an append, or what makes a slice or map: see IsGathered
}

// NewMachine is a machine without symbols and loans.
func NewMachine() *Machine {
	return &Machine{symbols: map[SymbolKey]*Symbol{}, made: map[any]bool{}, Loans: map[LoanKey]*Loan{}, gathered: map[ssa.Value]bool{}}
}

// Intern is the symbol with the key k. Where there is none it is made, with type typ, and init, if
// not nil, completes it.
func (m *Machine) Intern(k SymbolKey, typ types.Type, init func(*Symbol)) *Symbol {
	if s := m.symbols[k]; s != nil {
		return s
	}
	m.Nsyms++
	s := &Symbol{Id: m.Nsyms, Kind: k.Kind, Key: k, Typ: typ, Old: k.old}
	if k.Base != nil {
		s.Depth = k.Base.Depth
		s.Old = s.Old || k.Base.Old
	}
	if init != nil {
		init(s)
	}
	if b := k.Base; b != nil && (k.Kind == SymAddr || k.Kind == SymField) {
		b.parts = append(b.parts, s)
	}
	m.symbols[k] = s
	m.made[siteOf(k.Site)] = true
	m.Made = append(m.Made, s)
	return s
}

// Begin makes l, which is new, the loan with the key k.
func (m *Machine) Begin(k LoanKey, l *Loan) {
	m.Nloans++
	l.Id, l.Key = m.Nloans, k
	m.Loans[k] = l
	m.made[k.Site] = true
}

// Constant is the symbol of a constant; nil is one symbol for all types.
func (m *Machine) Constant(c *ssa.Const) *Symbol {
	if c.Value == nil {
		if gotypes.IsNillable(c.Type()) {
			return m.NilSymbol()
		}
		return m.Intern(SymbolKey{Kind: SymConst, Site: "zero " + types.TypeString(c.Type(), nil)}, c.Type(), nil)
	}
	return m.ConstantValue(c.Value, c.Type())
}

// ConstantValue is the symbol of the constant v.
func (m *Machine) ConstantValue(v constant.Value, t types.Type) *Symbol {
	return m.Intern(SymbolKey{Kind: SymConst, Site: v.Kind().String() + v.ExactString()}, t, func(s *Symbol) { s.constant = v })
}

// ConstantOf is the constant that v is, if it is one.
func ConstantOf(v Value) constant.Value {
	if s := v.One(); s != nil {
		return s.constant
	}
	return nil
}

// NilSymbol is nil, of whatever type.
func (m *Machine) NilSymbol() *Symbol {
	return m.Intern(SymbolKey{Kind: SymConst, Site: "nil"}, types.Typ[types.UntypedNil], nil)
}

// typedNil marks the nil of a concrete type in an interface, which is itself not nil.
type typedNil struct{ of string }

// TypedNil is an interface that holds the nil of the concrete type t.
func (m *Machine) TypedNil(t types.Type) *Symbol {
	return m.Intern(SymbolKey{Kind: SymConst, Site: typedNil{types.TypeString(t, nil)}}, t, nil)
}

// Boolean is true or false.
func (m *Machine) Boolean(b bool) *Symbol {
	return m.ConstantValue(constant.MakeBool(b), types.Typ[types.Bool])
}

// Fresh is an unknown value that site yields as its index-th result.
func (m *Machine) Fresh(site any, index int, t types.Type) *Symbol {
	return m.Intern(SymbolKey{Kind: SymFresh, Site: site, Index: index}, t, nil)
}

// ResultAt is the i-th result of v, whose results are vals: of those that are left out
// nothing is known.
func (m *Machine) ResultAt(v ssa.Value, vals []Value, i int) Value {
	if i < len(vals) {
		return vals[i]
	}
	return Value{m.Fresh(v, i, gotypes.TupleAt(v.Type(), i))}
}

// maxDepth is how many loads an access path may have before what is loaded
// is no longer told apart.
const maxDepth = 3

// Address is the address of field (or element) index of the object at base.
func (m *Machine) Address(base *Symbol, index int, t types.Type) *Symbol {
	return m.Intern(SymbolKey{Kind: SymAddr, Base: base, Index: index}, t, func(s *Symbol) {
		s.Parents = []*Symbol{base}
	})
}

// Field is field (or element) index of the struct or array value base.
func (m *Machine) Field(base *Symbol, index int, t types.Type) *Symbol {
	return m.Intern(SymbolKey{Kind: SymField, Base: base, Index: index}, t, func(s *Symbol) {
		if gotypes.CarriesLoan(t) || base.Deep() {
			s.Parents = []*Symbol{base}
		}
	})
}

// content is what the address base holds and nobody here has stored there.
func (m *Machine) content(base *Symbol, t types.Type) *Symbol {
	return m.Intern(SymbolKey{Kind: SymContent, Base: base}, t, func(s *Symbol) {
		s.Depth, s.OfField = base.Depth+1, m.heldIn(base)
		if gotypes.CarriesLoan(t) || base.Deep() {
			s.Parents = []*Symbol{base}
		}
	})
}

// HeldAtEntry is what the address a held at entry; nil if nobody has asked.
func (m *Machine) HeldAtEntry(a *Symbol) *Symbol {
	return m.symbols[SymbolKey{Kind: SymContent, Base: a}]
}

// Derived is what site makes of from: it is on the loans of from. Symbols of
// one site on the same loans are not told apart, so a loop that reslices its
// own result comes to an end.
func (m *Machine) Derived(site any, from Value, t types.Type) *Symbol {
	var loans []*Loan
	from = slices.DeleteFunc(slices.Clone(from), (*Symbol).IsNil)
	for _, s := range from {
		loans = append(loans, s.AllLoans()...)
	}
	slices.SortFunc(loans, func(a, b *Loan) int { return cmp.Compare(a.Id, b.Id) })
	loans = slices.Compact(loans)
	key := SymbolKey{Kind: SymDerived, Site: site, loans: loanIDs(loans)}
	// Derived from a parameter it keeps that parameter's name, for summaries.
	key.Base = commonOrigin(from)
	if key.Base == nil {
		key.With = commonRoot(from)
	}
	return m.Intern(key, t, func(s *Symbol) {
		s.Loans, s.within = loans, key.With
		s.from, s.Sources = from.One(), from
		if key.Base != nil {
			s.Parents = []*Symbol{key.Base}
		}
	})
}

// commonOrigin is the parameter, or part of one, that all of v were derived
// from; nil if there is none.
func commonOrigin(v Value) *Symbol {
	var origin *Symbol
	for _, s := range v {
		o := s
		if s.Kind == SymDerived {
			o = s.Key.Base
		}
		if o == nil || o.Root().Kind != SymParam || origin != nil && origin != o {
			return nil
		}
		origin = o
	}
	return origin
}

// commonRoot is the parameter or global from which all of v were reached, if
// that is one.
func commonRoot(v Value) *Symbol {
	var root *Symbol
	for _, s := range v {
		r := s.ReachedFrom()
		if r == nil || root != nil && root != r {
			return nil
		}
		root = r
	}
	return root
}

// Integer is the number n, of type t.
func (m *Machine) Integer(n int64, t types.Type) *Symbol {
	return m.ConstantValue(constant.MakeInt64(n), t)
}
