package interp

import (
	"go/token"
	"go/types"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What is known of values, and what follows where more is learned.

// Truth is what is known of the boolean s.
func (in *Interp) Truth(st *domain.State, s *domain.Symbol) (known, is bool) {
	if s.IsBool(true) {
		return true, true
	}
	if s.IsBool(false) {
		return true, false
	}
	f := st.Facts.At(s)
	if f&(domain.IsTrue|domain.IsFalse) != 0 {
		return true, f&domain.IsTrue != 0
	}
	if s.Kind != domain.SymCompare {
		return false, false
	}
	if s.Key.Op == token.NOT {
		known, is = in.Truth(st, s.Key.Base)
		return known, !is
	}
	if s.Key.Op == token.TYPE {
		return in.typeTest(st, s)
	}
	if known, is := ordered(st, s); known {
		return true, is
	}
	if s.Key.Op != token.EQL && s.Key.Op != token.NEQ {
		return false, false
	}
	x, y := s.Key.Base, s.Key.With
	equal, ok := in.Equal(st, x, y)
	return ok, equal == (s.Key.Op == token.EQL)
}

// typeTest is what is known of the test s of a value's type.
func (in *Interp) typeTest(st *domain.State, s *domain.Symbol) (known, is bool) {
	if s.Asserted == nil { // of an earlier round of a loop: for which type is forgotten
		return false, false
	}
	if iface, ok := s.Asserted.Underlying().(*types.Interface); ok {
		if t := heldNow(st, s.Key.Base); t != nil {
			return true, types.Implements(t, iface)
		}
		return false, false
	}
	if !gotypes.IsConcrete(s.Asserted) {
		return false, false
	}
	return HasType(st, s.Key.Base, types.TypeString(s.Asserted, nil))
}

// Equal compares two symbols, as far as that can be decided.
func (in *Interp) Equal(st *domain.State, x, y *domain.Symbol) (equal, ok bool) {
	if x == y && !x.Old {
		return true, true
	}
	if x.Kind == domain.SymConst && y.Kind == domain.SymConst {
		return false, true // equal ones are one symbol
	}
	if x.IsNil() {
		x, y = y, x
	}
	if y.IsNil() {
		known, is := in.Nilness(st, x)
		return is, known
	}
	if in.isNew(st, x) && isElsewhere(y) || in.isNew(st, y) && isElsewhere(x) {
		return false, true
	}
	if a, isNil := in.Nilness(st, x); a {
		if b, is := in.Nilness(st, y); b && is != isNil {
			return false, true
		}
	}
	return false, false
}

// isNew reports whether s was acquired here, and has not got anywhere else.
func (in *Interp) isNew(st *domain.State, s *domain.Symbol) bool {
	return s.Kind == domain.SymFresh && !s.Old && in.guards(st, s, domain.Live)
}

// isElsewhere reports whether s was there before, or stands where others put it.
func isElsewhere(s *domain.Symbol) bool {
	return s.Kind == domain.SymParam || s.Kind == domain.SymContent && s.ReachedFrom() != nil
}

// Nilness is what is known of the pointer-like s.
func (in *Interp) Nilness(st *domain.State, s *domain.Symbol) (known, is bool) {
	switch s.Kind {
	case domain.SymConst:
		return true, s.IsNil()
	case domain.SymAlloc, domain.SymGlobal, domain.SymFunc, domain.SymAddr, domain.SymStruct:
		return true, false
	}
	if f := st.Facts.At(s); f&(domain.IsNil|domain.NotNil) != 0 {
		return true, f&domain.IsNil != 0
	}
	if s.Kind == domain.SymContent && s.Key.Base.Kind == domain.SymGlobal && gotypes.IsError(s.Typ) {
		return true, false // sentinel errors are not nil
	}
	return false, false
}

// Learn adds to st that s is truth, and what follows from it, and reports
// whether that can be.
func (in *Interp) Learn(st *domain.State, s *domain.Symbol, truth bool) bool {
	if known, is := in.Truth(st, s); known && is != truth {
		return false
	}
	if s.Kind == domain.SymConst {
		return true
	}
	if truth {
		in.answersNone(st, s)
	}
	if !s.Old {
		st.Facts.Set(s, st.Facts.At(s)&^(domain.IsTrue|domain.IsFalse))
		if truth {
			st.Facts.Set(s, st.Facts.At(s)|(domain.IsTrue))
		} else {
			st.Facts.Set(s, st.Facts.At(s)|(domain.IsFalse))
		}
	}
	if s.Kind == domain.SymCompare {
		if s.Key.Op == token.NOT {
			return in.Learn(st, s.Key.Base, !truth)
		}
		if s.Key.Op == token.TYPE {
			return in.learnKind(st, s, truth)
		}
		if s.Key.Op != token.EQL && s.Key.Op != token.NEQ {
			return true
		}
		equal := truth == (s.Key.Op == token.EQL)
		x, y := s.Key.Base, s.Key.With
		if x.IsNil() {
			x, y = y, x
		}
		switch {
		case y.IsNil():
			return in.LearnNil(st, x, equal)
		case gotypes.IsBoolean(x.Typ) && equal:
			if known, is := in.Truth(st, y); known {
				return in.Learn(st, x, is)
			}
		case equal:
			if !x.Old && !y.Old && x.Kind != domain.SymConst && y.Kind != domain.SymConst {
				st.Same.Set(x, y)
				st.Same.Set(y, x)
			}
			if !canBeNil(x) || !canBeNil(y) {
				break
			}
			if known, is := in.Nilness(st, y); known {
				return in.LearnNil(st, x, is)
			}
			if known, is := in.Nilness(st, x); known {
				return in.LearnNil(st, y, is)
			}
		}
	}
	in.resolve(st, s)
	return true
}

// answersNone doubts all on the path where s, which answers an error that is nil, is found to be
// one, or to be true.
func (in *Interp) answersNone(st *domain.State, s *domain.Symbol) {
	if st.Facts.At(s)&domain.OfNone != 0 {
		doubtPath(st)
	}
}

// isAnother doubts what s guards where that is not of the concrete type t, for which it was
// taken: most likely whoever made it makes no others.
func (in *Interp) isAnother(st *domain.State, s *domain.Symbol, t types.Type) {
	if path, ok := s.Path(); ok && s.Kind == domain.SymParam && isCloser(t) {
		st.AffectPerhaps(true, summary.Release, path, summary.Detail{}, token.NoPos) // callers whose value has a Close are not meant
	}
	if t == nil || !gotypes.IsConcrete(t) {
		return
	}
	for _, l := range in.GuardedBy(st, s) {
		if stand := st.Loans.At(l); stand.Phase == domain.Live || stand.Phase == domain.Unchecked {
			stand.Phase, stand.Unsure = domain.Moved, true
			st.Loans.Set(l, stand)
			in.LoseSight(l)
		}
	}
}

// canBeNil reports whether s is of a type that has a nil, as far as that is known.
func canBeNil(s *domain.Symbol) bool { return s.Typ == nil || gotypes.IsNillable(s.Typ) }

// LearnNil adds to st that s is nil, or is not.
func (in *Interp) LearnNil(st *domain.State, s *domain.Symbol, is bool) bool {
	if known, was := in.Nilness(st, s); known && was != is {
		return false
	}
	if s.Kind == domain.SymConst {
		return true
	}
	if is && in.guards(st, s, domain.Live) || !is && in.guards(st, s, domain.Absent) {
		return false // a guard that owes something is not nil; one that does not is
	}
	if is && (isGiven(st, s) || in.holdsLive(st, s)) {
		return false
	}
	if is && st.Facts.At(s)&domain.Presumed != 0 {
		doubtAll(st)
	}
	if !is {
		in.answersNone(st, s)
	}
	if !is {
		in.doubtParts(st, s)
	}
	if !s.Old {
		st.Facts.Set(s, st.Facts.At(s)&^(domain.IsNil|domain.NotNil))
		if is {
			st.Facts.Set(s, st.Facts.At(s)|(domain.IsNil))
		} else {
			st.Facts.Set(s, st.Facts.At(s)|(domain.NotNil))
		}
	}
	in.resolve(st, s)
	return true
}
