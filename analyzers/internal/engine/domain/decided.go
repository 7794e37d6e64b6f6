package domain

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Which conditions are asked again in the same words, and what was answered: who writes
// len(x) > 0 twice means the same both times, though nothing that is followed may say so.

// A Decided is what a branch found of a condition.
type Decided struct {
	key   string // the condition in words
	truth bool
	by    *ssa.If
	of    *Symbol // of a value that is one of several: see DecideNil
}

// Wording spells the condition of i, if another branch of the function, or of those around
// it, asks it in the same words, and nothing in them stores to what it reads; else it is
// empty. Negated says that i asks for the opposite of what is spelled.
func (f *Flow) Wording(i *ssa.If) (key string, negated bool) {
	if f.words == nil {
		f.words = wordsOf(f.fn)
	}
	key, negated, reads := worded(i.Cond)
	if key == "" || f.words.asked[key] < 2 || slices.ContainsFunc(reads, func(a string) bool { return f.words.stored[a] }) {
		return "", false
	}
	return key, negated
}

// Decide notes that i found its condition, which reads key, to be truth. It reports whether
// another branch had found the opposite, and so this path most likely cannot be taken.
func (st *State) Decide(i *ssa.If, key string, truth bool) (contradicts bool) {
	return st.note(Decided{key: key, truth: truth, by: i})
}

// DecideNil notes that v, which may be one of several values, was found to be nil, or true, or not: which of
// them it is, is not known, and so nothing is known of any of them. It reports whether the opposite
// was found before. That can be said only where one of them is what an instruction made when it was
// last executed: what else is in v may be in other variables, too, which hold another one of them.
func (st *State) DecideNil(v Value, isNil bool) (contradicts bool) {
	key, of := keyOf(v)
	return of != nil && st.note(Decided{key: key, truth: isNil, of: of})
}

// FoundNil is what was found of v, which may be one of several values.
func (st *State) FoundNil(v Value) (known, isNil bool) {
	if key, of := keyOf(v); of != nil {
		for _, d := range st.decided {
			if d.key == key {
				return true, d.truth
			}
		}
	}
	return false, false
}

// keyOf tells v, one of several values, from others by one of them that an instruction made; of is
// nil if there is none.
func keyOf(v Value) (key string, of *Symbol) {
	n := slices.IndexFunc(v, func(s *Symbol) bool {
		root := s.Root()
		_, made := siteOf(root.Key.Site).(ssa.Instruction)
		return made && root.Kind == SymFresh && s.IsLast()
	})
	if len(v) < 2 || n < 0 {
		return "", nil
	}
	for _, s := range v {
		key += strconv.Itoa(s.Id) + " "
	}
	return key, v[n]
}

// note notes d, and reports whether the opposite was found before, by another branch.
func (st *State) note(d Decided) (contradicts bool) {
	n := slices.IndexFunc(st.decided, func(e Decided) bool { return e.key == d.key })
	if n < 0 {
		st.decided = append(slices.Clip(st.decided), d)
		return false
	}
	was := st.decided[n]
	if was.by != d.by && was.truth == d.truth || was == d {
		return false
	}
	st.decided = slices.Clone(st.decided)
	st.decided[n] = d
	return was.truth != d.truth && (was.by != d.by || d.of != nil)
}

// ForgetRound drops what the loops of fn found: another round of them begins, or of fn itself.
func (st *State) ForgetRound(fn *ssa.Function, within func(b *ssa.BasicBlock) bool) {
	gone := func(d Decided) bool { return d.by != nil && d.by.Parent() == fn && within(d.by.Block()) }
	if slices.ContainsFunc(st.decided, gone) {
		st.decided = slices.DeleteFunc(slices.Clone(st.decided), gone)
	}
}

// forgetMade drops what was found of the values that become old.
func (a *Ager) forgetMade(st *State) {
	gone := func(d Decided) bool { return d.of != nil && a.symbol(d.of) != d.of }
	if slices.ContainsFunc(st.decided, gone) {
		st.decided = slices.DeleteFunc(slices.Clone(st.decided), gone)
	}
}

func (st *State) mergeDecided(other *State) (changed bool) {
	gone := func(d Decided) bool { return !slices.Contains(other.decided, d) }
	if slices.ContainsFunc(st.decided, gone) {
		st.decided, changed = slices.DeleteFunc(slices.Clone(st.decided), gone), true
	}
	return changed
}

// words are the conditions of a function, and of all that are written inside of the same
// one; and the places to which they store.
type words struct {
	asked  map[string]int
	stored map[string]bool
}

func wordsOf(fn *ssa.Function) *words {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	w := &words{asked: make(map[string]int), stored: make(map[string]bool)}
	w.add(fn)
	return w
}

func (w *words) add(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.If:
				if key, _, _ := worded(i.Cond); key != "" {
					w.asked[key]++
				}
			case *ssa.Store:
				if _, ok := i.Val.(*ssa.Parameter); !ok || b.Index > 0 { // a parameter that a literal captures
					w.stored[place(i.Addr)] = true
				}
			case *ssa.MapUpdate:
				w.stored[inWords(i.Map)] = true
			case *ssa.Call:
				if b, ok := i.Call.Value.(*ssa.Builtin); ok && (b.Name() == "delete" || b.Name() == "clear") {
					w.stored[inWords(i.Call.Args[0])] = true
				}
			}
		}
	}
	for _, literal := range fn.AnonFuncs {
		w.add(literal)
	}
}

