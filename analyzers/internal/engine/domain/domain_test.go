package domain

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A world is a machine with some symbols and loans of every kind that states
// are put together from.
type world struct {
	m       *Machine
	flow    *Flow
	symbols []*Symbol
	cells   []*Symbol // addresses of single objects
	weak    []*Symbol // addresses that stand for several
	loans   []*Loan
	regs    []ssa.Value
	effects []Effect
}

func newWorld(t testing.TB) *world {
	t.Helper()
	const src = `package p
type T struct{ a, b *T; s []*T }
func f(x, y *T, n int) *T {
	z := new(T)
	for i := 0; i < n; i++ { z.a = x; z.s = append(z.s, y) }
	if z.b == nil { return x }
	return z
}`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{Importer: importer.Default()}, fset, types.NewPackage("p", "p"), []*ast.File{file}, 0)
	if err != nil {
		t.Fatal(err)
	}
	fn := pkg.Func("f")
	w := &world{m: NewMachine(), flow: NewFlow(fn)}
	ptr := fn.Params[0].Type()
	for i := range fn.Params {
		w.symbols = append(w.symbols, w.m.Intern(SymbolKey{Kind: SymParam, Index: i}, ptr, nil))
		w.regs = append(w.regs, fn.Params[i])
	}
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			if v, ok := i.(ssa.Value); ok {
				w.symbols = append(w.symbols, w.m.Fresh(v, 0, ptr))
				w.regs = append(w.regs, v)
			}
			if a, ok := i.(*ssa.Alloc); ok {
				w.symbols = append(w.symbols, w.m.Intern(SymbolKey{Kind: SymAlloc, Site: a}, a.Type(), nil))
			}
		}
	}
	w.symbols = append(w.symbols, w.m.NilSymbol())
	for _, s := range slices.Clone(w.symbols) {
		if s.IsNil() {
			continue
		}
		w.cells = append(w.cells, w.m.Address(s, 0, types.NewPointer(ptr)), w.m.Address(s, 1, types.NewPointer(ptr)))
		w.weak = append(w.weak, w.m.Address(s, ElementIndex, types.NewPointer(ptr)))
	}
	for _, p := range []summary.Path{"p0", "p1"} {
		w.effects = append(w.effects, Effect{Kind: EffectKind(summary.Deref), Path: p}, Effect{Kind: EffectKind(summary.Store), Path: p, Detail: summary.Detail{To: "g"}})
	}
	for i := range 4 {
		l := &Loan{Id: i + 1, Kind: Acquired}
		w.m.Nloans++
		w.loans = append(w.loans, l)
	}
	return w
}

// state makes a random state. Paths that are merged have the same key but for
// the cap; here anything may meet anything.
func (w *world) state(r *rand.Rand) *State {
	st := NewState(w.flow)
	value := func() Value {
		var v Value
		for range 1 + r.IntN(2) {
			v = v.Union(Value{w.symbols[r.IntN(len(w.symbols))]})
		}
		return v
	}
	for _, v := range w.regs {
		st.Top().Env.Set(v, value())
	}
	for range r.IntN(6) {
		st.Mem.Set(w.cells[r.IntN(len(w.cells))], Cell{V: value(), Perhaps: r.IntN(4) == 0})
	}
	for range r.IntN(4) {
		st.Facts.Set(w.symbols[r.IntN(len(w.symbols))], []Fact{IsNil, NotNil, IsTrue, IsFalse}[r.IntN(4)])
	}
	symbol := func() *Symbol { return w.symbols[r.IntN(len(w.symbols))] }
	for _, e := range w.effects {
		if r.IntN(2) > 0 {
			st.Effects[e] = EffectInfo{May: r.IntN(3) == 0}
		}
	}
	for range r.IntN(3) {
		st.Asked.Set(symbol(), w.regs[0])
		st.Forgotten.Set(symbol(), w.regs[0])
		st.Types.Set(symbol(), []string{"A", "B"}[r.IntN(2)])
		st.Spilled.Set(symbol(), true)
		st.Belongs.Set(symbol(), value())
		st.Same.Set(symbol(), symbol())
		st.Called[Call{symbol(), []string{"M", "N"}[r.IntN(2)]}] = true
	}
	if r.IntN(2) > 0 {
		st.Top().Tuples.Set(w.regs[3], []Value{value(), value()})
	}
	// A second activation: the first is then below it.
	st.Push(NewFrame(w.flow))
	for _, v := range w.regs[:3] {
		if r.IntN(4) > 0 {
			st.Top().Env.Set(v, value())
		}
	}
	for _, l := range w.loans {
		if r.IntN(3) > 0 {
			st.Loans.Set(l, Standing{Phase: Phase(1 + r.IntN(5)), Unsure: r.IntN(5) == 0, Reported: r.IntN(5) == 0, Asked: r.IntN(5) == 0})
			if r.IntN(3) == 0 {
				stand := st.Loans.At(l)
				stand.Owner, stand.Lent, stand.Runner, stand.Keeper, stand.Handed = value(), value(), value(), symbol(), 1
				st.Loans.Set(l, stand)
			}
		}
	}
	return st
}

