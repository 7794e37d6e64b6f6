package loan

import (
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
	frames                      []*frame // innermost last; all but the last are shared between states
	mem                         table[*symbol, cell]
	facts                       table[*symbol, fact]
	loans                       table[*loan, standing]
	effects                     map[effect]effectInfo   // what a caller must know
	spilled                     table[*symbol, bool]    // local objects that unknown code can reach
	called                      map[call]bool           // "when x.M()"
	belongs                     table[*symbol, value]   // to which token's owner something belongs
	same                        table[*symbol, *symbol] // found equal to another by a test
	failed                      bool                    // the callback that ran returned an error
	sharesEffects, sharesCalled bool                    // other states have these maps, too
	watched                     []*symbol               // paths are told apart by what is known of these
}

// A frame is one activation of a function that is executed in place.
type frame struct {
	fn     *ssa.Function
	env    registers[value]
	tuples registers[[]value]
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

func newState(f *flow) *state {
	return &state{
		frames:  []*frame{newFrame(f)},
		effects: map[effect]effectInfo{},
		called:  map[call]bool{},
	}
}

func newFrame(f *flow) *frame {
	return &frame{fn: f.fn, env: registers[value]{flow: f}, tuples: registers[[]value]{flow: f}}
}

func (f *frame) clone() *frame {
	return &frame{fn: f.fn, env: f.env.clone(), tuples: f.tuples.clone(), defers: slices.Clip(f.defers)}
}

func (st *state) clone() *state {
	st.sharesEffects, st.sharesCalled = true, true
	c := &state{
		frames:  slices.Clone(st.frames),
		mem:     st.mem.clone(),
		facts:   st.facts.clone(),
		loans:   st.loans.clone(),
		effects: st.effects,
		spilled: st.spilled.clone(),
		called:  st.called,
		belongs: st.belongs.clone(),
		same:    st.same.clone(),
		watched: st.watched,
		failed:  st.failed,

		sharesEffects: true, sharesCalled: true,
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
	for l, s := range st.loans.all() {
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
		fmt.Fprintf(&b, "/%d", st.facts.at(s)&(isNil|notNil))
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
	if st.loans.len() == 0 {
		return ""
	}
	var out []string
	for a, c := range st.mem.all() {
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
	for s, f := range st.facts.all() {
		if g := f & other.facts.at(s); g != f {
			changed = true
			if g == 0 {
				st.facts.delete(s)
			} else {
				st.facts.set(s, g)
			}
		}
	}
	changed = st.mergeLoans(other) || changed
	changed = st.mergeEffects(other.effects) || changed
	for s := range other.spilled.all() {
		if !st.spilled.at(s) {
			st.spilled.set(s, true)
			changed = true
		}
	}
	for s := range st.belongs.all() {
		if _, ok := other.belongs.get(s); !ok {
			st.belongs.delete(s)
			changed = true
		}
	}
	for s, t := range st.same.all() {
		if other.same.at(s) != t {
			st.same.delete(s)
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
	for s := range other.mem.all() {
		if _, ok := st.mem.get(s); !ok {
			was[s] = nil
			if here.has(s) {
				was[s] = st.at(m, s)
			}
		}
	}
	for s, c := range st.mem.all() {
		o, ok := other.mem.get(s)
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
			st.mem.set(s, cell{u, c.pos, c.by})
			changed = true
		}
	}
	for s, v := range was {
		o := other.mem.at(s)
		st.mem.set(s, cell{m.bounded(s, v.union(o.v), deref(s.typ)), o.pos, o.by})
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
			for _, v := range f.env.all() {
				r.add(v)
			}
			for _, vs := range f.tuples.all() {
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
		for a, c := range r.st.mem.all() {
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
			st.loans.set(l, s)
			changed = true
		}
	}
	for l, s := range st.loans.all() {
		o, ok := other.loans.get(l)
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
				st.loans.set(l, s)
				changed = true
			}
		}
	}
	for l, o := range other.loans.all() {
		if _, ok := st.loans.get(l); !ok {
			unsure(l, o)
		}
	}
	return changed
}

func (f *frame) merge(m *machine, g *frame) (changed bool) {
	for v, x := range f.env.all() {
		y, ok := g.env.get(v)
		if !ok {
			f.env.delete(v)
			changed = true
			continue
		}
		if u := m.bounded(v, x.union(y), v.Type()); !slices.Equal(u, x) {
			f.env.set(v, u)
			changed = true
		}
	}
	for v, xs := range f.tuples.all() {
		ys, ok := g.tuples.get(v)
		if !ok {
			f.tuples.delete(v)
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
			f.tuples.set(v, out)
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

func (st *state) ownEffects() map[effect]effectInfo {
	if st.sharesEffects {
		st.effects, st.sharesEffects = maps.Clone(st.effects), false
	}
	return st.effects
}

func (st *state) ownCalled() map[call]bool {
	if st.sharesCalled {
		st.called, st.sharesCalled = maps.Clone(st.called), false
	}
	return st.called
}