// worded spells a condition without its negations, and lists what it reads.
func worded(cond ssa.Value) (key string, negated bool, reads []string) {
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		cond, negated = not.X, !negated
	}
	s := speller{}
	if c, ok := cond.(*ssa.BinOp); ok {
		op, not := positive(c)
		x, y := s.value(c.X), s.value(c.Y)
		if y == `"":string` { // as its length tells
			x, y = "len("+x+",)", "0:int"
		}
		key = x + op.String() + y
		negated = negated != not
	} else {
		key = s.value(cond)
	}
	if s.fails {
		return "", false, nil
	}
	return key, negated, s.reads
}

// positive is the operator of which that of c is the negation, if it is one. A length that is
// more than none is one that is not none.
func positive(c *ssa.BinOp) (op token.Token, negated bool) {
	switch c.Op {
	case token.NEQ:
		return token.EQL, true
	case token.GEQ:
		return token.LSS, true
	case token.LEQ:
		return token.GTR, true
	case token.GTR:
		if call, ok := c.X.(*ssa.Call); ok && isLength(call) && c.Y.Name() == "0:int" {
			return token.EQL, true
		}
	}
	return c.Op, false
}

func isLength(c *ssa.Call) bool {
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && (b.Name() == "len" || b.Name() == "cap")
}

func inWords(v ssa.Value) string {
	s := speller{}
	return s.value(v)
}

// A speller spells values the same wherever they are written the same.
type speller struct {
	reads []string
	fails bool // there is something in it that may answer differently each time
}

func (s *speller) value(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Builtin:
		return v.Name()
	case *ssa.Global, *ssa.Function:
		return v.String()
	case *ssa.FreeVar:
		if b := bindingOf(v); b != nil {
			return s.value(b)
		}
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			for a := v.X; ; {
				s.reads = append(s.reads, place(a))
				if f, ok := a.(*ssa.FieldAddr); ok {
					a = f.X
				} else {
					break
				}
			}
			return "*" + s.value(v.X)
		case token.ARROW:
			s.fails = true
		}
		return v.Op.String() + s.value(v.X)
	case *ssa.BinOp:
		return "(" + s.value(v.X) + v.Op.String() + s.value(v.Y) + ")"
	case *ssa.FieldAddr:
		return s.value(v.X) + "." + strconv.Itoa(v.Field)
	case *ssa.Field:
		return s.value(v.X) + "." + strconv.Itoa(v.Field)
	case *ssa.IndexAddr:
		return s.value(v.X) + "[" + s.value(v.Index) + "]"
	case *ssa.Index:
		return s.value(v.X) + "[" + s.value(v.Index) + "]"
	case *ssa.Lookup:
		s.reads = append(s.reads, inWords(v.X))
		return s.value(v.X) + "[" + s.value(v.Index) + "]"
	case *ssa.Extract:
		return s.value(v.Tuple) + "#" + strconv.Itoa(v.Index)
	case *ssa.TypeAssert:
		return s.value(v.X) + ".(" + v.AssertedType.String() + ")"
	case *ssa.Convert:
		return v.Type().String() + "(" + s.value(v.X) + ")"
	case *ssa.ChangeType:
		return s.value(v.X)
	case *ssa.ChangeInterface:
		return s.value(v.X)
	case *ssa.MakeInterface:
		return s.value(v.X)
	case *ssa.Call:
		if answersAlike(v) {
			return s.call(v)
		}
	}
	if v.Parent() == nil {
		s.fails = true
		return ""
	}
	return v.Parent().Name() + ":" + v.Name()
}

func (s *speller) call(c *ssa.Call) string {
	var b strings.Builder
	b.WriteString(s.value(c.Call.Value))
	if c.Call.IsInvoke() {
		b.WriteString("." + c.Call.Method.Name())
	}
	b.WriteByte('(')
	for _, a := range c.Call.Args {
		b.WriteString(s.value(a) + ",")
	}
	b.WriteByte(')')
	return b.String()
}

// answersAlike reports whether c most likely answers the same when it is called again: it
// answers yes or no, a number or a string, and does not by its name go on to something else.
func answersAlike(c *ssa.Call) bool {
	if isLength(c) {
		return true
	}
	t, ok := c.Type().Underlying().(*types.Basic)
	if !ok || t.Kind() == types.UnsafePointer {
		return false
	}
	var name string
	switch f := c.Call.StaticCallee(); {
	case c.Call.IsInvoke():
		name = c.Call.Method.Name()
	case f != nil:
		name = f.Name()
		if f.Pkg != nil && f.Pkg.Pkg.Path() == "sync/atomic" {
			return false
		}
	case len(c.Call.Args) == 0:
		if name = nameOf(c.Call.Value); name == "" {
			return false
		}
	default:
		return false // what is passed to is most likely told something new each time
	}
	name = strings.ToLower(name)
	return !slices.ContainsFunc(movers, func(m string) bool { return strings.HasPrefix(name, m) })
}

// nameOf is how the variable or field is called that the function v stands in; empty where v is something else.
func nameOf(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return nameOf(v.X)
		}
	case *ssa.FieldAddr:
		return gotypes.Deref(v.X.Type()).Underlying().(*types.Struct).Field(v.Field).Name()
	case *ssa.Field:
		return v.X.Type().Underlying().(*types.Struct).Field(v.Field).Name()
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global:
		return v.Name()
	}
	return ""
}

// movers are the words with which names of functions begin that answer differently each time.
var movers = []string{
	"accept", "acquire", "add", "advance", "compare", "consume", "dec", "done", "eat", "expect", "fetch", "inc", "load", "lock", "more", "move",
	"next", "peek", "poll", "pop", "prev", "put", "rand", "read", "receive", "recv", "remove", "scan", "seek", "set", "skip", "swap", "take", "test",
	"try", "unread", "wait", "write",
}

// place names the place at the address a, without its index: which element it is may change.
func place(a ssa.Value) string {
	if i, ok := a.(*ssa.IndexAddr); ok {
		return inWords(i.X) + "[]"
	}
	return inWords(a)
}
