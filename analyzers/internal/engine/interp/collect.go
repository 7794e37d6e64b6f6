package interp

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// prune drops what no path from to can look at, so that paths which differ
// only in that are merged. Where none meet and the state is large it waits: a switch
// or a select of many cases would look through everything at each of them.
func (in *Interp) prune(st *domain.State, f *domain.Flow, to *ssa.BasicBlock) {
	if size := st.Size(); len(to.Preds) == 1 && size > smallState && st.Unpruned < size/16 {
		st.Unpruned++
		return
	}
	st.Unpruned = 0
	top, live := st.Top(), f.LiveIn[to]
	top.Env.Keep(func(v ssa.Value) bool { return live[v] || isPhiOf(v, to) })
	top.Tuples.Keep(func(v ssa.Value) bool { return live[v] })
	isLive := func(s *domain.Symbol, cond ssa.Value) bool {
		if in.Apart && ByCaller(s) {
			return true
		}
		isOuter := slices.ContainsFunc(st.Frames[:len(st.Frames)-1], func(f *domain.Frame) bool { return domain.IsOf(cond, f.Fn) })
		return isOuter || f.AnyLive(to, cond)
	}
	st.Asked.Filter(isLive)
	st.Forgotten.Filter(isLive)
	in.collect(st)
}

// smallState is the size up to which a state is pruned at each edge.
const smallState = 64

// OwnerLives reports whether what a loan was taken from is on a loan that is
// not over: more may be taken from its value yet, and end with it.
func (in *Interp) OwnerLives(st *domain.State, s domain.Standing) bool {
	o := s.Owner.One()
	if o == nil {
		return false
	}
	for _, l := range slices.Concat(o.Guards, o.Loose, o.AllLoans()) {
		if t, ok := st.Loans.Get(l); ok && (t.Phase == domain.Live || t.Phase == domain.Unchecked) {
			return true
		}
	}
	return false
}

func isPhiOf(v ssa.Value, b *ssa.BasicBlock) bool {
	phi, ok := v.(*ssa.Phi)
	return ok && phi.Block() == b
}

// Symbols is a set of those of one machine.
type Symbols struct {
	has  []bool // by id
	List []*domain.Symbol
}

// Reachable marks what the frames, memory that others can reach, and the
// owners of open loans lead to.
func (in *Interp) Reachable(st *domain.State, objects map[*domain.Symbol][]*domain.Symbol) *Symbols {
	return in.reachable(st, objects, true)
}

// ReachableNow is Reachable, but for what only deferred calls lead to.
func (in *Interp) ReachableNow(st *domain.State) *Symbols {
	return in.reachable(st, st.ByObject(), false)
}

func (in *Interp) reachable(st *domain.State, objects map[*domain.Symbol][]*domain.Symbol, deferred bool) *Symbols {
	marked := &Symbols{has: make([]bool, in.Nsyms+1)}
	var mark func(s *domain.Symbol)
	mark = func(s *domain.Symbol) {
		if s == nil || marked.has[s.Id] {
			return
		}
		marked.has[s.Id] = true
		marked.List = append(marked.List, s)
		for _, p := range s.Parents {
			mark(p)
		}
		mark(s.Key.Base)
		mark(s.Key.With)
		for _, a := range objects[s.Object()] {
			mark(a)
			for _, x := range st.Mem.At(a).V {
				mark(x)
			}
		}
	}
	markAll := func(v domain.Value) {
		for _, s := range v {
			mark(s)
		}
	}
	for _, f := range st.Frames {
		for _, v := range f.Env.All() {
			markAll(v)
		}
		for _, vs := range f.Tuples.All() {
			for _, v := range vs {
				markAll(v)
			}
		}
		if !deferred {
			continue
		}
		for _, d := range f.Defers {
			markAll(d.Fn)
			for _, a := range d.Args {
				markAll(a)
			}
		}
	}
	for o := range objects {
		// What nobody here can reach any more others can, where it is theirs.
		if r := o.Root(); r.Kind == domain.SymParam || r.Kind == domain.SymGlobal || st.Spilled.At(o) || r != o && (marked.has[r.Id] || r.IsToken()) {
			mark(o)
		}
	}
	for _, s := range st.Loans.All() {
		if s.Phase == domain.Live || s.Phase == domain.Unchecked {
			markAll(s.Owner)
			markAll(s.Lent)
		}
	}
	return marked
}

// collect drops memory that nothing refers to, and finished loans that
// nothing alive is on.
func (in *Interp) collect(st *domain.State) {
	objects := st.ByObject()
	marked := in.Reachable(st, objects)
	for o, as := range objects {
		if !marked.has[o.Id] {
			for _, a := range as {
				st.Mem.Delete(a)
			}
		}
	}
	st.Facts.Filter(func(s *domain.Symbol, _ domain.Fact) bool {
		return marked.has[s.Id] || s.Kind == domain.SymCompare || s.Root().Kind == domain.SymParam
	})
	st.Types.Filter(func(s *domain.Symbol, _ string) bool { return marked.has[s.Id] || s.Kind == domain.SymParam })
	onLoan := make(map[*domain.Loan]bool)
	for _, s := range marked.List {
		for _, l := range s.Loans {
			onLoan[l] = true
		}
		for _, l := range s.Guards {
			onLoan[l] = true
		}
		for _, l := range s.Loose {
			onLoan[l] = true
		}
		if l := in.Loans[domain.LoanKey{Site: s}]; l != nil {
			onLoan[l] = true
		}
		if a, ok := in.Asserted[s]; ok {
			onLoan[a.Loan] = true
		}
	}
	for l, s := range st.Loans.All() {
		if f, ok := l.Key.Site.(*domain.Symbol); ok && f.Kind == domain.SymField && marked.has[f.Whole().Id] {
			continue // a field of a struct that somebody still has
		}
		if onLoan[l] || l.IsOfMemory() || s.Handed != token.NoPos && s.Phase == domain.Live {
			continue
		}
		if l.Kind == domain.Lent && s.Phase == domain.Live && slices.ContainsFunc(s.Lent, func(x *domain.Symbol) bool { return marked.has[x.Id] }) {
			continue
		}
		finished := s.Phase == domain.Ended || s.Phase == domain.Absent || s.Phase == domain.Moved || s.Reported
		if l.Waited && s.Reported && (s.Phase == domain.Live || s.Phase == domain.Unchecked) {
			continue // who waits for it will wait for ever
		}
		if l.Reference && (s.Phase == domain.Ended || !l.Mandatory) {
			continue // at the exits it is asked on which of them it was paid; and an optional one ties, with nothing to pay
		}
		if s.Phase == domain.Moved && l.Mandatory && !s.Given && !s.Reported {
			in.Up.DoubtLeak(st, l)
		}
		if l.Lax && s.Phase == domain.Moved {
			continue // at the exits it is asked whether anybody saw to it
		}
		if finished || !l.Mandatory && !l.Waited && !in.OwnerLives(st, s) {
			st.Loans.Delete(l)
		}
	}
}
