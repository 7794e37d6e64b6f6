package interp

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

func (in *Interp) store(st *domain.State, i *ssa.Store) {
	addrs, v := in.Eval(st, i.Addr), in.Eval(st, i.Val)
	in.Replace(st, addrs)
	in.Up.Use(st, addrs, i)
	if a := addrs.One(); a != nil && a.Kind == domain.SymAddr && a.Key.Index == domain.ElementIndex {
		in.Up.Write(st, domain.Value{a.Key.Base}, i)
	}
	in.Keep(st, addrs, v, i)
}

// Replace forgets that what stood at addrs was released: something else stands there now.
func (in *Interp) Replace(st *domain.State, addrs domain.Value) {
	if a := addrs.One(); a != nil {
		if l := in.Machine.Loans[domain.LoanKey{Site: a}]; l != nil && l.Kind == domain.Implicit {
			st.Loans.Delete(l)
		}
	}
}

// Keep stores v at addrs and asks what that means for the loans of v: in
// memory that a caller can see the guard, and all that is stored with it, has
// moved; what happens to a value without its guard is asked when its loan ends.
func (in *Interp) Keep(st *domain.State, addrs, v domain.Value, by ssa.Instruction) {
	st.Store(in.Machine, addrs, v, by.Pos(), by)
	in.Kept(st, addrs, v, by)
}

// Kept asks what it means that v was stored at addrs, perhaps.
func (in *Interp) Kept(st *domain.State, addrs, v domain.Value, by ssa.Instruction) {
	for _, a := range addrs {
		o := a.Object()
		if a.Key.Index == domain.ElementIndex && !IsVarargs(o) {
			st.BlurAppended(in.Machine, a)
			if !in.Machine.IsGathered(o) {
				in.MoveGuards(st, v) // which of them is released is not followed
			}
		}
		if st.IsOwn(o) || len(o.AllLoans()) > 0 && !o.IsToken() {
			continue
		}
		in.moveWhole(st, v)
		if len(addrs) == 1 && len(v) == 1 && in.IsPlace(a) {
			in.park(st, v)
			continue
		}
		in.MoveGuards(st, v)
		if _, ok := a.Path(); ok {
			continue // what stands there in the end is what counts
		}
		if in.IsPlaceOfGlobal(a) {
			continue // so it is with package-level variables
		}
		for _, s := range v {
			if p, ok := s.Path(); ok && gotypes.IsReference(s.Typ) {
				to := summary.Path("?")
				if o.Kind == domain.SymGlobal {
					to = "g"
				}
				st.Affect(summary.Store, p, summary.Detail{To: to}, by.Pos())
			}
		}
		if o.Kind == domain.SymFresh || o.Kind == domain.SymContent && o.Root().Kind == domain.SymFresh {
			in.UnknownStore(st, v)
			if !a.IsElement() {
				in.moveCaptured(st, v, by)
			}
		}
	}
}

// moveWhole moves the loans of which the guard holds one of v, a pointer, an interface or a
// function: who has that may release by way of it, as it does the pool of a transaction.
func (in *Interp) moveWhole(st *domain.State, v domain.Value) {
	if st.Loans.Len() == 0 {
		return
	}
	for _, s := range v {
		if s.Kind != domain.SymContent || s.Typ == nil || !canRelease(s.Typ) {
			continue
		}
		for whole := s.Key.Base; whole != nil; whole = whole.Key.Base {
			if len(in.GuardedBy(st, whole)) > 0 {
				in.MoveGuards(st, domain.Value{whole})
			}
		}
	}
}

// canRelease reports whether a value of type t can do something by itself.
func canRelease(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature:
		return true
	}
	return false
}

// IsPlace reports whether a is a variable or field of the caller's, one object,
// that the caller has a name for: what stands there in the end can be told.
func (in *Interp) IsPlace(a *domain.Symbol) bool {
	root := a.Root()
	_, ok := a.Path()
	return ok && a.Depth <= 1 && !a.Old && !a.IsElement() && root.Kind == domain.SymParam && root.Key.Index < len(in.Root.Params)
}

// IsPlaceOfGlobal reports whether a is a package-level variable, or a field of what one is or points to: what stands
// there in the end can be told, as with [Interp.IsPlace].
func (in *Interp) IsPlaceOfGlobal(a *domain.Symbol) bool {
	return a.Root().Kind == domain.SymGlobal && a.Depth <= 2 && !a.Old && !a.IsElement()
}

// park notes that the guards in v were put where the caller can name them.
func (in *Interp) park(st *domain.State, v domain.Value) {
	if st.Loans.Len() == 0 {
		return
	}
	st.Reach(v, func(s *domain.Symbol) {
		for _, l := range in.GuardedBy(st, s) {
			if stand := st.Loans.At(l); stand.Phase == domain.Live || stand.Phase == domain.Unchecked {
				stand.Parked = true
				st.Loans.Set(l, stand)
			}
		}
	})
}

