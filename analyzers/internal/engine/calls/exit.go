package calls

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Leave is one way out of the function under analysis: it ends what was lent
// to it, reports the debts that are left, and tells what the caller must know.
func (in *Calls) Leave(e interp.Exit) {
	in.EndScope(e.St, e.St.Top(), e.Results, e.Ret)
	kept := in.handedOut(e.St, e.Results)
	in.unpark(e.St, e.Results)
	in.giveUpGathered(e.St, e.Results)
	for l, stand := range e.St.Loans.All() {
		in.DoubtFar(e.St, l, stand)
		if l.Lax {
			in.BookLax(e, l, stand, kept[l] || stand.Parked || stand.Given)
			continue
		}
		if stand.Phase == domain.Unchecked && stand.Asked { // it may have been found not to be there
			if l.Mandatory && !kept[l] && !stand.Parked && !stand.Given && !stand.Reported {
				in.DoubtLeak(e.St, l)
			}
			continue
		}
		if l.Mandatory && !stand.Given && !stand.Reported && (stand.Phase == domain.Moved || stand.Unsure && stand.Phase != domain.Absent) {
			in.DoubtLeak(e.St, l)
		}
		if l.Mandatory && l.Old && (stand.Parked || l.Reference) && !stand.Reported && !kept[l] && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked) {
			in.DoubtLeak(e.St, l) // another was put in its place, or counted beside it
		}
		if l.Old && stand.Unsure {
			continue // of the rounds that it stands for, some have perhaps released theirs
		}
		if kept[l] || stand.Parked || stand.Reported || !l.Mandatory || stand.Phase != domain.Live && stand.Phase != domain.Unchecked {
			continue
		}
		if l.Reference && !in.IsOwn(e.St, l) {
			continue // see book
		}
		if rules.IsMain(in.Root) {
			continue // the program ends, and all that it holds
		}
		if !l.Reference && in.isPublished(e.St, l) || in.endsWithParent(e.St, l) || l.Excluded(e.St) {
			in.DoubtLeak(e.St, l)
			continue
		}
		in.ReportLeak(l, e.Ret)
	}
	in.Book(e, kept)
	for _, e := range in.byFlags(e) {
		in.addOutcome(e, kept)
	}
}

// unpark takes back the debts of which the guard was put where the caller can name it,
// and does not stand in any memory but the function's own any more: something else
// was put in its place.
func (in *Calls) unpark(st *domain.State, results []domain.Value) {
	var parked []*domain.Loan
	for l, stand := range st.Loans.All() {
		if stand.Parked && l.Kind == domain.Acquired && !l.Reference && !l.Old && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked) {
			parked = append(parked, l)
		}
	}
	if len(parked) == 0 {
		return
	}
	reached := reachedByCaller(st, results)
	for _, l := range parked {
		guards := in.GuardsOf(l)
		if len(guards) > 0 && !slices.ContainsFunc(guards, func(s *domain.Symbol) bool { return reached[s] }) {
			stand := st.Loans.At(l)
			stand.Parked = false
			st.Loans.Set(l, stand)
		}
	}
}

// reachedByCaller are the symbols that results, and memory which is not the function's own, lead to.
func reachedByCaller(st *domain.State, results []domain.Value) map[*domain.Symbol]bool {
	reached := make(map[*domain.Symbol]bool)
	visit := func(s *domain.Symbol) {
		reached[s] = true
		for _, x := range s.Sources {
			reached[x] = true
		}
		for _, x := range s.Parents {
			reached[x] = true
		}
	}
	for _, r := range results {
		st.Reach(r, visit)
	}
	for a, c := range st.Mem.All() {
		if a.Root().Kind != domain.SymAlloc {
			st.Reach(c.V, visit)
		}
	}
	return reached
}

// giveUpGathered gives up the guards in the gathered slices that are returned: callers are not
// told which of them they have.
func (in *Calls) giveUpGathered(st *domain.State, results []domain.Value) {
	returned := make(map[*domain.Symbol]bool)
	for _, r := range results {
		st.Reach(r, func(s *domain.Symbol) { returned[s] = returned[s] || in.Machine.IsGathered(s) })
	}
	for a, c := range st.Mem.All() {
		if a.Key.Index == domain.ElementIndex && returned[a.Object()] {
			in.MoveGuards(st, c.V)
		}
	}
}

// isPublished reports whether memory that outlives the function leads to a guard of l: it was
// put into an object of the function's own, which had been put there before.
func (in *Calls) isPublished(st *domain.State, l *domain.Loan) (found bool) {
	guards := in.GuardsOf(l)
	for a, c := range st.Mem.All() {
		if in.abandoned[[2]any{l.Key.Site, a.Key.Site}] {
			continue
		}
		v := c.V
		if k := a.Root().Kind; k == domain.SymAlloc && st.Spilled.At(a.Object()) {
			v = in.exposed(st, a, v)
		} else if k != domain.SymParam && k != domain.SymGlobal {
			continue
		}
		st.Reach(v, func(s *domain.Symbol) { found = found || slices.Contains(guards, s) })
	}
	return found
}

// handedOut are the loans whose guards the caller can reach afterwards.
func (in *Calls) handedOut(st *domain.State, results []domain.Value) map[*domain.Loan]bool {
	out := make(map[*domain.Loan]bool)
	visit := func(s *domain.Symbol) {
		for _, l := range s.Guards {
			out[l] = true
		}
		if s.Kind == domain.SymAddr { // of a lock, say: what releases it is a method of that
			for _, g := range in.GuardsAt(st, s) {
				for _, l := range g.Guards {
					out[l] = true
				}
			}
		}
		// A part of what is its own guard may lead back to it; its error does not, nor does what can be locked alone, as
		// what a statement has done keeps it of the connection.
		if gotypes.IsPointer(s.Typ) && gotypes.SliceOf(s.Typ) == nil && !gotypes.IsError(s.Typ) && !isLocker(s.Typ) {
			for _, l := range s.Root().Guards {
				out[l] = true
			}
		}
	}
	for _, r := range results {
		st.Reach(r, visit)
	}
	return out
}

// isLocker reports whether t is sync.Locker.
func isLocker(t types.Type) bool { return types.TypeString(t, nil) == "sync.Locker" }

// param is the symbol of a parameter of the function under analysis.
func (in *Calls) param(fn *ssa.Function, p *ssa.Parameter) *domain.Symbol {
	return in.Intern(domain.SymbolKey{Kind: domain.SymParam, Index: slices.Index(fn.Params, p)}, p.Type(), nil)
}
