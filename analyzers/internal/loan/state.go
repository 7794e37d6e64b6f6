package loan

import (
	"cmp"
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A state is what is known at one point of one path: what values and memory
// hold, which facts have been tested, where each loan stands. Paths on which
// loans stand differently are kept apart (property simulation, after ESP);
// others are merged.
type state struct {
	frames  []*frame // innermost last; all but the last are shared between states
	mem     map[*symbol]cell
	facts   map[*symbol]fact
	loans   map[*loan]standing
	effects map[effect]effectInfo // what a caller must know
	spilled map[*symbol]bool      // local objects that unknown code can reach
	called  map[call]bool         // "when x.M()"
	belongs map[*symbol]value     // to which token's owner something belongs
	same    map[*symbol]*symbol   // found equal to another by a test
	failed  bool                  // the callback that ran returned an error
	shared  uint8                 // which of the maps others have too
	watched []*symbol             // paths are told apart by what is known of these
}

// A frame is one activation of a function that is executed in place.
type frame struct {
	fn     *ssa.Function
	env    map[ssa.Value]value
	tuples map[ssa.Value][]value
	defers []pending
}

// A cell is the content of one memory location, and where it was put there.
type cell struct {
	v   value
	pos token.Pos
	by  ssa.Instruction
}

// A slot is one part of a tuple, as a site.
type slot struct {
	tuple ssa.Value
	index int
}

// A pending is a deferred call with its operands, which were evaluated at
// the defer statement.
type pending struct {
	instr *ssa.Defer
	fn    value
	args  []value
}

type call struct {
	on     *symbol
	method string
}

// A fact is what tests have shown of one symbol.
type fact uint8

const (
	isNil fact = 1 << iota
	notNil
	isTrue
	isFalse
)

func newState(fn *ssa.Function) *state {
	return &state{
		frames:  []*frame{newFrame(fn)},
		mem:     map[*symbol]cell{},
		facts:   map[*symbol]fact{},
		loans:   map[*loan]standing{},
		effects: map[effect]effectInfo{},
		spilled: map[*symbol]bool{},
		called:  map[call]bool{},
		belongs: map[*symbol]value{},
		same:    map[*symbol]*symbol{},
	}
}

func newFrame(fn *ssa.Function) *frame {
	return &frame{fn: fn, env: map[ssa.Value]value{}, tuples: map[ssa.Value][]value{}}
}

func (f *frame) clone() *frame {
	return &frame{fn: f.fn, env: maps.Clone(f.env), tuples: maps.Clone(f.tuples), defers: slices.Clip(f.defers)}
}

func (st *state) clone() *state {
	st.shared = 0xff
	c := &state{
		frames:  slices.Clone(st.frames),
		mem:     st.mem,
		facts:   st.facts,
		loans:   st.loans,
		effects: st.effects,
		spilled: st.spilled,
		called:  st.called,
		belongs: st.belongs,
		same:    st.same,
		watched: st.watched,
		failed:  st.failed,
		shared:  0xff,
	}
	c.frames[len(c.frames)-1] = st.top().clone()
	return c
}

func (st *state) top() *frame { return st.frames[len(st.frames)-1] }

func (st *state) push(f *frame) { st.frames = append(slices.Clip(st.frames), f) }

func (st *state) pop() {
	st.frames = slices.Clone(st.frames[:len(st.frames)-1])
	st.frames[len(st.frames)-1] = st.top().clone()
}

// key tells apart the paths that must not be merged.
func (st *state) key() string {
	var b strings.Builder
	loans := slices.SortedFunc(maps.Keys(st.loans), func(a, b *loan) int { return cmp.Compare(a.id, b.id) })
	for _, l := range loans {
		s := st.loans[l]
		fmt.Fprintf(&b, "%v%d", l, s.phase)
		if s.reported {
			b.WriteByte('r')
		}
		if s.unsure {
			b.WriteByte('?')
		}
		if s.handed != token.NoPos {
			b.WriteByte('h')
		}
	}
	for _, f := range st.frames {
		b.WriteByte('|')
		for _, d := range f.defers {
			fmt.Fprintf(&b, "%p,", d.instr)
		}
	}
	b.WriteString(st.holds())
	if st.failed {
		b.WriteByte('!')
	}
	for _, s := range st.watched {
		fmt.Fprintf(&b, "/%d", st.facts[s]&(isNil|notNil))
	}
	var must []string
	for e := range st.effects {
		if e.kind.splits() {
			must = append(must, e.String())
		}
	}
	slices.Sort(must)
	for _, e := range must {
		b.WriteString(e)
	}
	return b.String()
}

// holds tells which memory that outlives the function holds values on loan:
// whether it does when the loan ends is what an escape is.
func (st *state) holds() string {
	if len(st.loans) == 0 {
		return ""
	}
	var out []string
	for a, c := range st.mem {
		if k := a.object().root().kind; k != symParam && k != symGlobal && k != symFresh && !a.object().isShared() {
			continue
		}
		for _, s := range c.v {
			if loans := s.allLoans(); len(loans) > 0 {
				out = append(out, fmt.Sprint("@", a.id, loanIDs(loans)))
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

// isShared reports whether a is a variable that closures capture.
func (s *symbol) isShared() bool {
	v, ok := s.key.site.(*ssa.Alloc)
	return ok && s.kind == symAlloc && v.Heap
}

// merge makes st stand for the paths of other too and reports whether that
// changed it. Their keys are equal, unless the cap was reached: then loans
// that differ become unsure.
func (st *state) merge(m *machine, other *state) (changed bool) {
	changed = st.mergeMemory(m, other)
	for i, f := range st.frames {
		g := other.frames[i]
		if f == g {
			continue
		}
		if i < len(st.frames)-1 {
			f = f.clone()
			st.frames[i] = f
		}
		changed = f.merge(m, g) || changed
	}
	for s, f := range st.facts {
		if g := f & other.facts[s]; g != f {
			changed = true
			if g == 0 {
				delete(st.ownFacts(), s)
			} else {
				st.ownFacts()[s] = g
			}
		}
	}
	changed = st.mergeLoans(other) || changed
	changed = st.mergeEffects(other.effects) || changed
	for s := range other.spilled {
		if !st.spilled[s] {
			st.ownSpilled()[s] = true
			changed = true
		}
	}
	for s := range st.belongs {
		if _, ok := other.belongs[s]; !ok {
			delete(st.ownBelongs(), s)
			changed = true
		}
	}
	for s, t := range st.same {
		if other.same[s] != t {
			delete(st.ownSame(), s)
			changed = true
		}
	}
	for c := range st.called {
		if !other.called[c] {
			delete(st.ownCalled(), c)
			changed = true
		}
	}
	return changed
}

// mergeMemory comes before the frames are merged: they tell what there is.
func (st *state) mergeMemory(m *machine, other *state) (changed bool) {
	there := references{st: other}
	was := make(map[*symbol]value) // what st holds where only other has a cell
	here := references{st: st}
	for s := range other.mem {
		if _, ok := st.mem[s]; !ok {
			was[s] = nil
			if here.has(s) {
				was[s] = st.at(m, s)
			}
		}
	}
	for s, c := range st.mem {
		o, ok := other.mem[s]
		if !ok {
			if !there.has(s) {
				continue
			}
			o.v = other.at(m, s)
		}
		u := m.bounded(s, c.v.union(o.v), deref(s.typ))
		if !slices.Equal(u, c.v) {
			if c.pos == token.NoPos || len(c.v) == 0 {
				c.pos, c.by = o.pos, o.by
			}
			st.ownMem()[s] = cell{u, c.pos, c.by}
			changed = true
		}
	}
	for s, v := range was {
		o := other.mem[s]
		st.ownMem()[s] = cell{m.bounded(s, v.union(o.v), deref(s.typ)), o.pos, o.by}
		changed = true
	}
	return changed
}

// references tells which objects exist on the paths of a state: what a call
// returned on one way out, or a branch has made, is nowhere on the others.
type references struct {
	st    *state
	roots map[*symbol]bool // found when first asked
}

// has reports whether there can be something at the address a.
func (r *references) has(a *symbol) bool {
	root := a.root()
	if root.kind != symFresh && root.kind != symAlloc {
		return true
	}
	if r.roots == nil {
		r.roots = make(map[*symbol]bool)
		for _, f := range r.st.frames {
			for _, v := range f.env {
				r.add(v)
			}
			for _, vs := range f.tuples {
				for _, v := range vs {
					r.add(v)
				}
			}
			for _, d := range f.defers {
				r.add(d.fn)
				for _, v := range d.args {
					r.add(v)
				}
			}
		}
		for a, c := range r.st.mem {
			r.roots[a.root()] = true
			r.add(c.v)
		}
	}
	return r.roots[root]
}

func (r *references) add(v value) {
	for _, s := range v {
		r.roots[s.root()] = true
		for _, p := range s.parents {
			r.roots[p.root()] = true
		}
	}
}

func (st *state) mergeLoans(other *state) (changed bool) {
	unsure := func(l *loan, s standing) {
		if !s.unsure || s.phase != moved {
			s.unsure, s.phase = true, moved
			st.ownLoans()[l] = s
			changed = true
		}
	}
	for l, s := range st.loans {
		o, ok := other.loans[l]
		switch {
		case !ok || o.phase != s.phase:
			unsure(l, s)
		default:
			was := s
			s.reported = s.reported || o.reported
			s.asked = s.asked || o.asked
			s.unsure = s.unsure || o.unsure
			if s.handed == token.NoPos {
				s.handed, s.handedN, s.keeper, s.runner = o.handed, o.handedN, o.keeper, o.runner
			}
			if s.joined || o.joined { // a loop that waits need not have run
				s.joined, s.handed = true, token.NoPos
			}
			s.owner, s.lent = s.owner.union(o.owner), s.lent.union(o.lent)
			if !s.equal(was) {
				st.ownLoans()[l] = s
				changed = true
			}
		}
	}
	for l, o := range other.loans {
		if _, ok := st.loans[l]; !ok {
			unsure(l, o)
		}
	}
	return changed
}

func (f *frame) merge(m *machine, g *frame) (changed bool) {
	for v, x := range f.env {
		y, ok := g.env[v]
		if !ok {
			delete(f.env, v)
			changed = true
			continue
		}
		if u := m.bounded(v, x.union(y), v.Type()); !slices.Equal(u, x) {
			f.env[v] = u
			changed = true
		}
	}
	for v, xs := range f.tuples {
		ys, ok := g.tuples[v]
		if !ok {
			delete(f.tuples, v)
			changed = true
			continue
		}
		var out []value
		for i := range xs {
			if u := m.bounded(slot{v, i}, xs[i].union(ys[i]), tupleAt(v.Type(), i)); !slices.Equal(u, xs[i]) {
				if out == nil {
					out = slices.Clone(xs)
				}
				out[i] = u
			}
		}
		if out != nil {
			f.tuples[v] = out
			changed = true
		}
	}
	for i, d := range f.defers {
		if i >= len(g.defers) || g.defers[i].instr != d.instr {
			break
		}
		fn, args := m.bounded(slot{d.instr.Call.Value, -1}, d.fn.union(g.defers[i].fn), d.instr.Call.Value.Type()), slices.Clone(d.args)
		differ := !slices.Equal(fn, d.fn)
		for j := range args {
			arg := d.instr.Call.Args[j]
			args[j] = m.bounded(slot{arg, j}, args[j].union(g.defers[i].args[j]), arg.Type())
			differ = differ || !slices.Equal(args[j], d.args[j])
		}
		if differ {
			f.defers = slices.Clone(f.defers)
			f.defers[i] = pending{d.instr, fn, args}
			changed = true
		}
	}
	return changed
}

func (st *state) ownMem() map[*symbol]cell {
	if st.shared&(1<<0) != 0 {
		st.mem = maps.Clone(st.mem)
		st.shared &^= 1 << 0
	}
	return st.mem
}

func (st *state) ownFacts() map[*symbol]fact {
	if st.shared&(1<<1) != 0 {
		st.facts = maps.Clone(st.facts)
		st.shared &^= 1 << 1
	}
	return st.facts
}

func (st *state) ownLoans() map[*loan]standing {
	if st.shared&(1<<2) != 0 {
		st.loans = maps.Clone(st.loans)
		st.shared &^= 1 << 2
	}
	return st.loans
}

func (st *state) ownEffects() map[effect]effectInfo {
	if st.shared&(1<<3) != 0 {
		st.effects = maps.Clone(st.effects)
		st.shared &^= 1 << 3
	}
	return st.effects
}

func (st *state) ownSpilled() map[*symbol]bool {
	if st.shared&(1<<4) != 0 {
		st.spilled = maps.Clone(st.spilled)
		st.shared &^= 1 << 4
	}
	return st.spilled
}

func (st *state) ownCalled() map[call]bool {
	if st.shared&(1<<5) != 0 {
		st.called = maps.Clone(st.called)
		st.shared &^= 1 << 5
	}
	return st.called
}

func (st *state) ownBelongs() map[*symbol]value {
	if st.shared&(1<<6) != 0 {
		st.belongs = maps.Clone(st.belongs)
		st.shared &^= 1 << 6
	}
	return st.belongs
}

func (st *state) ownSame() map[*symbol]*symbol {
	if st.shared&(1<<7) != 0 {
		st.same = maps.Clone(st.same)
		st.shared &^= 1 << 7
	}
	return st.same
}