// law runs check on many random pairs of states.
func law(t *testing.T, check func(w *world, a, b *State) string) {
	t.Helper()
	w := newWorld(t)
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 7))
		a, b := w.state(r), w.state(r)
		if broken := check(w, a, b); broken != "" {
			t.Fatalf("seed %d: %s\n--- one\n%v--- other\n%v", seed, broken, a, b)
		}
	}
}

func merged(w *world, a, b *State) *State {
	out := a.Clone()
	out.Merge(w.m, b.Clone())
	return out
}

func TestMergeIsIdempotent(t *testing.T) {
	law(t, func(w *world, a, b *State) string {
		before := a.all()
		if a.Clone().Merge(w.m, a.Clone()) {
			return "merging a state with itself changes it"
		}
		if got := merged(w, a, a).all(); got != before {
			return "merging a state with itself gives\n" + got
		}
		return ""
	})
}

// TestMergeTells: it reports a change if and only if there is one.
func TestMergeTells(t *testing.T) {
	law(t, func(w *world, a, b *State) string {
		before, j := a.all(), a.Clone()
		if changed := j.Merge(w.m, b.Clone()); changed != (j.all() != before) {
			return fmt.Sprintf("it says of whether it has changed: %t, and is now\n%s", changed, j.all())
		}
		return ""
	})
}

// TestMergeIsAbove: what was merged in adds nothing more.
func TestMergeIsAbove(t *testing.T) {
	law(t, func(w *world, a, b *State) string {
		j := merged(w, a, b)
		for _, x := range []*State{a, b} {
			was := j.all()
			if j.Clone().Merge(w.m, x.Clone()) {
				return "merging it in again changes\n" + was + "to\n" + merged(w, j, x).all()
			}
		}
		return ""
	})
}

