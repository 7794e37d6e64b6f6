package domain

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// mergeRounds joins where the loans of two earlier rounds stand. A debt that
// is unpaid in one of them is unpaid; all else that differs is given up.
func mergeRounds(a, b Standing) Standing {
	a.Passed = a.Passed || b.Passed
	if !slices.Equal(a.Owner, b.Owner) { // with too many there is none that is known
		if a.Owner = a.Owner.Union(b.Owner); len(a.Owner) > maxReferences {
			a.Owner = a.Owner[:maxReferences:maxReferences]
		}
		b.Owner = a.Owner
	}
	if a.Phase == b.Phase {
		a.Reported = a.Reported && b.Reported
		a.Unsure = a.Unsure || b.Unsure
		return a
	}
	out := a
	if b.Phase == Live || a.Phase != Live && b.Phase == Unchecked {
		out = b
	}
	if out.Phase != Live && out.Phase != Unchecked {
		out.Phase = Moved
	}
	out.Unsure = true
	return out
}

func (st *State) mergeEffects(from map[Effect]EffectInfo) (changed bool) {
	for e, i := range st.Effects {
		f, ok := from[e]
		if (!ok || f.May) && !i.May || f.Untested && !i.Untested {
			i.May = i.May || !ok || f.May
			i.Untested = i.Untested || f.Untested
			st.OwnEffects()[e] = i
			changed = true
		}
	}
	for e, f := range from {
		if _, ok := st.Effects[e]; !ok {
			f.May = true
			st.OwnEffects()[e] = f
			changed = true
		}
	}
	return changed
}

// Merge makes st stand for the paths of other too and reports whether that
// changed it. Their keys are equal, unless the cap was reached: then loans
// that differ become unsure.
func (st *State) Merge(m *Machine, other *State) (changed bool) {
	changed = st.mergeExact(m, other)
	changed = st.mergeMemory(m, other) || changed
	for i, f := range st.Frames {
		g := other.Frames[i]
		if f == g {
			continue
		}
		if i < len(st.Frames)-1 {
			f = f.Clone()
			st.Frames[i] = f
		}
		changed = f.merge(m, g, func(x, y Value) Value {
			return m.settled(st, x, y).Union(m.settled(other, y, x))
		}) || changed
	}
	changed = st.Facts.mergeWith(&other.Facts, func(_ *Symbol, f, g Fact, _ bool) (Fact, bool, bool) { return f & g, f&g != f, f&g != 0 }) || changed
	changed = st.Asked.mergeWith(&other.Asked, func(_ *Symbol, c, _ ssa.Value, ok bool) (ssa.Value, bool, bool) { return c, false, ok }) || changed
	for s, c := range other.Forgotten.All() {
		if !st.Forgotten.has(s) {
			st.Forgotten.Set(s, c)
			changed = true
		}
	}
	changed = st.Types.mergeWith(&other.Types, func(_ *Symbol, t, u string, _ bool) (string, bool, bool) { return t, false, t == u }) || changed
	changed = st.mergeDecided(other) || changed
	if st.Doubted && !other.Doubted { // beyond the cap alone
		st.Doubted, changed = false, true
	}
	changed = st.mergeLoans(other) || changed
	changed = st.mergeEffects(other.Effects) || changed
	for s := range other.Spilled.All() {
		if !st.Spilled.At(s) {
			st.Spilled.Set(s, true)
			changed = true
		}
	}
	for s, v := range st.Belongs.All() {
		o, ok := other.Belongs.Get(s)
		switch u := v.Union(o); {
		case !ok || len(u) > maxReferences:
			st.Belongs.Delete(s)
			changed = true
		case !slices.Equal(u, v):
			st.Belongs.Set(s, u)
			changed = true
		}
	}
	changed = st.Same.mergeWith(&other.Same, func(_ *Symbol, t, u *Symbol, _ bool) (*Symbol, bool, bool) { return t, false, t == u }) || changed
	for c := range st.Called {
		if !other.Called[c] {
			delete(st.OwnCalled(), c)
			changed = true
		}
	}
	return changed
}

