package domain

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
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
	for _, l := range w.loans {
		if r.IntN(3) > 0 {
			st.Loans.Set(l, Standing{Phase: Phase(1 + r.IntN(5)), Unsure: r.IntN(5) == 0, Reported: r.IntN(5) == 0, Asked: r.IntN(5) == 0})
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
		before := a.String()
		if a.Clone().Merge(w.m, a.Clone()) {
			return "merging a state with itself changes it"
		}
		if got := merged(w, a, a).String(); got != before {
			return "merging a state with itself gives\n" + got
		}
		return ""
	})
}

// TestMergeIsAbove: what was merged in adds nothing more.
func TestMergeIsAbove(t *testing.T) {
	law(t, func(w *world, a, b *State) string {
		j := merged(w, a, b)
		for _, x := range []*State{a, b} {
			was := j.String()
			if j.Clone().Merge(w.m, x.Clone()) {
				return "merging it in again changes\n" + was + "to\n" + merged(w, j, x).String()
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
		if x, y := merged(w, a, b).String(), merged(w, b, a).String(); x != y {
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

func TestAgeingForgets(t *testing.T) {
	law(t, func(w *world, a, b *State) string {
		a = a.Clone()
		facts := a.Facts.Len()
		for _, i := range w.regs {
			if instr, ok := i.(*ssa.Alloc); ok {
				w.m.Renew(a, instr)
				for c, v := range a.Mem.All() {
					for _, s := range append(slices.Clone(v.V), c) {
						if s.involves(instr) {
							return s.String() + " is of this round after ageing"
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