func TestMergeKeepsLess(t *testing.T) {
	law(t, func(w *world, a, b *State) string {
		j := merged(w, a, b)
		for s, f := range j.Facts.All() {
			if f&^a.Facts.At(s) != 0 || f&^b.Facts.At(s) != 0 {
				return "a fact that one side does not have: " + s.String()
			}
		}
		for l, s := range j.Loans.All() {
			x, inA := a.Loans.Get(l)
			y, inB := b.Loans.Get(l)
			if !s.Unsure && (!inA || !inB || x.Phase != s.Phase || y.Phase != s.Phase || x.Unsure || y.Unsure) {
				return "a standing that is certain, and was not on both sides: " + l.String()
			}
		}
		for e, info := range j.Effects {
			x, inA := a.Effects[e]
			y, inB := b.Effects[e]
			if !inA && !inB || info.May != (!inA || !inB || x.May || y.May) {
				return fmt.Sprintf("an effect that is certain where it is not, or the other way round: %v", e)
			}
		}
		for _, side := range []*State{a, b} {
			for e := range side.Effects {
				if _, ok := j.Effects[e]; !ok {
					return fmt.Sprintf("an effect is lost: %v", e)
				}
			}
			for s := range side.Spilled.All() {
				if !j.Spilled.At(s) {
					return "can be reached elsewhere, which is lost: " + s.String()
				}
			}
			for s := range side.Forgotten.All() {
				if !j.Forgotten.has(s) {
					return "a condition of which it was forgotten how it came out: " + s.String()
				}
			}
			for s := range j.Asked.All() {
				if !side.Asked.has(s) {
					return "asked again, which one side does not know: " + s.String()
				}
			}
			for s, of := range j.Types.All() {
				if side.Types.At(s) != of {
					return "a type that one side does not know: " + s.String()
				}
			}
			for s, of := range j.Same.All() {
				if side.Same.At(s) != of {
					return "equal, which one side does not know: " + s.String()
				}
			}
			for s := range j.Belongs.All() {
				if !side.Belongs.has(s) {
					return "an owner that one side does not know: " + s.String()
				}
			}
			for c := range j.Called {
				if !side.Called[c] {
					return "a call that one side does not know: " + c.Method
				}
			}
			for i, f := range j.Frames {
				for v, x := range f.Env.All() {
					y, ok := side.Frames[i].Env.Get(v)
					if !ok {
						return "a register that one side has not: " + v.Name()
					}
					if len(x) != 1 || x[0].Kind != SymDerived {
						for _, s := range y {
							if is := w.m.known(side, s); !x.Has(s) && (is == nil || !x.Has(is)) {
								return fmt.Sprintf("a value is lost in %s: %v", v.Name(), s)
							}
						}
					}
				}
			}
		}
		for c, v := range j.Mem.All() {
			for _, side := range []*State{a, b} {
				if x, ok := side.Mem.Get(c); ok {
					for _, s := range x.V {
						if !v.V.Has(s) {
							return "a value is lost at " + c.String()
						}
					}
					if x.Perhaps && !v.Perhaps {
						return "what was there only perhaps is there for certain at " + c.String()
					}
				}
			}
		}
		return ""
	})
}

// TestMergeCommutes: but for positions and the order of making.
func TestMergeCommutes(t *testing.T) {
	law(t, func(w *world, a, b *State) string {
		if x, y := merged(w, a, b).all(), merged(w, b, a).all(); x != y {
			return "one way round\n" + x + "the other\n" + y
		}
		return ""
	})
}

func TestStores(t *testing.T) {
	law(t, func(w *world, a, b *State) string {
		v := Value{w.symbols[0]}
		one := w.cells[0]
		a = a.Clone()
		a.Store(w.m, Value{one}, v, 0, nil)
		if !slices.Equal(a.At(w.m, one), v) {
			return "a strong store is not exact"
		}
		if a.Mem.At(one).Perhaps {
			return "a strong store leaves it uncertain"
		}
		two := Value{one}.Union(Value{w.cells[3]})
		had := slices.Clone(a.At(w.m, w.cells[3]))
		a.Store(w.m, two, Value{w.symbols[1]}, 0, nil)
		for _, s := range append(had, w.symbols[1]) {
			if !a.At(w.m, w.cells[3]).Has(s) {
				return "a weak store lost " + s.String()
			}
		}
		if !a.Mem.At(w.cells[3]).Perhaps || !a.Mem.At(one).Perhaps {
			return "a store through one of two addresses is certain"
		}
		e := w.weak[0]
		a.Store(w.m, Value{e}, v, 0, nil)
		a.Store(w.m, Value{e}, Value{w.symbols[1]}, 0, nil)
		if got := a.Mem.At(e).V; !got.Has(w.symbols[0]) || !got.Has(w.symbols[1]) {
			return "an element replaced another"
		}
		return ""
	})
}

