package loan

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A symbol is one abstract value, and at the same time the abstract object
// that it points to: the address of a local, what a call returned, a
// parameter, the content of a field at entry. Symbols are immutable and
// interned by a [machine], so two values are the same if and only if their
// symbols are; what is known of a symbol on a path (nil or not, true or
// false, the phase of its loans) stands in the [state].
type symbol struct {
	id   int
	kind symbolKind
	key  symbolKey
	typ  types.Type

	parents  []*symbol // derived from these: their loans are its loans
	from     *symbol   // of one that was computed: what from, if that is one symbol
	sources  value     // of one that was computed: what from
	loans    []*loan   // loans of which it is a value
	guards   []*loan   // loans whose guard it is
	constant constant.Value
	within   *symbol // of one too far from its root to be told apart: the parameter or global it was reached from
	cut      cut     // how much of its guard a reslice of it is
	depth    int     // how many loads lie between it and its root
	old      bool    // of an earlier round of a loop; stands for several objects
}

type symbolKind uint8

const (
	symConst   symbolKind = iota // a constant, nil among them
	symFresh                     // what an instruction yields of which nothing more is known
	symAlloc                     // the address of a variable of this function, or of a new object
	symParam                     // a parameter or captured variable of the function under analysis
	symGlobal                    // the address of a package-level variable
	symFunc                      // a function; with captures, see state.mem at its slots
	symAddr                      // the address of a field or element of its base
	symField                     // the field or element of its base, a struct value
	symContent                   // what its base, an address, held at entry or holds unknown to us
	symDerived                   // computed from its parents: a reslice, a conversion
	symCompare                   // x op y
	symStruct                    // a struct value put together here; its fields stand in state.mem
)

// A symbolKey identifies a symbol within its machine.
type symbolKey struct {
	kind  symbolKind
	site  any // ssa.Value, ssa.Instruction, constant text, field path element
	index int // field, result or operand number; elementIndex for elements
	base  *symbol
	with  *symbol // the other operand of a comparison
	op    token.Token
	loans string // the loans that a derived symbol is on
	old   bool
}

// elementIndex stands for every element of an array, slice or map: elements
// are never told apart.
const elementIndex = -1

// captureIndex numbers the slots of a closure in which its captures stand.
const captureIndex = -2

// A value is what an SSA value or a memory cell may be: one symbol where it
// is known, several where paths have met, in order of their ids. The empty
// value is unset.
type value []*symbol

// maxReferences is how many symbols a value may have before it is unknown.
const maxReferences = 8

// one returns the only symbol of v, or nil if there is not just one.
func (v value) one() *symbol {
	if len(v) == 1 {
		return v[0]
	}
	return nil
}

// only returns the only symbol of v but for nil, or nil if there is not just one.
func (v value) only() *symbol {
	return slices.DeleteFunc(slices.Clone(v), (*symbol).isNil).one()
}

func (v value) has(s *symbol) bool {
	_, ok := slices.BinarySearchFunc(v, s.id, func(s *symbol, id int) int { return cmp.Compare(s.id, id) })
	return ok
}

// union returns v with the symbols of w.
func (v value) union(w value) value {
	if len(w) == 0 || slices.Equal(v, w) {
		return v
	}
	if len(v) == 0 {
		return w
	}
	out := make(value, 0, len(v)+len(w))
	i, j := 0, 0
	for i < len(v) && j < len(w) {
		switch {
		case v[i].id == w[j].id:
			out = append(out, v[i])
			i, j = i+1, j+1
		case v[i].id < w[j].id:
			out = append(out, v[i])
			i++
		default:
			out = append(out, w[j])
			j++
		}
	}
	return append(append(out, v[i:]...), w[j:]...)
}

// A machine interns the symbols and loans of one function under analysis.
type machine struct {
	symbols map[symbolKey]*symbol
	made    []*symbol // all of symbols, in order of their ids
	loans   map[loanKey]*loan
	nsyms   int
	nloans  int
}

func newMachine() *machine {
	return &machine{symbols: map[symbolKey]*symbol{}, loans: map[loanKey]*loan{}}
}

func (m *machine) intern(k symbolKey, typ types.Type, init func(*symbol)) *symbol {
	if s := m.symbols[k]; s != nil {
		return s
	}
	m.nsyms++
	s := &symbol{id: m.nsyms, kind: k.kind, key: k, typ: typ, old: k.old}
	if k.base != nil {
		s.depth = k.base.depth
		s.old = s.old || k.base.old
	}
	if init != nil {
		init(s)
	}
	m.symbols[k] = s
	m.made = append(m.made, s)
	return s
}

func (m *machine) constant(c *ssa.Const) *symbol {
	if c.Value == nil {
		if isNillable(c.Type()) {
			return m.nilSymbol()
		}
		return m.intern(symbolKey{kind: symConst, site: "zero " + types.TypeString(c.Type(), nil)}, c.Type(), nil)
	}
	return m.constantValue(c.Value, c.Type())
}

func (m *machine) constantValue(v constant.Value, t types.Type) *symbol {
	return m.intern(symbolKey{kind: symConst, site: v.Kind().String() + v.ExactString()}, t, func(s *symbol) { s.constant = v })
}

// constantOf is the constant that v is, if it is one.
func constantOf(v value) constant.Value {
	if s := v.one(); s != nil {
		return s.constant
	}
	return nil
}

