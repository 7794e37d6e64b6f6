package domain

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// IsYield reports whether fn is the body of a range-over-func loop.
func IsYield(fn *ssa.Function) bool { return fn.Synthetic == "range-over-func yield" }

// Components lists the strongly connected components of a graph, each after
// those that it leads to (Tarjan, "Depth-first search and linear graph
// algorithms", 1972).
func Components[N comparable](nodes []N, succs func(N) []N) [][]N {
	index := make(map[N]int)
	low := make(map[N]int)
	onStack := make(map[N]bool)
	var stack []N
	var out [][]N
	var visit func(n N)
	visit = func(n N) {
		index[n] = len(index) + 1
		low[n] = index[n]
		stack = append(stack, n)
		onStack[n] = true
		for _, s := range succs(n) {
			if index[s] == 0 {
				visit(s)
				low[n] = min(low[n], low[s])
			} else if onStack[s] {
				low[n] = min(low[n], index[s])
			}
		}
		if low[n] != index[n] {
			return
		}
		var c []N
		for {
			last := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			onStack[last] = false
			c = append(c, last)
			if last == n {
				break
			}
		}
		out = append(out, c)
	}
	for _, n := range nodes {
		if index[n] == 0 {
			visit(n)
		}
	}
	return out
}

// A Flow is what the engine wants to know of a function's control-flow graph.
type Flow struct {
	loopsFound *loopsOf                                 // nil: not looked for yet
	asked      map[string]asks                          // how often a condition is asked
	joined     map[ssa.Value][]*ssa.Phi                 // see isJoined
	words      *words                                   // nil: not looked at yet
	decide     map[[2]*ssa.BasicBlock][]*ssa.BasicBlock // see deciders
	callsAt    map[token.Pos]*ssa.BasicBlock            // see BlockAt
	doneWith   map[ssa.Instruction][]*ssa.BasicBlock    // see DoneWith
	fn         *ssa.Function
	regs       map[ssa.Value]*Register
	kept       map[ssa.Value]bool      // see IsKept; those that were asked for
	Order      map[*ssa.BasicBlock]int // of execution: see number
	Cyclic     map[*ssa.BasicBlock]bool
	LiveIn     map[*ssa.BasicBlock]map[ssa.Value]bool
}

// IsKept reports whether v is compared with something, returned, or put somewhere.
func (f *Flow) IsKept(v ssa.Value) bool {
	is, known := f.kept[v]
	if !known && v.Referrers() != nil {
		is = slices.ContainsFunc(*v.Referrers(), func(i ssa.Instruction) bool {
			switch i.(type) {
			case *ssa.BinOp, *ssa.Return, *ssa.Store, *ssa.Phi, *ssa.MapUpdate, *ssa.MakeInterface:
				return true
			}
			return false
		})
		if f.kept == nil {
			f.kept = make(map[ssa.Value]bool)
		}
		f.kept[v] = is
	}
	return is
}

// NewFlow works out the flow of fn, which must have a body.
func NewFlow(fn *ssa.Function) *Flow {
	f := &Flow{
		fn:     fn,
		regs:   make(map[ssa.Value]*Register),
		Order:  make(map[*ssa.BasicBlock]int),
		Cyclic: make(map[*ssa.BasicBlock]bool),
		LiveIn: make(map[*ssa.BasicBlock]map[ssa.Value]bool),
	}
	f.number(fn)
	f.findCycles(fn)
	f.solveLiveness(fn)
	return f
}

// register is the number of v, given when it is first asked for.
func (f *Flow) register(v ssa.Value) *Register {
	r := f.regs[v]
	if r == nil {
		r = &Register{len(f.regs) + 1, v}
		f.regs[v] = r
	}
	return r
}

// number orders the blocks that can be reached: each loop is complete before what
// comes after it, so that it comes to rest before that is executed at all
// (Bourdoncle, "Efficient chaotic iteration strategies with widenings", 1993).
func (f *Flow) number(fn *ssa.Function) {
	entered := make(map[*ssa.BasicBlock]int)
	var reached []*ssa.BasicBlock
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		entered[b] = len(reached)
		reached = append(reached, b)
		for _, s := range b.Succs {
			if _, seen := entered[s]; !seen {
				visit(s)
			}
		}
	}
	visit(fn.Blocks[0])
	var arrange func(blocks []*ssa.BasicBlock)
	arrange = func(blocks []*ssa.BasicBlock) {
		within := make(map[*ssa.BasicBlock]bool, len(blocks))
		for _, b := range blocks {
			within[b] = true
		}
		components := Components(blocks, func(b *ssa.BasicBlock) []*ssa.BasicBlock {
			return slices.DeleteFunc(slices.Clone(b.Succs), func(s *ssa.BasicBlock) bool { return !within[s] })
		})
		for _, c := range slices.Backward(components) {
			slices.SortFunc(c, func(a, b *ssa.BasicBlock) int { return cmp.Compare(entered[a], entered[b]) })
			f.Order[c[0]] = len(f.Order)
			if len(c) > 1 {
				arrange(c[1:])
			}
		}
	}
	arrange(reached)
}

// findCycles marks the blocks that can reach themselves.
func (f *Flow) findCycles(fn *ssa.Function) {
	for _, c := range Components(fn.Blocks, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Succs }) {
		for _, b := range c {
			f.Cyclic[b] = len(c) > 1 || slices.Contains(b.Succs, b)
		}
	}
}

// solveLiveness finds the values that are read at or after the start of each
// block, so that paths are not told apart by what nobody will look at.
func (f *Flow) solveLiveness(fn *ssa.Function) {
	for b := range f.Order {
		f.LiveIn[b] = make(map[ssa.Value]bool)
	}
	merged := make(map[*ssa.BasicBlock][]ssa.Value) // by predecessor: what phis take from there
	for _, s := range fn.Blocks {
		for _, instr := range s.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			for i, p := range s.Preds {
				if IsTracked(phi.Edges[i]) {
					merged[p] = append(merged[p], phi.Edges[i])
				}
			}
		}
	}
	var ops []*ssa.Value
	for changed := true; changed; {
		changed = false
		for _, b := range slices.Backward(fn.Blocks) {
			in := f.LiveIn[b]
			if in == nil {
				continue
			}
			live := make(map[ssa.Value]bool)
			for _, s := range b.Succs {
				for v := range f.LiveIn[s] {
					live[v] = true
				}
			}
			for _, v := range merged[b] {
				live[v] = true
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
					if *op != nil && IsTracked(*op) {
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

// LiveAfter are the values that are read after i.
func (f *Flow) LiveAfter(i ssa.Instruction) map[ssa.Value]bool {
	live := make(map[ssa.Value]bool)
	b := i.Block()
	for _, s := range b.Succs {
		for v := range f.LiveIn[s] {
			live[v] = true
		}
		for _, instr := range s.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			for _, v := range phi.Edges {
				live[v] = true // from another block perhaps, which does no harm
			}
		}
	}
	var ops []*ssa.Value
	for _, after := range slices.Backward(b.Instrs) {
		if after == i {
			break
		}
		ops = after.Operands(ops[:0])
		for _, op := range ops {
			live[*op] = true
		}
	}
	return live
}

// IsTracked reports whether v has a place in a frame's environment.
func IsTracked(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Const, *ssa.Global, *ssa.Function, *ssa.Builtin:
		return false
	}
	return true
}