// mergeMemory comes before the frames are merged: they tell what there is.
func (st *State) mergeMemory(m *Machine, other *State) (changed bool) {
	there := references{st: other}
	was := make(map[*Symbol]Value) // what st holds where only other has a cell
	here := references{st: st}
	for s := range other.Mem.All() {
		if _, ok := st.Mem.Get(s); !ok {
			was[s] = nil
			if here.has(s) {
				was[s] = st.At(m, s)
			}
		}
	}
	for s, c := range st.Mem.All() {
		o, ok := other.Mem.Get(s)
		if !ok {
			if !there.has(s) {
				continue
			}
			o.V = other.At(m, s)
		}
		u := m.Bounded(s, c.V.Union(o.V), gotypes.Deref(s.Typ))
		if !slices.Equal(u, c.V) || o.Perhaps && !c.Perhaps {
			if c.Pos == token.NoPos || len(c.V) == 0 {
				c.Pos, c.By = o.Pos, o.By
			}
			st.Mem.Set(s, Cell{V: u, Pos: c.Pos, By: c.By, Perhaps: c.Perhaps || o.Perhaps})
			changed = true
		}
	}
	for s, v := range was {
		o := other.Mem.At(s)
		st.Mem.Set(s, Cell{V: m.Bounded(s, v.Union(o.V), gotypes.Deref(s.Typ)), Pos: o.Pos, By: o.By, Perhaps: o.Perhaps})
		changed = true
	}
	return changed
}

// references tells which objects exist on the paths of a state: what a call
// returned on one way out, or a branch has made, is nowhere on the others.
type references struct {
	st    *State
	roots map[*Symbol]bool // found when first asked
}

// has reports whether there can be something at the address a.
func (r *references) has(a *Symbol) bool {
	if a.Kind == SymField && a.Key.Index <= CaptureIndex {
		return false // a closure that is there has all that it captures
	}
	root := a.Root()
	if root.Kind != SymFresh && root.Kind != SymAlloc {
		return true
	}
	if r.roots == nil {
		r.roots = make(map[*Symbol]bool)
		for _, f := range r.st.Frames {
			for _, v := range f.Env.All() {
				r.add(v)
			}
			for _, vs := range f.Tuples.All() {
				for _, v := range vs {
					r.add(v)
				}
			}
			for _, d := range f.Defers {
				r.add(d.Fn)
				for _, v := range d.Args {
					r.add(v)
				}
			}
		}
		for a, c := range r.st.Mem.All() {
			r.roots[a.Root()] = true
			r.add(c.V)
		}
	}
	return r.roots[root]
}

func (r *references) add(v Value) {
	for _, s := range v {
		r.roots[s.Root()] = true
		for _, p := range s.Parents {
			r.roots[p.Root()] = true
		}
	}
}

// mergeLoans joins where loans stand. Where they stand differently, or one side
// knows nothing of a loan, it is given up.
func (st *State) mergeLoans(other *State) (changed bool) {
	set := func(l *Loan, was, now Standing) {
		if !now.equal(was) {
			st.Loans.Set(l, now)
			changed = true
		}
	}
	for l, s := range st.Loans.All() {
		o, ok := other.Loans.Get(l)
		if !ok {
			o = Standing{Given: s.Given}
		}
		set(l, s, s.join(o))
	}
	for l, o := range other.Loans.All() {
		if _, ok := st.Loans.Get(l); !ok {
			set(l, Standing{}, o.join(Standing{Given: o.Given}))
		}
	}
	return changed
}

// join is where a loan stands that stands as s on one path and as o on the other.
func (s Standing) join(o Standing) Standing {
	if s.Phase != o.Phase {
		s.Phase, s.Unsure = Moved, true
	}
	s.Reported = s.Reported || o.Reported
	s.Asked = s.Asked || o.Asked
	s.Mixed = s.Mixed || o.Mixed
	s.Passed = s.Passed || o.Passed
	s.Unsure = s.Unsure || o.Unsure
	s.Parked = s.Parked || o.Parked
	s.Given = s.Given && o.Given
	if s.Far == nil {
		s.Far = o.Far
	}
	if s.Handed == token.NoPos {
		s.Handed, s.HandedN, s.Keeper, s.Runner = o.Handed, o.HandedN, o.Keeper, o.Runner
	}
	if s.Joined || o.Joined { // a loop that waits need not have run
		s.Joined, s.Handed = true, token.NoPos
	}
	s.Owner, s.Lent = s.Owner.Union(o.Owner), s.Lent.Union(o.Lent)
	return s
}

// settled is x, of st, before it is joined with y: what is known to be nil, true or false is
// that, where the other does not have it, for nothing would be known of it afterwards.
func (m *Machine) settled(st *State, x, y Value) Value {
	for i, s := range x {
		if is := m.known(st, s); is != nil && !y.Has(s) {
			return m.settled(st, slices.Delete(slices.Clone(x), i, i+1).Union(Value{is}), y)
		}
	}
	return x
}