func (m *machine) nilSymbol() *symbol {
	return m.intern(symbolKey{kind: symConst, site: "nil"}, types.Typ[types.UntypedNil], nil)
}

func (m *machine) boolean(b bool) *symbol {
	return m.constantValue(constant.MakeBool(b), types.Typ[types.Bool])
}

// fresh is an unknown value that site yields as its index-th result.
func (m *machine) fresh(site any, index int, t types.Type) *symbol {
	return m.intern(symbolKey{kind: symFresh, site: site, index: index}, t, nil)
}

// maxDepth is how many loads an access path may have before what is loaded
// is no longer told apart.
const maxDepth = 3

// address is the address of field (or element) index of the object at base.
func (m *machine) address(base *symbol, index int, t types.Type) *symbol {
	return m.intern(symbolKey{kind: symAddr, base: base, index: index}, t, func(s *symbol) {
		s.parents = []*symbol{base}
	})
}

// field is field (or element) index of the struct or array value base.
func (m *machine) field(base *symbol, index int, t types.Type) *symbol {
	return m.intern(symbolKey{kind: symField, base: base, index: index}, t, func(s *symbol) {
		if carriesLoan(t) || base.deep() {
			s.parents = []*symbol{base}
		}
	})
}

// content is what the address base holds and nobody here has stored there.
func (m *machine) content(base *symbol, t types.Type) *symbol {
	return m.intern(symbolKey{kind: symContent, base: base}, t, func(s *symbol) {
		s.depth = base.depth + 1
		if carriesLoan(t) || base.deep() {
			s.parents = []*symbol{base}
		}
	})
}

// derived is what site makes of from: it is on the loans of from. Symbols of
// one site on the same loans are not told apart, so a loop that reslices its
// own result comes to an end.
func (m *machine) derived(site any, from value, t types.Type) *symbol {
	var loans []*loan
	from = slices.DeleteFunc(slices.Clone(from), (*symbol).isNil)
	for _, s := range from {
		loans = append(loans, s.allLoans()...)
	}
	slices.SortFunc(loans, func(a, b *loan) int { return cmp.Compare(a.id, b.id) })
	loans = slices.Compact(loans)
	key := symbolKey{kind: symDerived, site: site, loans: loanIDs(loans)}
	// Derived from a parameter it keeps that parameter's name, for summaries.
	key.base = commonOrigin(from)
	if key.base == nil {
		key.with = commonRoot(from)
	}
	return m.intern(key, t, func(s *symbol) {
		s.loans, s.within = loans, key.with
		s.from, s.sources = from.one(), from
		if key.base != nil {
			s.parents = []*symbol{key.base}
		}
	})
}

// commonOrigin is the parameter, or part of one, that all of v were derived
// from; nil if there is none.
func commonOrigin(v value) *symbol {
	var origin *symbol
	for _, s := range v {
		o := s
		if s.kind == symDerived {
			o = s.key.base
		}
		if o == nil || o.root().kind != symParam || origin != nil && origin != o {
			return nil
		}
		origin = o
	}
	return origin
}

// commonRoot is the parameter or global from which all of v were reached, if
// that is one.
func commonRoot(v value) *symbol {
	var root *symbol
	for _, s := range v {
		r := s.reachedFrom()
		if r == nil || root != nil && root != r {
			return nil
		}
		root = r
	}
	return root
}

// reachedFrom is the parameter or global from which s was reached, be it too
// far away to tell how; nil if there is none.
func (s *symbol) reachedFrom() *symbol {
	r := s.root()
	if r.kind == symParam || r.kind == symGlobal {
		return r
	}
	return r.within
}

// root is the symbol from which s was reached by fields, loads and derivations.
func (s *symbol) root() *symbol {
	for s.key.base != nil {
		s = s.key.base
	}
	return s
}

// deep reports whether what is loaded from s is on the loans of s even where
// it is a pointer, interface, channel, function or string.
func (s *symbol) deep() bool {
	for _, l := range s.allLoans() {
		if l.deep {
			return true
		}
	}
	return false
}

// allLoans lists the loans that s, or what it is derived from, is a value of.
func (s *symbol) allLoans() []*loan {
	if len(s.parents) == 0 {
		return s.loans
	}
	out := slices.Clone(s.loans)
	for _, p := range s.parents {
		for _, l := range p.allLoans() {
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return out
}

// isBool reports whether s is the boolean constant b.
func (s *symbol) isBool(b bool) bool {
	return s.constant != nil && s.constant.Kind() == constant.Bool && constant.BoolVal(s.constant) == b
}

func (s *symbol) isNil() bool { return s.kind == symConst && s.key.site == "nil" }

// isNillable reports whether values of type t can be nil.
func isNillable(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer || u.Kind() == types.UntypedNil
	}
	return false
}

// carriesLoan reports whether a value of type t that was loaded from a loan
// is on that loan: slices and maps are parts of what was lent, and so is a
// struct or array, which may hold some. Pointers, interfaces, channels and
// functions found there are often shared with others (a logger, a parent).
func carriesLoan(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	case *types.Array:
		return carriesLoan(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if carriesLoan(f.Type()) {
				return true
			}
		}
	}
	return false
}

func (m *machine) integer(n int64, t types.Type) *symbol {
	return m.constantValue(constant.MakeInt64(n), t)
}
