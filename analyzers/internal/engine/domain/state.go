package domain

import (
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// HasEndedScope reports whether a callback ran that something was lent to.
func (st *State) HasEndedScope() bool {
	for l, stand := range st.Loans.All() {
		if (l.Scope != nil || l.FromScope) && stand.Phase == Ended && !stand.Reported {
			return true
		}
	}
	return false
}

// Knows reports whether st has a value for v.
func (st *State) Knows(v ssa.Value) bool {
	if !IsTracked(v) {
		return true
	}
	_, ok := st.Top().Env.Get(v)
	return ok
}

// A State is what is known at one point of one path: what values and memory
// hold, which facts have been tested, where each loan stands. Paths on which
// loans stand differently are kept apart (property simulation, after ESP);
// others are merged.
type State struct {
	Frames                      []*Frame // innermost last; all but the last are shared between states
	Mem                         Table[*Symbol, Cell]
	Asked                       Table[*Symbol, ssa.Value] // conditions that are asked again: paths are told apart by them
	Forgotten                   Table[*Symbol, ssa.Value] // those that it lost, where there were too many paths: asked once more, each may come out as it did not before
	Types                       Table[*Symbol, string]    // the dynamic types that tests have shown
	Facts                       Table[*Symbol, Fact]
	Loans                       Loans
	Effects                     map[Effect]EffectInfo   // what a caller must know
	Spilled                     Table[*Symbol, bool]    // local objects that unknown code can reach
	Called                      map[Call]bool           // "when x.M()"
	Belongs                     Table[*Symbol, Value]   // to which token's owner something belongs
	Same                        Table[*Symbol, *Symbol] // found equal to another by a test
	Failed                      bool                    // the callback that ran returned an error
	sharesEffects, sharesCalled bool                    // other states have these maps, too
	Watched                     []*Symbol               // paths are told apart by what is known of these
	exact                       Table[*Symbol, int]     // how many elements the exact collections have
	decided                     []Decided               // what branches found of conditions that others ask in the same words
	Doubted                     bool                    // two of them found the opposite: most likely this path cannot be taken
	Unpruned                    int                     // edges since what is not looked at any more was dropped
	Splits                      bool                    // paths are told apart by conditions that are asked again even where no loan has begun
}

// A Frame is one activation of a function that is executed in place.
type Frame struct {
	Fn     *ssa.Function
	Env    Registers[Value]
	Tuples Registers[[]Value] // see Machine.ResultAt
	Defers []Pending
}

// A Cell is the content of one memory location, and where it was put there.
type Cell struct {
	V   Value
	Pos token.Pos
	By  ssa.Instruction
	// Perhaps is set where a store may have gone here or elsewhere: what stands
	// here is then not certain, neither the old nor the new.
	Perhaps bool
}

// A Pending is a deferred call with its operands, which were evaluated at
// the defer statement.
type Pending struct {
	Instr   *ssa.Defer
	Fn      Value
	Args    []Value
	Perhaps bool // it was deferred on some of the paths that were merged only
}

// A Call is that of a method without arguments on a symbol, as "when x.M()" asks for it.
type Call struct {
	On     *Symbol
	Method string
}

// A Fact is what tests have shown of one symbol.
type Fact uint8

const (
	IsNil    Fact = 1 << iota // it is nil
	NotNil                    // it is not nil
	IsTrue                    // it is true
	IsFalse                   // it is false
	Presumed                  // an error that a callee returned beside nil: by custom, it is not nil
	OfNone                    // an answer of code out of sight to an error that is nil: by custom nil, or false
	OneRound                  // an iterator that a callee made: it yields once at most
	Own                       // an object that a callee made, and that nobody else can get at
)

// NewState is the state in which nothing is known, at the start of the function of f.
func NewState(f *Flow) *State {
	return &State{
		Frames:  []*Frame{NewFrame(f)},
		Effects: map[Effect]EffectInfo{},
		Called:  map[Call]bool{},
	}
}

// NewFrame is the activation of the function of f, without values.
func NewFrame(f *Flow) *Frame {
	return &Frame{Fn: f.fn, Env: Registers[Value]{flow: f}, Tuples: Registers[[]Value]{flow: f}}
}

// Clone is a frame of its own, with the same content.
func (f *Frame) Clone() *Frame {
	return &Frame{Fn: f.Fn, Env: f.Env.clone(), Tuples: f.Tuples.clone(), Defers: slices.Clip(f.Defers)}
}

// Size is how many things st says something of.
func (st *State) Size() int {
	return st.Top().Env.vals.Len() + st.Mem.Len() + st.Facts.Len() + st.Types.Len() + st.Asked.Len() + st.Loans.Len()
}

// Clone is a state of its own, with the same content. What is large is shared until one of them
// writes to it.
func (st *State) Clone() *State {
	st.sharesEffects, st.sharesCalled = true, true
	c := &State{
		Frames: slices.Clone(st.Frames),
		Mem:    st.Mem.clone(),
		Facts:  st.Facts.clone(),
		Types:  st.Types.clone(),
		Asked:  st.Asked.clone(),

		Forgotten: st.Forgotten.clone(),

		Loans:   st.Loans.clone(),
		Effects: st.Effects,
		Spilled: st.Spilled.clone(),
		Called:  st.Called,
		Belongs: st.Belongs.clone(),
		Same:    st.Same.clone(),
		exact:   st.exact.clone(),
		Watched: st.Watched,
		Failed:  st.Failed,
		Splits:  st.Splits,

		Unpruned: st.Unpruned,
		decided:  st.decided,
		Doubted:  st.Doubted,

		sharesEffects: true, sharesCalled: true,
	}
	c.Frames[len(c.Frames)-1] = st.Top().Clone()
	return c
}

// Top is the innermost frame.
func (st *State) Top() *Frame { return st.Frames[len(st.Frames)-1] }

// Push makes f the innermost frame.
func (st *State) Push(f *Frame) { st.Frames = append(slices.Clip(st.Frames), f) }

// Pop leaves the innermost frame. The one below is then st's alone.
func (st *State) Pop() {
	st.Frames = slices.Clone(st.Frames[:len(st.Frames)-1])
	st.Frames[len(st.Frames)-1] = st.Top().Clone()
}

// Key tells apart the paths that must not be merged.
func (st *State) Key() string {
	var b strings.Builder
	st.stands(&b)
	b.WriteString(st.holds())
	if st.Failed {
		b.WriteByte('!')
	}
	if st.Doubted {
		b.WriteByte('~')
	}
	for s, n := range st.exact.All() {
		fmt.Fprintf(&b, "#%d:%d", s.Id, n)
	}
	for s, t := range st.Types.All() {
		if s.Kind == SymParam { // what a caller passes decides which path it is
			fmt.Fprintf(&b, "%v:%s", s, t)
		}
	}
	if st.Loans.Len() > 0 || st.Splits {
		for s := range st.Asked.All() {
			fmt.Fprintf(&b, "?%d:%d", s.Id, st.Facts.At(s)&(IsTrue|IsFalse))
		}
	}
	for _, s := range st.Watched {
		fmt.Fprintf(&b, "/%d", st.Facts.At(s)&(IsNil|NotNil))
	}
	var must []string
	for e := range st.Effects {
		if e.Kind.splits() {
			must = append(must, e.String())
		}
	}
	slices.Sort(must)
	for _, e := range must {
		b.WriteString(e)
	}
	return b.String()
}

// Stands is the part of the key that says where the loans stand, what memory holds values on loan, and what is
// deferred: where there are too many paths, those on which that is the same are the first to be merged.
func (st *State) Stands() string {
	var b strings.Builder
	st.stands(&b)
	b.WriteString(st.holds())
	if st.Doubted {
		b.WriteByte('~')
	}
	return b.String()
}

func (st *State) stands(b *strings.Builder) {
	for l, s := range st.Loans.All() {
		fmt.Fprintf(b, "%v%d", l, s.Phase)
		if s.Reported {
			b.WriteByte('r')
		}
		if s.Unsure {
			b.WriteByte('?')
		}
		if s.Handed != token.NoPos {
			b.WriteByte('h')
		}
	}
	for _, f := range st.Frames {
		b.WriteByte('|')
		st.rounds(f, b)
		for _, d := range f.Defers {
			fmt.Fprintf(b, "%p%t,", d.Instr, d.Perhaps)
		}
	}
}

// holds tells which memory that outlives the function holds values on loan:
// whether it does when the loan ends is what an escape is.
func (st *State) holds() string {
	if st.Loans.Len() == 0 {
		return ""
	}
	var out []string
	for a, c := range st.Mem.All() {
		if k := a.Object().Root().Kind; k != SymParam && k != SymGlobal && k != SymFresh && !a.Object().isShared() {
			continue
		}
		for _, s := range c.V {
			if loans := s.AllLoans(); len(loans) > 0 {
				out = append(out, fmt.Sprint("@", a.Id, loanIDs(loans)))
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

// OwnEffects are the effects, to be written to.
func (st *State) OwnEffects() map[Effect]EffectInfo {
	if st.sharesEffects {
		st.Effects, st.sharesEffects = maps.Clone(st.Effects), false
	}
	return st.Effects
}

// OwnCalled are the calls that were made, to be written to.
func (st *State) OwnCalled() map[Call]bool {
	if st.sharesCalled {
		st.Called, st.sharesCalled = maps.Clone(st.Called), false
	}
	return st.Called
}

// IsOwn reports whether the object o was made by this function, or by a callee for it, and no code out of sight can get at it.
func (st *State) IsOwn(o *Symbol) bool {
	return o.Kind == SymAlloc && !st.Spilled.At(o) || o.Kind == SymFresh && st.Facts.At(o)&Own != 0
}

// Spill notes that code out of sight can get at the object o from now on, where this function made it, or a callee for it.
func (st *State) Spill(o *Symbol) {
	switch {
	case o.Kind == SymAlloc:
		st.Spilled.Set(o, true)
	case o.Kind == SymFresh && st.Facts.At(o)&Own != 0:
		st.Facts.Set(o, st.Facts.At(o)&^Own)
	}
}

// IsShared reports whether s stands, or stood, in a variable of this function that
// code out of sight can write: nothing is known of what that has put there.
func (st *State) IsShared(s *Symbol) bool {
	for ; s.Kind == SymContent || s.Kind == SymField; s = s.Key.Base {
		if s.Kind == SymContent {
			o := s.Key.Base.Object()
			return o.Kind == SymAlloc && st.Spilled.At(o)
		}
	}
	return false
}
