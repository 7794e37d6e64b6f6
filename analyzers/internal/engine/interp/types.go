package interp

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Which type an interface holds: what is asserted of it, what was found, and what is known.

// hasType is whether x is of the type that i asserts.
func (in *Interp) hasType(i *ssa.TypeAssert, x domain.Value) *domain.Symbol {
	s := x.One()
	if s == nil {
		return in.Fresh(i, 1, types.Typ[types.Bool])
	}
	k := domain.SymbolKey{Kind: domain.SymCompare, Op: token.TYPE, Base: s, Site: types.TypeString(i.AssertedType, nil)}
	return in.Intern(k, types.Typ[types.Bool], func(c *domain.Symbol) { c.Asserted = i.AssertedType })
}

// isAskedFor reports whether the program looks at the second result of i.
func isAskedFor(i *ssa.TypeAssert) bool {
	return slices.ContainsFunc(*i.Referrers(), func(r ssa.Instruction) bool {
		x, ok := r.(*ssa.Extract)
		return ok && x.Index == 1 && len(*x.Referrers()) > 0
	})
}

// OpenUp notes that code takes s for what it holds: if s is an interface that guards what stands inside, that may be ended
// there in another way. If it is not known to the last what it holds, that may be something else.
func (in *Interp) OpenUp(st *domain.State, s *domain.Symbol) {
	if s.HeldType() != nil && s.IsExactly() == nil || slices.ContainsFunc(in.GuardedBy(st, s), func(l *domain.Loan) bool { return l.Outside }) {
		in.MoveGuards(st, domain.Value{s})
	}
}

// learnType adds to st that s has the dynamic type t.
func (in *Interp) learnType(st *domain.State, s *domain.Symbol, t types.Type) {
	if t == nil || !types.IsInterface(t) {
		in.OpenUp(st, s)
	}
	if gotypes.IsConcrete(t) && !s.Old && s.Typ != nil && types.IsInterface(s.Typ) {
		st.Types.Set(s, types.TypeString(t, nil))
		if in.concrete == nil {
			in.concrete = make(map[string]types.Type)
		}
		in.concrete[types.TypeString(t, nil)] = t
	}
}

// heldType is the type of what s is or, where it is an interface, was found to hold; nil if
// that is not known.
func (in *Interp) heldType(st *domain.State, s *domain.Symbol) types.Type {
	if s.Typ == nil || !types.IsInterface(s.Typ) {
		return s.Typ
	}
	if t := s.HeldType(); t != nil {
		return t
	}
	name, _ := st.Types.Get(s)
	return in.concrete[name]
}

// DynamicType is the type of what s is or, where it is an interface, holds if it is not nil; nil if that is
// not known.
func (in *Interp) DynamicType(st *domain.State, s *domain.Symbol) types.Type {
	if t := in.heldType(st, s); t == nil || types.IsInterface(t) || s.Typ != nil && !types.IsInterface(s.Typ) {
		return DynamicType(s)
	} else {
		return t
	}
}

// DynamicType is the type of what s is, or, where it is an interface, holds; nil
// if that is not known.
func DynamicType(s *domain.Symbol) types.Type {
	if s.Typ == nil || s.Retyped || s.Kind == domain.SymConst && !s.IsTypedNil() || !gotypes.IsConcrete(s.Typ) {
		return nil
	}
	return s.Typ
}

// heldNow is the type of what s is, or holds, where it is known not to be a nil interface; nil if it is not known.
func heldNow(st *domain.State, s *domain.Symbol) types.Type {
	if t := s.IsExactly(); t != nil && st.Facts.At(s)&domain.NotNil != 0 {
		return t
	}
	return DynamicType(s)
}

// HasType is what is known of whether s is, or holds, a value of the type so called.
func HasType(st *domain.State, s *domain.Symbol, want string) (known, is bool) {
	if t := heldNow(st, s); t != nil {
		return true, types.TypeString(t, nil) == want
	}
	if t, ok := st.Types.Get(s); ok {
		return true, t == want
	}
	return s.IsNil(), false
}

// typed drops from v what cannot be of the type that is asserted.
func (in *Interp) typed(v domain.Value, i *ssa.TypeAssert) domain.Value {
	if types.IsInterface(i.AssertedType) {
		return v
	}
	if s := v.One(); s != nil {
		if a, ok := in.Asserted[s]; ok && slices.Contains(a.Types, types.TypeString(i.AssertedType, nil)) {
			d := in.Derived(i, v, i.AssertedType)
			domain.Attach(&d.Loans, a.Loan)
			return domain.Value{d}
		}
	}
	var out domain.Value
	for _, s := range v {
		if s.IsTypedNil() {
			if types.Identical(s.Typ, i.AssertedType) {
				out = append(out, in.NilSymbol())
			}
			continue
		}
		if s.Typ == nil || types.IsInterface(s.Typ) || types.Identical(s.Typ, i.AssertedType) || s.Kind == domain.SymFresh || s.Kind == domain.SymContent || s.Kind == domain.SymDerived {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return domain.Value{in.Unknown(i, i.AssertedType)}
	}
	return out
}
