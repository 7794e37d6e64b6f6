package loan

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A flow is what the engine wants to know of a function's control-flow graph.
type flow struct {
	fn     *ssa.Function
	regs   map[ssa.Value]*register
	order  map[*ssa.BasicBlock]int // reverse postorder
	cyclic map[*ssa.BasicBlock]bool
	liveIn map[*ssa.BasicBlock]map[ssa.Value]bool
}

func newFlow(fn *ssa.Function) *flow {
	f := &flow{
		fn:     fn,
		regs:   make(map[ssa.Value]*register),
		order:  make(map[*ssa.BasicBlock]int),
		cyclic: make(map[*ssa.BasicBlock]bool),
		liveIn: make(map[*ssa.BasicBlock]map[ssa.Value]bool),
	}
	f.number(fn)
	f.findCycles(fn)
	f.solveLiveness(fn)
	return f
}

// register is the number of v, given when it is first asked for.
func (f *flow) register(v ssa.Value) *register {
	r := f.regs[v]
	if r == nil {
		r = &register{len(f.regs) + 1, v}
		f.regs[v] = r
	}
	return r
}

func (f *flow) number(fn *ssa.Function) {
	seen := make(map[*ssa.BasicBlock]bool)
	var post []*ssa.BasicBlock
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		seen[b] = true
		for _, s := range b.Succs {
			if !seen[s] {
				visit(s)
			}
		}
		post = append(post, b)
	}
	visit(fn.Blocks[0])
	for i, b := range slices.Backward(post) {
		f.order[b] = len(post) - 1 - i
	}
}

// findCycles marks the blocks that can reach themselves.
func (f *flow) findCycles(fn *ssa.Function) {
	for _, c := range components(fn.Blocks, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Succs }) {
		for _, b := range c {
			f.cyclic[b] = len(c) > 1 || slices.Contains(b.Succs, b)
		}
	}
}

// solveLiveness finds the values that are read at or after the start of each
// block, so that paths are not told apart by what nobody will look at.
func (f *flow) solveLiveness(fn *ssa.Function) {
	for b := range f.order {
		f.liveIn[b] = make(map[ssa.Value]bool)
	}
	var ops []*ssa.Value
	for changed := true; changed; {
		changed = false
		for _, b := range slices.Backward(fn.Blocks) {
			in := f.liveIn[b]
			if in == nil {
				continue
			}
			live := make(map[ssa.Value]bool)
			for _, s := range b.Succs {
				for v := range f.liveIn[s] {
					live[v] = true
				}
				for i, p := range s.Preds {
					if p != b {
						continue
					}
					for _, instr := range s.Instrs {
						phi, ok := instr.(*ssa.Phi)
						if !ok {
							break
						}
						if isTracked(phi.Edges[i]) {
							live[phi.Edges[i]] = true
						}
					}
				}
			}
			for _, instr := range slices.Backward(b.Instrs) {
				if v, ok := instr.(ssa.Value); ok {
					delete(live, v)
				}
				if _, ok := instr.(*ssa.Phi); ok {
					continue
				}
				ops = instr.Operands(ops[:0])
				for _, op := range ops {
					if *op != nil && isTracked(*op) {
						live[*op] = true
					}
				}
			}
			for v := range live {
				if !in[v] {
					in[v] = true
					changed = true
				}
			}
		}
	}
}

// isTracked reports whether v has a place in a frame's environment.
func isTracked(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Const, *ssa.Global, *ssa.Function, *ssa.Builtin:
		return false
	}
	return true
}
