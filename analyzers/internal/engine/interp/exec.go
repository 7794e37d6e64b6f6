package interp

import (
	"container/heap"
	"fmt"
	"go/constant"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// An Exit is a way out of a function.
type Exit struct {
	St      *domain.State
	Results []domain.Value
	Ret     *ssa.Return
}

// A queue orders blocks for execution, as their flow does.
type queue struct {
	flow   *domain.Flow
	blocks []*ssa.BasicBlock
	queued map[*ssa.BasicBlock]bool
}

func (q *queue) Len() int           { return len(q.blocks) }
func (q *queue) Less(i, j int) bool { return q.flow.Order[q.blocks[i]] < q.flow.Order[q.blocks[j]] }
func (q *queue) Swap(i, j int)      { q.blocks[i], q.blocks[j] = q.blocks[j], q.blocks[i] }
func (q *queue) Push(x any)         { q.blocks = append(q.blocks, x.(*ssa.BasicBlock)) }
func (q *queue) Pop() any {
	b := q.blocks[len(q.blocks)-1]
	q.blocks = q.blocks[:len(q.blocks)-1]
	return b
}

func (q *queue) add(b *ssa.BasicBlock) {
	if !q.queued[b] {
		q.queued[b] = true
		heap.Push(q, b)
	}
}

// Paths are the states at the start of a block, and which of them have
// changed since it was last executed.
type Paths struct {
	States []*domain.State
	keys   []string
	dirty  []bool
	visits int
}

// Add merges st into the paths and reports whether that changed any.
func (p *Paths) Add(m *domain.Machine, st *domain.State, limit int) bool {
	k := st.Key()
	for i, have := range p.keys {
		if have == k {
			if p.States[i].Merge(m, st) {
				p.dirty[i] = true
				return true
			}
			return false
		}
	}
	if len(p.States) < limit {
		p.States = append(p.States, st)
		p.keys = append(p.keys, k)
		p.dirty = append(p.dirty, true)
		return true
	}
	at := p.room(m, st)
	if at < 0 {
		return true
	}
	p.States[at].Forget(st, p.States)
	changed := p.States[at].Merge(m, st)
	p.keys[at] = p.States[at].Key()
	p.dirty[at] = p.dirty[at] || changed
	return changed
}

// room finds, where there are too many paths, which of them st is merged into: the last on which the
// loans stand as in st, or else the last. If there is none, but two others are alike, the last such take
// each other in, and st has the place of one: then it returns -1. So the first paths stay exact as long as can be;
// in a function so long that few paths are kept, always.
func (p *Paths) room(m *domain.Machine, st *domain.State) int {
	stands := st.Stands()
	alike := make(map[string]int)
	one, other := -1, -1
	for i := len(p.States) - 1; i >= 0; i-- {
		s := p.States[i].Stands()
		if s == stands {
			return i
		}
		if later, ok := alike[s]; !ok {
			alike[s] = i
		} else if one < 0 {
			one, other = i, later
		}
	}
	if one < 0 || len(p.States) < MaxPaths {
		return len(p.States) - 1
	}
	p.States[one].Forget(p.States[other], p.States)
	p.States[one].Merge(m, p.States[other])
	p.keys[one], p.dirty[one] = p.States[one].Key(), true
	p.States[other], p.keys[other], p.dirty[other] = st, st.Key(), true
	return -1
}

// Exec executes fn, whose frame is the innermost of entry, to a fixpoint.
func (in *Interp) Exec(fn *ssa.Function, entry *domain.State) []Exit {
	in.stack = append(in.stack, fn)
	defer func() { in.stack = in.stack[:len(in.stack)-1] }()
	f := in.FlowOf(fn)
	entry.ForgetRound(fn, func(*ssa.BasicBlock) bool { return true })
	at := map[*ssa.BasicBlock]*Paths{fn.Blocks[0]: {}}
	q := &queue{flow: f, queued: map[*ssa.BasicBlock]bool{}}
	at[fn.Blocks[0]].Add(in.Machine, entry, in.Limit())
	q.add(fn.Blocks[0])
	exits := map[*ssa.BasicBlock][][]Exit{} // by the state with which the block was entered
	watched := in.watches()
	for q.Len() > 0 {
		b := heap.Pop(q).(*ssa.BasicBlock)
		q.queued[b] = false
		p := at[b]
		if p.visits++; p.visits > maxVisits {
			in.GaveUp = true
		}
		if in.GaveUp {
			return nil
		}
		for len(exits[b]) < len(p.States) {
			exits[b] = append(exits[b], nil)
		}
		for i := range p.States {
			if !p.dirty[i] {
				continue
			}
			p.dirty[i] = false
			exits[b][i] = nil
			in.Spend(p.States[i].Mem.Len() / 16)
			for _, o := range watched.block(in, b, i, p.States[i].Clone()) {
				if o.to == nil {
					exits[b][i] = append(exits[b][i], o.Exit)
					continue
				}
				if f.Order[o.to] <= f.Order[b] {
					o.St.ForgetRound(fn, func(b *ssa.BasicBlock) bool { return f.Cyclic[b] })
				}
				in.prune(o.St, f, o.to)
				next := at[o.to]
				if next == nil {
					next = &Paths{}
					at[o.to] = next
				}
				if in.Sanity {
					in.check(fn, o.to, next, o.St)
				}
				if next.Add(in.Machine, o.St, in.Limit()) {
					q.add(o.to)
				}
			}
		}
	}
	if in.Dump != nil {
		in.dump(fn, at, exits)
	}
	watched.show(in, fn)
	var out []Exit
	for _, b := range fn.Blocks {
		out = append(out, slices.Concat(exits[b]...)...)
	}
	return out
}

// check panics where st, which enters the block of fn, cannot be, or breaks a law with
// what it is merged into there.
func (in *Interp) check(fn *ssa.Function, to *ssa.BasicBlock, at *Paths, st *domain.State) {
	err := in.Check(st)
	key := st.Key()
	for i, have := range at.keys {
		// The laws take many merges for one: some are enough.
		if err == nil && have == key && in.executed%sample == 0 {
			err = in.CheckMerge(at.States[i], st)
		}
	}
	if err != nil {
		panic(fmt.Sprintf("%v, at block %d (%s): %v\n%v", fn, to.Index, to.Comment, err, st))
	}
}

// sample is how many merges there are, about, for each whose laws are tried.
const sample = 32

// dump writes, for each block of fn, the states at its start and what it does;
// and the states with which fn is left.
func (in *Interp) dump(fn *ssa.Function, at map[*ssa.BasicBlock]*Paths, exits map[*ssa.BasicBlock][][]Exit) {
	fmt.Fprintf(in.Dump, "%v, executed in %d steps\n", fn, in.executed)
	for _, b := range fn.Blocks {
		p := at[b]
		if p == nil {
			fmt.Fprintf(in.Dump, "block %d (%s) is not reached\n", b.Index, b.Comment)
			continue
		}
		for i, st := range p.States {
			fmt.Fprintf(in.Dump, "block %d (%s), path %d of %d:\n%v", b.Index, b.Comment, i+1, len(p.States), st)
		}
		for _, i := range b.Instrs {
			if v, ok := i.(ssa.Value); ok {
				fmt.Fprintf(in.Dump, "\t%s = %v\n", v.Name(), i)
				continue
			}
			fmt.Fprintf(in.Dump, "\t%v\n", i)
		}
		for _, e := range slices.Concat(exits[b]...) {
			fmt.Fprintf(in.Dump, "returns %v with\n%v", e.Results, e.St)
		}
	}
}

// A way leads out of a block: to a successor, or out of the function.
type way struct {
	Exit
	to *ssa.BasicBlock
}

func (in *Interp) block(b *ssa.BasicBlock, st *domain.State) (ways []way) {
	states := []*domain.State{st}
	for _, instr := range b.Instrs {
		if _, ok := instr.(*ssa.Phi); ok {
			continue // done on the edge
		}
		in.see(instr, states)
		switch instr := instr.(type) {
		case *ssa.If:
			for _, st := range states {
				in.doubtInfluenced(st, instr)
				for i, to := range b.Succs {
					branch := st.Clone()
					in.decide(branch, instr, i == 0)
					if in.assume(branch, instr.Cond, i == 0) {
						in.phis(branch, b, to, i)
						ways = append(ways, way{Exit: Exit{St: branch}, to: to})
					}
				}
			}
			return ways
		case *ssa.Jump:
			for _, st := range states {
				in.phis(st, b, b.Succs[0], 0)
				ways = append(ways, way{Exit: Exit{St: st}, to: b.Succs[0]})
			}
			return ways
		case *ssa.Return:
			for _, st := range states {
				ran := []*domain.State{st}
				// Where the only defers stand in range-over-func bodies,
				// go/ssa emits no rundefers: every return runs them.
				if len(st.Top().Defers) > 0 {
					ran = in.runDefers(st)
				}
				for _, st := range ran {
					ways = append(ways, way{Exit: Exit{St: st, Results: in.results(st, instr), Ret: instr}})
				}
			}
			return ways
		case *ssa.Panic:
			for _, st := range states {
				in.Up.Dies(st)
			}
			return nil // implicit and explicit panics are no ways out
		case *ssa.Call:
			// Not before: what the last call answered is asked right behind it.
			states = in.Merged(states)
		}
		var next []*domain.State
		for _, st := range states {
			// A step costs what there is to copy and to look through.
			if !in.Spend(1 + st.Mem.Len()/32) {
				return nil
			}
			next = append(next, in.instr(st, instr)...)
		}
		if states = next; len(states) == 0 {
			return nil
		}
	}
	return nil
}

// Merged joins the states that need not be told apart.
func (in *Interp) Merged(states []*domain.State) []*domain.State {
	if len(states) < 2 {
		return states
	}
	p := &Paths{}
	for _, st := range states {
		p.Add(in.Machine, st, in.Limit())
	}
	return p.States
}

func (in *Interp) results(st *domain.State, ret *ssa.Return) []domain.Value {
	out := make([]domain.Value, len(ret.Results))
	for i, r := range ret.Results {
		out[i] = in.Eval(st, r)
	}
	return out
}

// phis gives the phi nodes of to their values on the i-th edge out of from.
func (in *Interp) phis(st *domain.State, from, to *ssa.BasicBlock, i int) {
	edge := -1
	for n, p := range to.Preds {
		if p == from {
			edge = n
			// Both ways of an If may lead to one block: parallel edges.
			if i == 0 || len(from.Succs) < 2 || from.Succs[0] != from.Succs[1] {
				break
			}
			i = 0
		}
	}
	var vals []domain.Value
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		vals = append(vals, in.Bounded(phi, in.Eval(st, phi.Edges[edge]), phi.Type()))
	}
	for n, v := range vals {
		st.Top().Env.Set(to.Instrs[n].(*ssa.Phi), v)
	}
}

// Eval is what v is in st.
func (in *Interp) Eval(st *domain.State, v ssa.Value) domain.Value {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Bool {
			return domain.Value{in.Boolean(constant.BoolVal(v.Value))}
		}
		if v.Value == nil {
			return in.Zero(v.Type())
		}
		return domain.Value{in.Constant(v)}
	case *ssa.Global:
		return domain.Value{in.Intern(domain.SymbolKey{Kind: domain.SymGlobal, Site: v}, v.Type(), nil)}
	case *ssa.Function:
		return domain.Value{in.Intern(domain.SymbolKey{Kind: domain.SymFunc, Site: v}, v.Type(), nil)}
	case *ssa.Builtin:
		return domain.Value{in.Fresh(v, 0, v.Type())}
	}
	f := st.Top()
	if x, ok := f.Env.Get(v); ok {
		return x
	}
	if _, ok := f.Tuples.Get(v); !ok {
		x := domain.Value{in.Fresh(v, 0, v.Type())}
		f.Env.Set(v, x)
		return x
	}
	return nil
}