// mentioned lists the symbols that st mentions, by where.
func mentioned(st *State) map[string]Value {
	out := make(map[string]Value)
	add := func(where string, v ...*Symbol) { out[where] = append(out[where], v...) }
	for a, c := range st.Mem.All() {
		add("memory", append(slices.Clone(c.V), a)...)
	}
	for s := range st.Facts.All() {
		add("facts", s)
	}
	for s := range st.Asked.All() {
		add("asked", s)
	}
	for s := range st.Forgotten.All() {
		add("forgotten", s)
	}
	for s := range st.Types.All() {
		add("types", s)
	}
	for s := range st.Spilled.All() {
		add("spilled", s)
	}
	for s := range st.exact.All() {
		add("exact", s)
	}
	for s, v := range st.Belongs.All() {
		add("belongs", append(slices.Clone(v), s)...)
	}
	for s, t := range st.Same.All() {
		add("same", s, t)
	}
	for _, f := range st.Frames {
		for _, v := range f.Env.All() {
			add("registers", v...)
		}
		for _, vs := range f.Tuples.All() {
			for _, v := range vs {
				add("tuples", v...)
			}
		}
	}
	for _, s := range st.Loans.All() {
		add("owners", s.Owner...)
		add("lent", s.Lent...)
		add("runners", s.Runner...)
		if s.Keeper != nil {
			add("keepers", s.Keeper)
		}
	}
	return out
}

func TestAgeingForgets(t *testing.T) {
	law(t, func(w *world, a, b *State) string {
		a = a.Clone()
		facts := a.Facts.Len()
		for _, i := range w.regs {
			if instr, ok := i.(*ssa.Alloc); ok {
				w.m.Renew(a, instr, 0)
				for where, v := range mentioned(a) {
					for _, s := range v {
						if s.involves(instr, anyRound) {
							return s.String() + " is of this round after ageing, in " + where
						}
					}
				}
			}
		}
		if a.Facts.Len() > facts {
			return "ageing made facts"
		}
		return ""
	})
}

// TestTable holds a table to a map, also while it is ranged over.
func TestTable(t *testing.T) {
	w := newWorld(t)
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 1))
		var tab Table[*Symbol, int]
		model := make(map[*Symbol]int)
		step := func(tab *Table[*Symbol, int], model map[*Symbol]int) {
			s := w.symbols[r.IntN(len(w.symbols))]
			if r.IntN(3) == 0 {
				tab.Delete(s)
				delete(model, s)
				return
			}
			n := r.IntN(100)
			tab.Set(s, n)
			model[s] = n
		}
		same := func(tab *Table[*Symbol, int], model map[*Symbol]int) {
			t.Helper()
			last, n := 0, 0
			for s, v := range tab.All() {
				if s.Id <= last {
					t.Fatalf("seed %d: not in order of ids", seed)
				}
				last = s.Id
				n++
				if want, ok := model[s]; !ok || v != want {
					t.Fatalf("seed %d: %v is %d, want %d", seed, s, v, want)
				}
			}
			if n != len(model) || tab.Len() != len(model) {
				t.Fatalf("seed %d: %d entries, want %d", seed, n, len(model))
			}
		}
		for range 30 {
			step(&tab, model)
		}
		same(&tab, model)
		copied, copiedModel := tab.clone(), make(map[*Symbol]int)
		for s, v := range model {
			copiedModel[s] = v
		}
		for s := range tab.All() { // writes during a loop
			if _, ok := tab.Get(s); !ok {
				t.Fatalf("seed %d: %v is ranged over, and is not there", seed, s)
			}
			step(&tab, model)
		}
		same(&tab, model)
		same(&copied, copiedModel)
	}
}