// known is the constant that s, which is none, is known to be in st; nil if it is not known.
func (m *Machine) known(st *State, s *Symbol) *Symbol {
	f := st.Facts.At(s)
	switch {
	case s.Kind == SymConst || len(s.Loans) > 0 || len(s.Guards) > 0:
		return nil
	case f&IsNil != 0:
		return m.NilSymbol()
	case f&IsTrue != 0:
		return m.Boolean(true)
	case f&IsFalse != 0:
		return m.Boolean(false)
	}
	return nil
}

func (f *Frame) merge(m *Machine, g *Frame, join func(x, y Value) Value) (changed bool) {
	changed = f.Env.vals.mergeWith(&g.Env.vals, func(r *Register, x, y Value, ok bool) (Value, bool, bool) {
		if !ok {
			return nil, true, false
		}
		u := m.Bounded(r.v, join(x, y), r.v.Type())
		return u, !slices.Equal(u, x), true
	})
	changed = f.Tuples.vals.mergeWith(&g.Tuples.vals, func(r *Register, xs, ys []Value, ok bool) (out []Value, changes, stays bool) {
		if !ok {
			return nil, true, false
		}
		for i := range max(len(xs), len(ys)) {
			x := m.ResultAt(r.v, xs, i)
			u := m.Bounded(Slot{r.v, i}, join(x, m.ResultAt(r.v, ys, i)), gotypes.TupleAt(r.v.Type(), i))
			changes = changes || i >= len(xs) || !slices.Equal(u, x)
			out = append(out, u)
		}
		return out, changes, true
	}) || changed
	return f.mergeDefers(m, g) || changed
}

// mergeDefers joins the deferred calls. Where paths differ in what they deferred, which
// they do beyond the cap alone, it is run perhaps.
func (f *Frame) mergeDefers(m *Machine, g *Frame) (changed bool) {
	defers, same := slices.Clone(f.Defers), 0
	for i, d := range defers {
		if i >= len(g.Defers) || g.Defers[i].Instr != d.Instr {
			break
		}
		same++
		d = m.joinedDefers(d, g.Defers[i])
		changed = changed || !d.equal(defers[i])
		defers[i] = d
	}
	for i := same; i < len(defers); i++ {
		changed = changed || !defers[i].Perhaps
		defers[i].Perhaps = true
	}
	for _, d := range g.Defers[same:] {
		d.Perhaps = true
		switch {
		case slices.ContainsFunc(defers, d.equal):
		case countOf(defers, d.Instr) < 2:
			defers, changed = append(defers, d), true
		default: // there are enough of this statement: the last of them stands for this one, too
			last := lastOf(defers, d.Instr)
			joined := m.joinedDefers(defers[last], d)
			joined.Perhaps = true
			changed = changed || !joined.equal(defers[last])
			defers[last] = joined
		}
	}
	f.Defers = defers
	return changed
}

// joinedDefers is the deferred call that is d or e.
func (m *Machine) joinedDefers(d, e Pending) Pending {
	d.Fn, d.Args = m.Bounded(Slot{d.Instr.Call.Value, -1}, d.Fn.Union(e.Fn), d.Instr.Call.Value.Type()), slices.Clone(d.Args)
	for j := range d.Args {
		arg := d.Instr.Call.Args[j]
		d.Args[j] = m.Bounded(Slot{arg, j}, d.Args[j].Union(e.Args[j]), arg.Type())
	}
	d.Perhaps = d.Perhaps || e.Perhaps
	return d
}

// lastOf is where in defers the last call that comes from the statement i is.
func lastOf(defers []Pending, i *ssa.Defer) int {
	for n := len(defers) - 1; n >= 0; n-- {
		if defers[n].Instr == i {
			return n
		}
	}
	return -1
}

// countOf is how many of defers come from the statement i.
func countOf(defers []Pending, i *ssa.Defer) (n int) {
	for _, d := range defers {
		if d.Instr == i {
			n++
		}
	}
	return n
}

func (d Pending) equal(e Pending) bool {
	return d.Instr == e.Instr && d.Perhaps == e.Perhaps && slices.Equal(d.Fn, e.Fn) && slices.EqualFunc(d.Args, e.Args, func(x, y Value) bool { return slices.Equal(x, y) })
}
