package interp

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// seen are the states at the instructions of the function itself, by the block and the
// state with which it was entered; nil where nobody watches.
type seen map[*ssa.BasicBlock][]map[ssa.Instruction][]*domain.State

// watches returns where to note what is seen of the function that is executed now: of what
// is executed in place nothing is, for there it depends on the call.
func (in *Interp) watches() seen {
	if in.Watch == nil || len(in.stack) > 1 {
		return nil
	}
	return make(seen)
}

// block executes b, entered with the i-th of its states, and notes what is seen there.
func (w seen) block(in *Interp, b *ssa.BasicBlock, i int, st *domain.State) []way {
	if w == nil {
		return in.block(b, st)
	}
	for len(w[b]) <= i {
		w[b] = append(w[b], nil)
	}
	w[b][i] = make(map[ssa.Instruction][]*domain.State)
	in.seen = w[b][i]
	ways := in.block(b, st)
	in.seen = nil
	return ways
}

// see notes that instr is executed in states.
func (in *Interp) see(instr ssa.Instruction, states []*domain.State) {
	if in.seen == nil || len(in.stack) > 1 {
		return
	}
	for _, st := range states {
		in.seen[instr] = append(in.seen[instr], st.Clone())
	}
}

// show gives all that was seen in fn to who watches.
func (w seen) show(in *Interp, fn *ssa.Function) {
	if w == nil {
		return
	}
	at := make(map[ssa.Instruction][]*domain.State)
	for _, b := range fn.Blocks {
		for _, of := range w[b] {
			for _, instr := range b.Instrs {
				at[instr] = slices.Concat(at[instr], of[instr])
			}
		}
	}
	in.Watch(in, fn, at)
}