// TestMergeRounds: of two earlier rounds of a loop, a debt of either is a debt, and
// what differs is not certain.
// TestTableTogether compares what is done with a table in one go with what single steps do.
func TestTableTogether(t *testing.T) {
	w := newWorld(t)
	r := rand.New(rand.NewPCG(1, 2))
	random := func() (tab Table[*Symbol, int]) {
		for range r.IntN(8) {
			tab.Set(w.symbols[r.IntN(len(w.symbols))], r.IntN(3))
		}
		return tab
	}
	for range 2000 {
		tab, other := random(), random()
		before := tab.clone() // which must not change
		steps := tab.clone()
		var want []int
		for k, v := range steps.All() {
			want = append(want, k.Id, v)
			switch o, ok := other.Get(k); {
			case !ok || o < v:
				steps.Delete(k)
			case o > v:
				steps.Set(k, o)
			}
		}
		changed := tab.mergeWith(&other, func(_ *Symbol, v, o int, ok bool) (int, bool, bool) { return o, o != v, ok && o >= v })
		if !slices.Equal(tab.entries, steps.entries) || changed == slices.Equal(tab.entries, before.entries) {
			t.Fatalf("mergeWith: %v, want %v; changed: %v", tab.entries, steps.entries, changed)
		}
		steps = before.clone()
		for k, v := range steps.All() {
			if v == 1 {
				steps.Delete(k)
			}
		}
		some := before.clone()
		if some.Filter(func(_ *Symbol, v int) bool { return v != 1 }); !slices.Equal(some.entries, steps.entries) {
			t.Fatalf("Filter: %v, want %v", some.entries, steps.entries)
		}
		var now []int
		for k, v := range before.All() {
			now = append(now, k.Id, v)
		}
		if !slices.Equal(now, want) {
			t.Fatalf("a copy has changed: %v, was %v", now, want)
		}
	}
}

func TestMergeRounds(t *testing.T) {
	phases := []Phase{Unchecked, Live, Ended, Moved, Absent}
	for _, x := range phases {
		for _, y := range phases {
			for bits := range 16 {
				a := Standing{Phase: x, Unsure: bits&1 != 0, Reported: bits&2 != 0}
				b := Standing{Phase: y, Unsure: bits&4 != 0, Reported: bits&8 != 0}
				got, back := mergeRounds(a, b), mergeRounds(b, a)
				if got.Phase != back.Phase || got.Unsure != back.Unsure {
					t.Errorf("%v and %v: %v one way round, %v the other", a, b, got, back)
				}
				if x == y && (got.Phase != x || got.Unsure != (a.Unsure || b.Unsure) || got.Reported != (a.Reported && b.Reported)) {
					t.Errorf("%v and %v: %v", a, b, got)
				}
				if x == y {
					continue
				}
				want := Moved
				for _, p := range []Phase{Unchecked, Live} {
					if x == p || y == p {
						want = p
					}
				}
				if got.Phase != want || !got.Unsure {
					t.Errorf("%v and %v: %v, want it %v and unsure", a, b, got, want)
				}
			}
		}
	}
}

