package domain

import (
	"fmt"
	"go/constant"
	"go/token"
	"math"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A Loop is a natural loop: header is where it is entered, and all its blocks can get
// back there.
type Loop struct {
	header  *ssa.BasicBlock
	blocks  map[*ssa.BasicBlock]bool
	counter *counter // nil: none was found
}

// A counter is an integer variable of a loop that goes up or down by one in each round, and
// is compared with a bound in each.
type counter struct {
	phi   *ssa.Phi
	step  *ssa.BinOp
	bound ssa.Value
}

// MaxRounds is how often a loop may run to be executed round by round, so that what is made
// in one is told apart from what is made in another.
const MaxRounds = MaxExact

// loopsOf is what is known of the loops of a function.
type loopsOf struct {
	innermost map[*ssa.BasicBlock]*Loop
	counters  map[ssa.Value]*counter // by what changes with each round: phi and step
}

// loops finds the natural loops of the function (Aho, Lam, Sethi, Ullman, "Compilers", 9.6).
func (f *Flow) loops() *loopsOf {
	if f.loopsFound != nil {
		return f.loopsFound
	}
	f.loopsFound = &loopsOf{make(map[*ssa.BasicBlock]*Loop), make(map[ssa.Value]*counter)}
	byHeader := make(map[*ssa.BasicBlock]*Loop)
	var all []*Loop
	for _, b := range f.fn.Blocks {
		for _, h := range b.Succs {
			if !h.Dominates(b) {
				continue
			}
			l := byHeader[h]
			if l == nil {
				l = &Loop{header: h, blocks: map[*ssa.BasicBlock]bool{h: true}}
				byHeader[h] = l
				all = append(all, l)
			}
			l.add(b)
		}
	}
	for _, l := range all {
		if l.findCounter(); l.counter != nil {
			f.loopsFound.counters[l.counter.phi] = l.counter
			f.loopsFound.counters[l.counter.step] = l.counter
		}
		for b := range l.blocks {
			if in := f.loopsFound.innermost[b]; in == nil || len(l.blocks) < len(in.blocks) {
				f.loopsFound.innermost[b] = l
			}
		}
	}
	return f.loopsFound
}

// add adds b, and all from which it can be reached within the loop.
func (l *Loop) add(b *ssa.BasicBlock) {
	if !l.blocks[b] {
		l.blocks[b] = true
		for _, p := range b.Preds {
			l.add(p)
		}
	}
}

func (l *Loop) findCounter() {
	for _, i := range l.header.Instrs {
		phi, ok := i.(*ssa.Phi)
		if !ok {
			return
		}
		for n, e := range phi.Edges {
			step, ok := e.(*ssa.BinOp)
			if !ok || !l.blocks[phi.Block().Preds[n]] || step.X != ssa.Value(phi) || step.Op != token.ADD && step.Op != token.SUB {
				continue
			}
			if one, ok := step.Y.(*ssa.Const); !ok || !isOne(one) {
				continue
			}
			if bound := l.boundOf(phi, step); bound != nil {
				l.counter = &counter{phi, step, bound}
				return
			}
		}
	}
}

func isOne(c *ssa.Const) bool {
	return c.Value != nil && c.Value.Kind() == constant.Int && constant.Compare(c.Value, token.EQL, constant.MakeInt64(1))
}

// boundOf is what phi or step is compared with where the loop is left, or goes on.
func (l *Loop) boundOf(phi *ssa.Phi, step *ssa.BinOp) ssa.Value {
	for _, b := range l.header.Parent().Blocks {
		if !l.blocks[b] {
			continue
		}
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || l.blocks[b.Succs[0]] && l.blocks[b.Succs[1]] {
			continue
		}
		c, ok := branch.Cond.(*ssa.BinOp)
		if !ok {
			continue
		}
		switch c.Op {
		case token.LSS, token.LEQ, token.GTR, token.GEQ:
			if c.X == ssa.Value(phi) || c.X == ssa.Value(step) {
				return c.Y
			}
			if c.Y == ssa.Value(phi) || c.Y == ssa.Value(step) {
				return c.X
			}
		}
	}
	return nil
}

// at is how far the counter has come in the frame f of st, if that is known, and if it is in a loop
// that is executed round by round.
func (c *counter) at(st *State, f *Frame) (n int64, ok bool) {
	x, ahead := f.integer(c.phi), int64(0)
	if x == nil {
		if x, ahead = f.integer(c.step), 1; c.step.Op == token.SUB {
			ahead = -1
		}
	}
	if x == nil {
		return 0, false
	}
	n = *x - ahead
	if !c.isShort(f) {
		return n, n >= 0 && *x < c.surely(st, f)
	}
	return n, *x <= MaxRounds+max(ahead, 0) && *x >= -MaxRounds+min(ahead, 0)
}

// isShort reports whether it is known what c is compared with, and that is so little that the loop is executed
// round by round.
func (c *counter) isShort(f *Frame) bool {
	bound := f.integer(c.bound)
	return bound != nil && *bound <= MaxRounds && *bound >= -MaxRounds
}

// surely is the number of rounds that a loop up from zero surely has, where it is not known how many it has, but
// that one is not all: these are executed round by round. Zero where that is not so.
func (c *counter) surely(st *State, f *Frame) int64 {
	if c.step.Op != token.ADD {
		return 0
	}
	v, ok := f.Env.Get(c.bound)
	if load, isLoad := c.bound.(*ssa.UnOp); isLoad && load.Op == token.MUL {
		addrs, _ := f.Env.Get(load.X)
		if a := addrs.One(); a != nil {
			var cell Cell
			cell, ok = st.Mem.Get(a)
			v, ok = cell.V, ok && !cell.Perhaps
		}
	}
	s := v.One()
	if !ok || s == nil || s.Old || st.least(s) < sureRounds {
		return 0
	}
	return sureRounds
}

// sureRounds is how many rounds of a loop are executed one by one where it is only known that it has as many.
const sureRounds = 2

// least is what s is at least, as comparisons with constants have shown; 0 if they have not.
func (st *State) least(s *Symbol) (low int64) {
	for f, fact := range st.Facts.All() {
		if f.Kind != SymCompare || f.Key.Base != s || f.Key.Op != token.GTR || fact&IsTrue == 0 || f.Key.With == nil {
			continue
		}
		if c := ConstantOf(Value{f.Key.With}); c != nil && c.Kind() == constant.Int {
			if n, exact := constant.Int64Val(c); exact && n < math.MaxInt64 {
				low = max(low, n+1)
			}
		}
	}
	return low
}

// CountsTo is what phi, which counts up from zero or more, is surely below in block b: what the loop around b
// compares it with before each round. It is nil if b is in none, or that is not known.
func (f *Flow) CountsTo(phi ssa.Value, b *ssa.BasicBlock) ssa.Value {
	c := f.loops().counters[phi]
	if c == nil || phi != ssa.Value(c.phi) || c.step.Op != token.ADD {
		return nil
	}
	header := c.phi.Block()
	if bound := belowOn(header, c.phi, func(body *ssa.BasicBlock) bool { return len(body.Preds) == 1 && body.Dominates(b) }); bound != nil {
		return bound
	}
	var bound ssa.Value
	for n, e := range c.phi.Edges { // as in a range over a number, where each way in has the test
		below := belowOn(header.Preds[n], e, func(to *ssa.BasicBlock) bool { return to == header })
		if below == nil || n > 0 && below != bound {
			return nil
		}
		bound = below
	}
	if !header.Dominates(b) {
		return nil
	}
	return bound
}

// belowOn is what v is less than on the way from a block to one that is in question; nil if there is no such way, or nothing is compared.
func belowOn(from *ssa.BasicBlock, v ssa.Value, inQuestion func(*ssa.BasicBlock) bool) ssa.Value {
	branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok || !inQuestion(from.Succs[0]) || inQuestion(from.Succs[1]) {
		return nil
	}
	if c, ok := branch.Cond.(*ssa.BinOp); ok && c.Op == token.LSS && sameNumber(c.X, v) {
		return c.Y
	}
	return nil
}

// sameNumber reports whether x and y are one value, or constants that are equal.
func sameNumber(x, y ssa.Value) bool {
	c, ok := x.(*ssa.Const)
	d, both := y.(*ssa.Const)
	return x == y || ok && both && c.Value != nil && d.Value != nil && constant.Compare(c.Value, token.EQL, d.Value)
}

// integer is the integer that v is in f; nil if it is not known to be one.
func (f *Frame) integer(v ssa.Value) *int64 {
	var c constant.Value
	if k, ok := v.(*ssa.Const); ok {
		c = k.Value
	} else if x, ok := f.Env.Get(v); ok {
		c = ConstantOf(x)
	}
	if c == nil || c.Kind() != constant.Int {
		return nil
	}
	n, exact := constant.Int64Val(c)
	if !exact {
		return nil
	}
	return &n
}

// CountsRounds reports whether the innermost loop around b counts its rounds up to a number, and not to the length of a
// collection: a constant, say, or how often something is tried.
func (f *Flow) CountsRounds(b *ssa.BasicBlock) bool {
	l := f.loops().innermost[b]
	if l == nil || l.counter == nil {
		return false
	}
	call, ok := l.counter.bound.(*ssa.Call)
	if !ok {
		return true
	}
	length, ok := call.Call.Value.(*ssa.Builtin)
	return !ok || length.Name() != "len"
}

// IsCounted reports whether step, which is executed in the innermost frame of st, counts a loop that is executed
// round by round, and leads to another one of these.
func (st *State) IsCounted(step *ssa.BinOp) bool {
	f := st.Top()
	c := f.Env.flow.loops().counters[step]
	if c == nil || c.step != step {
		return false
	}
	if c.isShort(f) {
		return true
	}
	x := f.integer(c.phi)
	return x != nil && *x >= 0 && *x+1 < c.surely(st, f)
}

// Round is the number of the round of the innermost loop around b that f, a frame of st, is in, from 1; 0 if
// that loop is not executed round by round.
func (st *State) Round(f *Frame, b *ssa.BasicBlock) int {
	l := f.Env.flow.loops().innermost[b]
	if l == nil || l.counter == nil {
		return 0
	}
	n, ok := l.counter.at(st, f)
	if !ok {
		return 0
	}
	return int(n) + MaxRounds + 1
}

// rounds tells in which rounds of their loops f, a frame of st, is.
func (st *State) rounds(f *Frame, b *strings.Builder) {
	counters := f.Env.flow.loops().counters
	if len(counters) == 0 {
		return
	}
	for v, x := range f.Env.All() {
		if ConstantOf(x) == nil {
			continue
		}
		if c := counters[v]; c != nil {
			if n, ok := c.at(st, f); ok {
				fmt.Fprintf(b, "#%d", n)
			}
		}
	}
}
