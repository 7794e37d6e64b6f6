package loan

import (
	"container/heap"
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// An interpreter executes one function, and the closures it calls, on
// abstract states.
type interpreter struct {
	*engine
	*machine
	root     *ssa.Function
	executed int // instructions executed so far
	gaveUp   bool
	stack    []*ssa.Function // what is being executed in place
	maxPaths int
	maxSteps int
	records  []*releaseRecord // in the order in which they were reached
	tally    tally
	found    []finding
	ranges   map[*symbol]rangeOf
	accounts table[*loan, *account]
	asserted map[*symbol]assertion
	ending   int // how many ends of loans are under way
	outcomes []summary.Outcome
}

const (
	// maxSteps bounds the work on one function; beyond it the function is
	// unknown. One in which no loan can arise is only summarised: a long one
	// is not worth the time.
	maxSteps      = 40_000
	maxPlainSteps = 4_000
	// maxPaths is how many paths are told apart at one point; beyond it loans
	// on which they differ are given up.
	maxPaths = 24
	// maxVisits bounds how often one block is executed.
	maxVisits = 400
)

// An exit is a way out of a function.
type exit struct {
	st      *state
	results []value
	ret     *ssa.Return
}

// A queue orders blocks for execution; it is a heap by reverse postorder.
type queue struct {
	flow   *flow
	blocks []*ssa.BasicBlock
	queued map[*ssa.BasicBlock]bool
}

func (q *queue) Len() int           { return len(q.blocks) }
func (q *queue) Less(i, j int) bool { return q.flow.order[q.blocks[i]] < q.flow.order[q.blocks[j]] }
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

// paths are the states at the start of a block, and which of them have
// changed since it was last executed.
type paths struct {
	states []*state
	keys   []string
	dirty  []bool
	visits int
}

// add merges st into the paths and reports whether that changed any.
func (p *paths) add(m *machine, st *state, limit int) bool {
	k := st.key()
	for i, have := range p.keys {
		if have == k {
			if p.states[i].merge(m, st) {
				p.dirty[i] = true
				return true
			}
			return false
		}
	}
	if len(p.states) < limit {
		p.states = append(p.states, st)
		p.keys = append(p.keys, k)
		p.dirty = append(p.dirty, true)
		return true
	}
	last := len(p.states) - 1
	changed := p.states[last].merge(m, st)
	p.keys[last] = p.states[last].key()
	p.dirty[last] = p.dirty[last] || changed
	return changed
}

// exec executes fn, whose frame is the innermost of entry, to a fixpoint.
func (in *interpreter) exec(fn *ssa.Function, entry *state) []exit {
	in.stack = append(in.stack, fn)
	defer func() { in.stack = in.stack[:len(in.stack)-1] }()
	f := in.flowOf(fn)
	at := map[*ssa.BasicBlock]*paths{fn.Blocks[0]: {}}
	q := &queue{flow: f, queued: map[*ssa.BasicBlock]bool{}}
	at[fn.Blocks[0]].add(in.machine, entry, in.maxPaths)
	q.add(fn.Blocks[0])
	exits := map[*ssa.BasicBlock][]exit{}
	for q.Len() > 0 {
		b := heap.Pop(q).(*ssa.BasicBlock)
		q.queued[b] = false
		p := at[b]
		if p.visits++; p.visits > maxVisits {
			in.gaveUp = true
		}
		if in.gaveUp {
			return nil
		}
		exits[b] = nil
		for i := range p.states {
			ends := len(b.Succs) == 0
			if !p.dirty[i] && !ends {
				continue
			}
			p.dirty[i] = false
			for _, o := range in.block(b, p.states[i].clone()) {
				if o.to == nil {
					exits[b] = append(exits[b], o.exit)
					continue
				}
				in.prune(o.st, f, o.to)
				next := at[o.to]
				if next == nil {
					next = &paths{}
					at[o.to] = next
				}
				if next.add(in.machine, o.st, in.maxPaths) {
					q.add(o.to)
				}
			}
		}
	}
	var out []exit
	for _, b := range fn.Blocks {
		out = append(out, exits[b]...)
	}
	return out
}

// A way leads out of a block: to a successor, or out of the function.
type way struct {
	exit
	to *ssa.BasicBlock
}

func (in *interpreter) block(b *ssa.BasicBlock, st *state) (ways []way) {
	states := []*state{st}
	for _, instr := range b.Instrs {
		switch instr := instr.(type) {
		case *ssa.Phi:
			continue // done on the edge
		case *ssa.If:
			for _, st := range states {
				for i, to := range b.Succs {
					branch := st.clone()
					if in.assume(branch, instr.Cond, i == 0) {
						in.phis(branch, b, to, i)
						ways = append(ways, way{exit: exit{st: branch}, to: to})
					}
				}
			}
			return ways
		case *ssa.Jump:
			for _, st := range states {
				in.phis(st, b, b.Succs[0], 0)
				ways = append(ways, way{exit: exit{st: st}, to: b.Succs[0]})
			}
			return ways
		case *ssa.Return:
			for _, st := range states {
				ran := []*state{st}
				// Where the only defers stand in range-over-func bodies,
				// go/ssa emits no rundefers: every return runs them.
				if len(st.top().defers) > 0 {
					ran = in.runDefers(st)
				}
				for _, st := range ran {
					ways = append(ways, way{exit: exit{st: st, results: in.results(st, instr), ret: instr}})
				}
			}
			return ways
		case *ssa.Panic:
			return nil // implicit and explicit panics are no ways out
		case *ssa.Call:
			// Not before: what the last call answered is asked right behind it.
			states = in.merged(states)
		}
		var next []*state
		for _, st := range states {
			// A step costs what there is to copy and to look through.
			if in.executed += 1 + st.mem.len()/32; in.executed > in.maxSteps {
				in.gaveUp = true
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

// merged joins the states that need not be told apart.
func (in *interpreter) merged(states []*state) []*state {
	if len(states) < 2 {
		return states
	}
	p := &paths{}
	for _, st := range states {
		p.add(in.machine, st, in.maxPaths)
	}
	return p.states
}

func (in *interpreter) results(st *state, ret *ssa.Return) []value {
	out := make([]value, len(ret.Results))
	for i, r := range ret.Results {
		out[i] = in.eval(st, r)
	}
	return out
}

// phis gives the phi nodes of to their values on the i-th edge out of from.
func (in *interpreter) phis(st *state, from, to *ssa.BasicBlock, i int) {
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
	var vals []value
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		vals = append(vals, in.bounded(phi, in.eval(st, phi.Edges[edge]), phi.Type()))
	}
	for n, v := range vals {
		st.top().env.set(to.Instrs[n].(*ssa.Phi), v)
	}
}

// eval is what v is in st.
func (in *interpreter) eval(st *state, v ssa.Value) value {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Bool {
			return value{in.boolean(constant.BoolVal(v.Value))}
		}
		if v.Value == nil {
			return in.zero(v.Type())
		}
		return value{in.constant(v)}
	case *ssa.Global:
		return value{in.intern(symbolKey{kind: symGlobal, site: v}, v.Type(), nil)}
	case *ssa.Function:
		return value{in.intern(symbolKey{kind: symFunc, site: v}, v.Type(), nil)}
	case *ssa.Builtin:
		return value{in.fresh(v, 0, v.Type())}
	}
	f := st.top()
	if x, ok := f.env.get(v); ok {
		return x
	}
	if _, ok := f.tuples.get(v); !ok {
		x := value{in.fresh(v, 0, v.Type())}
		f.env.set(v, x)
		return x
	}
	return nil
}

// prune drops what no path from to can look at, so that paths which differ
// only in that are merged.
func (in *interpreter) prune(st *state, f *flow, to *ssa.BasicBlock) {
	top, live := st.top(), f.liveIn[to]
	for v := range top.env.all() {
		if !live[v] && !isPhiOf(v, to) {
			top.env.delete(v)
		}
	}
	for v := range top.tuples.all() {
		if !live[v] {
			top.tuples.delete(v)
		}
	}
	in.collect(st)
}

// isOfMemory reports whether l is on what memory of the caller's holds: it can
// be loaded again.
func (l *loan) isOfMemory() bool {
	s, ok := l.key.site.(*symbol)
	if !ok || l.old || s.kind != symContent {
		return false
	}
	k := s.root().kind
	return k == symParam || k == symGlobal
}

// ownerLives reports whether what a loan was taken from is on a loan that is
// not over: more may be taken from its value yet, and end with it.
func (in *interpreter) ownerLives(st *state, s standing) bool {
	o := s.owner.one()
	if o == nil {
		return false
	}
	for _, l := range slices.Concat(o.guards, o.allLoans()) {
		if t, ok := st.loans.get(l); ok && (t.phase == live || t.phase == unchecked) {
			return true
		}
	}
	return false
}

func isPhiOf(v ssa.Value, b *ssa.BasicBlock) bool {
	phi, ok := v.(*ssa.Phi)
	return ok && phi.Block() == b
}

// symbols is a set of those of one machine.
type symbols struct {
	has  []bool // by id
	list []*symbol
}

// reachable marks what the frames, memory that others can reach, and the
// owners of open loans lead to.
func (in *interpreter) reachable(st *state, objects map[*symbol][]*symbol) *symbols {
	marked := &symbols{has: make([]bool, in.nsyms+1)}
	var mark func(s *symbol)
	mark = func(s *symbol) {
		if s == nil || marked.has[s.id] {
			return
		}
		marked.has[s.id] = true
		marked.list = append(marked.list, s)
		for _, p := range s.parents {
			mark(p)
		}
		mark(s.key.base)
		mark(s.key.with)
		for _, a := range objects[s.object()] {
			mark(a)
			for _, x := range st.mem.at(a).v {
				mark(x)
			}
		}
	}
	markAll := func(v value) {
		for _, s := range v {
			mark(s)
		}
	}
	for _, f := range st.frames {
		for _, v := range f.env.all() {
			markAll(v)
		}
		for _, vs := range f.tuples.all() {
			for _, v := range vs {
				markAll(v)
			}
		}
		for _, d := range f.defers {
			markAll(d.fn)
			for _, a := range d.args {
				markAll(a)
			}
		}
	}
	for o := range objects {
		// What nobody here can reach any more others can, where it is theirs.
		if r := o.root(); r.kind == symParam || r.kind == symGlobal || st.spilled.at(o) || r != o && (marked.has[r.id] || r.isToken()) {
			mark(o)
		}
	}
	for _, s := range st.loans.all() {
		if s.phase == live || s.phase == unchecked {
			markAll(s.owner)
			markAll(s.lent)
		}
	}
	return marked
}

// collect drops memory that nothing refers to, and finished loans that
// nothing alive is on.
func (in *interpreter) collect(st *state) {
	objects := st.byObject()
	marked := in.reachable(st, objects)
	for o, as := range objects {
		if !marked.has[o.id] {
			for _, a := range as {
				st.mem.delete(a)
			}
		}
	}
	for s := range st.facts.all() {
		if !marked.has[s.id] && s.kind != symCompare && s.root().kind != symParam {
			st.facts.delete(s)
		}
	}
	onLoan := make(map[*loan]bool)
	for _, s := range marked.list {
		for _, l := range s.loans {
			onLoan[l] = true
		}
		for _, l := range s.guards {
			onLoan[l] = true
		}
		if l := in.loans[loanKey{site: s}]; l != nil {
			onLoan[l] = true
		}
		if a, ok := in.asserted[s]; ok {
			onLoan[a.loan] = true
		}
	}
	for l, s := range st.loans.all() {
		if onLoan[l] || l.isOfMemory() || s.handed != token.NoPos && s.phase == live {
			continue
		}
		if l.kind == lent && s.phase == live && slices.ContainsFunc(s.lent, func(x *symbol) bool { return marked.has[x.id] }) {
			continue
		}
		finished := s.phase == ended || s.phase == absent || s.phase == moved || s.reported
		if finished || !l.mandatory && !l.waited && !in.ownerLives(st, s) {
			st.loans.delete(l)
		}
	}
}