// TestCheck: each way in which a state cannot be is told, and a state that can be is not.
func TestCheck(t *testing.T) {
	for name, breakIt := range map[string]func(w *world, st *State){
		"": func(*world, *State) {},
		"is not the machine's": func(w *world, st *State) {
			st.Top().Env.Set(w.regs[0], Value{{Id: 1, Kind: SymParam, Key: SymbolKey{Kind: SymParam, Index: 77}}})
		},
		"is no set in order":           func(w *world, st *State) { st.Top().Env.Set(w.regs[0], Value{w.symbols[1], w.symbols[0]}) },
		"no symbol":                    func(w *world, st *State) { st.Top().Env.Set(w.regs[0], Value{nil}) },
		"nil is no address":            func(w *world, st *State) { st.Mem.Set(w.m.NilSymbol(), Cell{V: Value{w.symbols[0]}}) },
		"it is nil and not nil":        func(w *world, st *State) { st.Facts.Set(w.symbols[0], IsNil|NotNil) },
		"it is true and false":         func(w *world, st *State) { st.Facts.Set(w.symbols[0], IsTrue|IsFalse) },
		"it is in no phase":            func(w *world, st *State) { st.Loans.Set(w.loans[0], Standing{}) },
		"it is kept, and went nowhere": func(w *world, st *State) { st.Loans.Set(w.loans[0], Standing{Phase: Live, Keeper: w.symbols[0]}) },
		"it is not lent":               func(w *world, st *State) { st.Loans.Set(w.loans[0], Standing{Phase: Live, Lent: Value{w.symbols[0]}}) },
		"is of another round":          func(w *world, st *State) { w.loans[0].Old = true },
		"is of this round": func(w *world, st *State) {
			s := w.m.Intern(SymbolKey{Kind: SymFresh, Site: 1, old: true}, nil, func(s *Symbol) { s.Old = false })
			st.Top().Env.Set(w.regs[0], Value{s})
		},
		"not in order of ids":   func(w *world, st *State) { slices.Reverse(st.Loans.entries) },
		"is of ":                func(w *world, st *State) { st.Top().Fn = nil },
		"a loop over it":        func(w *world, st *State) { st.Mem.ranging++ },
		"loans: 0 kept":         func(w *world, st *State) { st.Loans.kept++ },
		"no frame":              func(w *world, st *State) { st.Frames = nil },
		"no loan with the numb": func(w *world, st *State) { w.m.Nloans = 0 },
	} {
		w := newWorld(t)
		st := NewState(w.flow)
		for i, l := range w.loans {
			l.Key = LoanKey{Site: i}
			w.m.Loans[l.Key] = l
			st.Loans.Set(l, Standing{Phase: Live})
		}
		st.Top().Env.Set(w.regs[0], Value{w.symbols[0]})
		breakIt(w, st)
		err := w.m.Check(st)
		if name == "" && err != nil || name != "" && (err == nil || !strings.Contains(err.Error(), name)) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestMergeOfCaptures: a closure that is made on one of two paths only captures what it captures there.
func TestMergeOfCaptures(t *testing.T) {
	w := newWorld(t)
	with, without := NewState(w.flow), NewState(w.flow)
	closure := w.m.Intern(SymbolKey{Kind: SymFunc, Site: w.regs[0]}, types.NewSignatureType(nil, nil, nil, nil, nil, false), nil)
	slot := w.m.Field(closure, CaptureIndex, w.symbols[0].Typ)
	captured := Value{w.symbols[0]}
	with.Mem.Set(slot, Cell{V: captured})
	for _, st := range []*State{with.Clone(), without.Clone()} {
		other := with
		if len(st.Mem.At(slot).V) > 0 {
			other = without
		}
		st.Merge(w.m, other)
		if v := st.Mem.At(slot).V; !slices.Equal(v, captured) {
			t.Errorf("it captures %v after the merge, want %v", v, captured)
		}
	}
}

// TestMergeOfResults: of results that one path leaves out nothing is known there, and both are
// possible where paths meet.
func TestMergeOfResults(t *testing.T) {
	w := newWorld(t)
	first, second := Value{w.symbols[0]}, Value{w.symbols[1]}
	long, short := NewState(w.flow), NewState(w.flow)
	long.Top().Tuples.Set(w.regs[0], []Value{first, second})
	short.Top().Tuples.Set(w.regs[0], []Value{first})
	want := second.Union(w.m.ResultAt(w.regs[0], nil, 1))
	for _, pair := range [][2]*State{{long.Clone(), short}, {short.Clone(), long}} {
		if !pair[0].Merge(w.m, pair[1]) {
			t.Error("the merge changes nothing")
		}
		if got := pair[0].Top().Tuples.At(w.regs[0]); len(got) != 2 || !slices.Equal(got[0], first) || !slices.Equal(got[1], want) {
			t.Errorf("the results are %v after the merge, want %v and %v", got, first, want)
		}
	}
}