// MoveParked moves what stands in the caller's memory: code out of sight may get
// at it there. (What is only borrowed ends when its owner does, wherever it stands.)
func (in *Interp) MoveParked(st *domain.State) {
	for l, stand := range st.Loans.All() {
		if stand.Parked && l.Kind != domain.Borrowed && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked) {
			stand.Phase = domain.Moved
			st.Loans.Set(l, stand)
			in.LoseSight(l)
		}
	}
}

// IsVarargs reports whether o is the array in which a call passes its variadic arguments.
func IsVarargs(o *domain.Symbol) bool {
	a, ok := o.Key.Site.(*ssa.Alloc)
	return ok && a.Comment == "varargs"
}

// UnknownStore is a store of v through a pointer that came from out of sight.
func (in *Interp) UnknownStore(st *domain.State, v domain.Value) {
	st.Reach(v, func(s *domain.Symbol) {
		st.Spill(s)
	})
}

// moveCaptured notes that a function in v, which is kept out of sight, may release what it captures of
// what the caller passed.
func (in *Interp) moveCaptured(st *domain.State, v domain.Value, by ssa.Instruction) {
	if !slices.ContainsFunc(v, func(s *domain.Symbol) bool { return s.Kind == domain.SymFunc }) {
		return
	}
	st.Reach(v, func(s *domain.Symbol) {
		if p, ok := s.Path(); ok && s.Typ != nil && (gotypes.IsFunc(s.Typ) || in.Up.IsHandleType(s.Typ)) {
			st.Affect(summary.Moved, p, summary.Detail{}, by.Pos())
		}
	})
}

// MoveGuards moves the loans whose guard can be reached from v.
func (in *Interp) MoveGuards(st *domain.State, v domain.Value) {
	if st.Loans.Len() == 0 {
		return
	}
	st.Reach(v, func(s *domain.Symbol) {
		s = in.Whole(st, s)
		for _, l := range in.GuardedBy(st, s) {
			stand := st.Loans.At(l)
			if stand.Phase == domain.Live || stand.Phase == domain.Unchecked {
				stand.Phase = domain.Moved
				st.Loans.Set(l, stand)
				in.LoseSight(l)
				in.MoveOwned(st, s)
			}
		}
	})
}

// MoveOwned lifts the rules for what was taken from a moved owner: nobody
// here sees when it ends.
func (in *Interp) MoveOwned(st *domain.State, owner *domain.Symbol) {
	for l, stand := range st.Loans.All() {
		if l.Kind == domain.Borrowed && stand.Owner.Has(owner) && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked) {
			stand.Unsure = true
			st.Loans.Set(l, stand)
			in.LoseSight(l)
		}
	}
}

// Whole is the guard that s is embedded in, where that is released by a method of s
// which is promoted: net.TCPConn is closed by the Close of what it embeds. Else it is s.
func (in *Interp) Whole(st *domain.State, s *domain.Symbol) *domain.Symbol {
	if st.Loans.Len() == 0 {
		return s
	}
	for w := embedding(s); w.Kind == domain.SymAddr && len(in.GuardedBy(st, w)) == 0 && in.Up.Promotes(in.heldType(st, w.Key.Base), w.Key.Index); {
		w = w.Key.Base
		if slices.ContainsFunc(in.GuardedBy(st, w), func(l *domain.Loan) bool { return l.Kind != domain.Implicit }) {
			return w
		}
		w = embedding(w)
	}
	return s
}

// embedding is the field in which the pointer s has been from the start, as far as anybody
// knows, else s: sqlx.Rows embeds a pointer to the rows that it closes.
func embedding(s *domain.Symbol) *domain.Symbol {
	if s.Kind == domain.SymContent && s.Key.Base != nil && s.Key.Base.Kind == domain.SymAddr && len(s.Guards) == 0 {
		return s.Key.Base
	}
	return s
}

// GuardedBy lists the loans of st whose guard is s.
func (in *Interp) GuardedBy(st *domain.State, s *domain.Symbol) []*domain.Loan {
	var out []*domain.Loan
	for _, l := range s.Guards {
		if _, ok := st.Loans.Get(l); ok {
			out = append(out, l)
		}
	}
	if l := in.Machine.Loans[domain.LoanKey{Site: s}]; l != nil {
		if _, ok := st.Loans.Get(l); ok {
			out = append(out, l)
		}
	}
	return out
}

// HoldsLoan reports whether any of v is on a loan.
func (in *Interp) HoldsLoan(st *domain.State, v domain.Value) bool {
	for _, s := range v {
		if len(s.AllLoans()) > 0 {
			return true
		}
	}
	return false
}
