package loan

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// leave is one way out of the function under analysis: it ends what was lent
// to it, reports the debts that are left, and tells what the caller must know.
func (in *interpreter) leave(e exit) {
	in.endScope(e.st, e.st.top(), e.results, e.ret)
	kept := in.handedOut(e.st, e.results)
	for l, stand := range e.st.loans.all() {
		if stand.phase == unchecked && stand.asked {
			continue // it may have been found not to be there
		}
		if kept[l] || stand.reported || !l.mandatory || stand.phase != live && stand.phase != unchecked {
			continue
		}
		if l.reference && !in.isOwn(e.st, l) {
			continue // see book
		}
		in.reportLeak(l, e.ret)
	}
	in.book(e)
	in.addOutcome(e, kept)
}

// handedOut are the loans whose guards the caller can reach afterwards.
func (in *interpreter) handedOut(st *state, results []value) map[*loan]bool {
	out := make(map[*loan]bool)
	visit := func(s *symbol) {
		for _, l := range s.guards {
			out[l] = true
		}
		// A part of what is its own guard may lead back to it.
		if isPointer(s.typ) && sliceOf(s.typ) == nil {
			for _, l := range s.root().guards {
				out[l] = true
			}
		}
	}
	for _, r := range results {
		st.reach(r, visit)
	}
	return out
}

// sortedCells lists the addresses in memory in the order in which they were stored to.
func (in *interpreter) sortedCells(st *state) []*symbol {
	var out []*symbol
	for a := range st.mem.all() {
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b *symbol) int { return cmp.Compare(st.mem.at(a).pos, st.mem.at(b).pos) })
	return out
}

// param is the symbol of a parameter of the function under analysis.
func (in *interpreter) param(fn *ssa.Function, p *ssa.Parameter) *symbol {
	return in.intern(symbolKey{kind: symParam, index: slices.Index(fn.Params, p)}, p.Type(), nil)
}
