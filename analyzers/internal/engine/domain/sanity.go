package domain

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Check tells what about st, a state of m, cannot be, as the sanity checker of go/ssa
// does for functions; nil if nothing. It is for tests: what it finds is a mistake of the
// engine, and not of the code under analysis. In a sound state
//
//   - each symbol is the one that the machine has under its key, and so is each loan;
//   - a symbol whose base is of an earlier round is of one itself, and so is a loan
//     whose key is;
//   - each value is a set: its symbols are in order of their ids, each once;
//   - tables are in order of their ids, each key once;
//   - no fact contradicts another: nothing is nil and not nil, true and false;
//   - a loan stands in one of the five phases, and on what it ended on is told if it
//     has;
//   - what is put into memory is put at an address, and a cell is not without value;
//   - the elements of an exact collection stand at addresses of their own only;
//   - the registers of a frame are those of its function.
func (m *Machine) Check(st *State) error {
	c := &sanity{m: m, seen: make(map[*Symbol]bool)}
	c.state(st)
	return c.err
}

// A sanity is a check of one state under way.
type sanity struct {
	m    *Machine
	seen map[*Symbol]bool
	err  error // the first
}

func (c *sanity) failf(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (c *sanity) symbol(s *Symbol, where string) {
	if s == nil {
		c.failf("%s: no symbol", where)
		return
	}
	if c.seen[s] {
		return
	}
	c.seen[s] = true
	if c.m.symbols[s.Key] != s || s.Id < 1 || s.Id > c.m.Nsyms || c.m.Made[s.Id-1] != s {
		c.failf("%s: %v, number %d, is not the machine's", where, s, s.Id)
	}
	if s.Kind != s.Key.Kind {
		c.failf("%s: %v is of one kind, its key of another", where, s)
	}
	if s.Key.old && !s.Old || s.Key.Base != nil && s.Key.Base.Old && !s.Old {
		c.failf("%s: %v is of this round, and made of what is of earlier ones", where, s)
	}
	for _, of := range []*Symbol{s.Key.Base, s.Key.With} {
		if of != nil {
			c.symbol(of, where)
		}
	}
	for _, p := range s.Parents {
		c.symbol(p, where)
	}
	for _, l := range s.Loans {
		c.loan(l, where)
	}
	for _, l := range s.Guards {
		c.loan(l, where)
	}
	for _, l := range s.Loose {
		c.loan(l, where)
	}
}

func (c *sanity) loan(l *Loan, where string) {
	switch {
	case l == nil:
		c.failf("%s: no loan", where)
	case c.m.Loans[l.Key] != l:
		c.failf("%s: %v is not the machine's", where, l)
	case l.Id < 1 || l.Id > c.m.Nloans:
		c.failf("%s: there is no loan with the number of %v", where, l)
	case l.Old != l.Key.old:
		c.failf("%s: %v is of another round than its key", where, l)
	}
}

func (c *sanity) value(v Value, where string) {
	for i, s := range v {
		c.symbol(s, where)
		if i > 0 && s != nil && v[i-1] != nil && v[i-1].Id >= s.Id {
			c.failf("%s: %v is no set in order", where, v)
		}
	}
}

// table checks the order of the keys of a table.
func table[K identified, V any](c *sanity, t *Table[K, V], where string, each func(k K, v V)) {
	last := 0
	for _, e := range t.entries {
		if id := e.key.ident(); id <= last {
			c.failf("%s: not in order of ids at %v", where, e.key)
		} else {
			last = id
		}
		each(e.key, e.val)
	}
	if t.ranging != 0 {
		c.failf("%s: a loop over it never ended", where)
	}
}

func (c *sanity) state(st *State) {
	if len(st.Frames) == 0 {
		c.failf("no frame")
		return
	}
	for i, f := range st.Frames {
		c.frame(f, fmt.Sprintf("frame %d", i))
	}
	table(c, &st.Mem, "memory", func(a *Symbol, cell Cell) {
		where := fmt.Sprintf("memory at %v", a)
		c.symbol(a, where)
		c.value(cell.V, where)
		if a.IsNil() {
			c.failf("%s: nil is no address", where)
		}
	})
	table(c, &st.Facts, "facts", func(s *Symbol, f Fact) {
		where := fmt.Sprintf("facts of %v", s)
		c.symbol(s, where)
		switch {
		case f == 0:
			c.failf("%s: none", where)
		case f&IsNil != 0 && f&NotNil != 0, f&IsTrue != 0 && f&IsFalse != 0:
			c.failf("%s: it is %v", where, f)
		}
	})
	table(c, &st.Loans.Table, "loans", func(l *Loan, s Standing) { c.standing(l, s) })
	var counted Loans
	for l, s := range st.Loans.All() {
		counted.count(l, s, 1)
	}
	if counted.kept != st.Loans.kept || counted.lent != st.Loans.lent || counted.taken != st.Loans.taken {
		c.failf("loans: %d kept, %d lent, %d taken, counted as %d, %d, %d", counted.kept, counted.lent, counted.taken, st.Loans.kept, st.Loans.lent, st.Loans.taken)
	}
	symbols := func(s *Symbol, where string) { c.symbol(s, where) }
	table(c, &st.Asked, "asked", func(s *Symbol, _ ssa.Value) { symbols(s, "asked") })
	table(c, &st.Forgotten, "forgotten", func(s *Symbol, _ ssa.Value) { symbols(s, "forgotten") })
	table(c, &st.Types, "types", func(s *Symbol, _ string) { symbols(s, "types") })
	table(c, &st.Spilled, "spilled", func(s *Symbol, _ bool) { symbols(s, "spilled") })
	table(c, &st.Belongs, "belongs", func(s *Symbol, v Value) { symbols(s, "belongs"); c.value(v, "belongs") })
	table(c, &st.exact, "exact", func(s *Symbol, n int) {
		c.symbol(s, "exact")
		if s.Kind != SymAlloc || n < 0 || n > MaxExact {
			c.failf("%v has %d elements that are told apart", s, n)
		}
		for a := range st.Mem.All() {
			if a.Kind == SymAddr && a.Key.Base == s && a.Key.Index == ElementIndex {
				c.failf("the elements of %v are told apart, and are not", s)
			}
		}
	})
	table(c, &st.Same, "same", func(s, t *Symbol) { symbols(s, "same"); symbols(t, "same") })
}

func (c *sanity) standing(l *Loan, s Standing) {
	where := fmt.Sprintf("loan %v", l)
	c.loan(l, where)
	c.value(s.Owner, where+", owner")
	c.value(s.Lent, where+", lent")
	c.value(s.Runner, where+", runner")
	if s.Keeper != nil {
		c.symbol(s.Keeper, where+", keeper")
	}
	switch {
	case s.Phase < Unchecked || s.Phase > Absent:
		c.failf("%s: it is in no phase", where)
	case s.Keeper != nil && !s.Handed.IsValid() && !s.Joined:
		c.failf("%s: it is kept, and went nowhere", where)
	case len(s.Lent) > 0 && l.Kind != Lent:
		c.failf("%s: it is not lent, and its owner looks at %v", where, s.Lent)
	}
}

func (c *sanity) frame(f *Frame, where string) {
	register := func(r *Register) {
		if parent := r.v.Parent(); parent != nil && parent != f.Fn {
			c.failf("%s of %v: %s is of %v", where, f.Fn, r.v.Name(), parent)
		}
	}
	table(c, &f.Env.vals, where, func(r *Register, v Value) {
		register(r)
		c.value(v, where+", "+r.v.Name())
	})
	table(c, &f.Tuples.vals, where, func(r *Register, vs []Value) {
		register(r)
		_, isSelect := r.v.(*ssa.Select) // of which what is received is left out
		if t, ok := r.v.Type().(*types.Tuple); ok && t.Len() != len(vs) && (!isSelect || t.Len() < len(vs)) {
			c.failf("%s, %s: %d values, want %d", where, r.v.Name(), len(vs), t.Len())
		}
		for _, v := range vs {
			c.value(v, where+", "+r.v.Name())
		}
	})
	for _, d := range f.Defers {
		c.value(d.Fn, where+", a deferred function")
		for _, a := range d.Args {
			c.value(a, where+", an argument of a deferred function")
		}
	}
}

// CheckMerge tells which law of Merge a and b, states of m, break: idempotent, above both
// sides, commutative but for what it makes in passing, and nothing shared with what it was
// made of. Neither is changed. Values that an instruction has given more symbols than are
// told apart are bounded before, as the first merge does.
func (m *Machine) CheckMerge(a, b *State) error {
	givenA, givenB, wereA, wereB := a, b, a.all(), b.all()
	merged := func(a, b *State) (*State, bool) {
		out := a.Clone()
		changed := out.Merge(m, b.Clone())
		return out, changed
	}
	a, _ = merged(a, a)
	b, _ = merged(b, b)
	wasA, wasB := a.all(), b.all()
	if same, changed := merged(a, a); changed || same.all() != wasA {
		return fmt.Errorf("merged with itself\n%sit is\n%v", wasA, same)
	}
	ab, changed := merged(a, b)
	// That it changes where nothing seems to have may be for a position.
	if !changed && ab.all() != wasA {
		return fmt.Errorf("merged with\n%sit says that it is as before, and\n%sis now\n%v", wasB, wasA, ab.all())
	}
	for _, side := range []*State{a, b} {
		if again, changed := merged(ab, side); changed {
			return fmt.Errorf("merging\n%sagain into\n%vgives\n%v", side, ab, again)
		}
	}
	if ba, _ := merged(b, a); ba.all() != ab.all() {
		return fmt.Errorf("merging\n%swith\n%sgives\n%vand the other way round\n%v", wasA, wasB, ab, ba)
	}
	if givenA.all() != wereA || givenB.all() != wereB {
		return fmt.Errorf("merging changes what it merges: it was\n%sand\n%s, and is\n%vand\n%v", wereA, wereB, givenA, givenB)
	}
	if err := m.Check(ab); err != nil {
		return fmt.Errorf("merging\n%swith\n%sgives\n%vof which %v", wasA, wasB, ab, err)
	}
	return nil
}

// all is String, and what dumps leave out.
func (st *State) all() string {
	var b strings.Builder
	b.WriteString(st.String())
	for s := range st.Asked.All() {
		fmt.Fprintf(&b, "  %v is asked again\n", s)
	}
	for s := range st.Forgotten.All() {
		fmt.Fprintf(&b, "  how %v came out is forgotten\n", s)
	}
	for s, t := range st.Types.All() {
		fmt.Fprintf(&b, "  %v is a %s\n", s, t)
	}
	for s, v := range st.Belongs.All() {
		fmt.Fprintf(&b, "  %v belongs to the owner of %v\n", s, v)
	}
	for s, t := range st.Same.All() {
		fmt.Fprintf(&b, "  %v is %v\n", s, t)
	}
	for a, c := range st.Mem.All() {
		if c.Perhaps {
			fmt.Fprintf(&b, "  [%v] is so perhaps\n", a)
		}
	}
	for _, f := range st.Frames {
		for _, d := range f.Defers {
			if d.Perhaps {
				fmt.Fprintf(&b, "  perhaps defer %v%v\n", d.Fn, d.Args)
			}
		}
	}
	for l, s := range st.Loans.All() {
		fmt.Fprintf(&b, "  %v is given: %t, lent: %v\n", l, s.Given, s.Lent)
	}
	var calls []string
	for c := range st.Called {
		calls = append(calls, fmt.Sprintf("  %v.%s was called\n", c.On, c.Method))
	}
	slices.Sort(calls)
	b.WriteString(strings.Join(calls, ""))
	return b.String()
}
