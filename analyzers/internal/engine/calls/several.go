package calls

import (
	"slices"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
)

// maxSeveral is how many functions a value may be for each of them to be executed in its turn.
const maxSeveral = 4

// several are the functions that v is one of, if all of them are known and there are two or more;
// where it is nil, the call ends the program.
func several(v domain.Value) (fns []*domain.Symbol) {
	for _, s := range v {
		switch {
		case s.IsNil():
		case s.Kind != domain.SymFunc || s.Old:
			return nil
		default:
			fns = append(fns, s)
		}
	}
	if len(fns) < 2 || len(fns) > maxSeveral {
		return nil
	}
	return fns
}

// callSeveral executes each of fns, of which one is called, by run, on a path of its own. Which of them is
// called may go with what else is known here, so such a path is perhaps none: nothing that one of them does
// is wrong for certain, and what not all of them end has perhaps ended.
func (in *Calls) callSeveral(st *domain.State, fns []*domain.Symbol, run func(*domain.State, *domain.Symbol) []interp.Returned) (out []interp.Returned) {
	for _, s := range fns {
		branch := st.Clone()
		doubted := in.doubtOver(branch)
		for _, r := range run(branch, s) {
			for _, l := range doubted {
				was, is := st.Loans.At(l), r.St.Loans.At(l)
				if is.Phase == was.Phase {
					is.Unsure, is.Asked = was.Unsure, was.Asked
					r.St.Loans.Set(l, is)
				}
			}
			out = append(out, r)
		}
	}
	var states []*domain.State
	for _, r := range out {
		states = append(states, r.St)
	}
	if !in.allEnd(states, st) {
		in.forgive(states, states)
		in.doubtEnds(states, st)
	}
	return out
}

// doubtOver makes unsure what has ended, or was perhaps not given, and the locks that are held, and returns what it has made so.
func (in *Calls) doubtOver(st *domain.State) (doubted []*domain.Loan) {
	for l, stand := range st.Loans.All() {
		switch stand.Phase {
		case domain.Ended, domain.Absent, domain.Unchecked:
			if !stand.Unsure {
				stand.Unsure, stand.Asked = true, true
				st.Loans.Set(l, stand)
				doubted = append(doubted, l)
			}
		case domain.Live: // which of them unlocks it, or locks it again, may go with which has locked it
			if l.IsCount() && !stand.Unsure {
				stand.Unsure = true
				st.Loans.Set(l, stand)
				doubted = append(doubted, l)
			}
		}
	}
	return doubted
}

// allEnd reports whether the same loans have ended in all of states since entry.
func (in *Calls) allEnd(states []*domain.State, entry *domain.State) bool {
	for l, was := range entry.Loans.All() {
		ended := func(st *domain.State) bool { return st.Loans.At(l).Phase == domain.Ended }
		if was.Phase != domain.Ended && slices.ContainsFunc(states, ended) && !all(states, ended) {
			return false
		}
	}
	return true
}

func all(states []*domain.State, holds func(*domain.State) bool) bool {
	return !slices.ContainsFunc(states, func(st *domain.State) bool { return !holds(st) })
}
