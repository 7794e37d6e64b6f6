package domain

import (
	"fmt"
	"go/constant"
	"go/token"
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

// at is how far the counter has come in the frame f, if that is known, and if it is in a loop
// that is executed round by round.
func (c *counter) at(f *Frame) (n int64, ok bool) {
	bound := f.integer(c.bound)
	if bound == nil || *bound > MaxRounds || *bound < -MaxRounds {
		return 0, false
	}
	if x := f.integer(c.phi); x != nil {
		return *x, *x <= MaxRounds && *x >= -MaxRounds
	}
	if x := f.integer(c.step); x != nil {
		if c.step.Op == token.ADD {
			return *x - 1, *x <= MaxRounds+1 && *x >= -MaxRounds
		}
		return *x + 1, *x <= MaxRounds && *x >= -MaxRounds-1
	}
	return 0, false
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

// IsCounted reports whether step, which is executed in f, counts a loop that is executed
// round by round.
func (f *Frame) IsCounted(step *ssa.BinOp) bool {
	c := f.Env.flow.loops().counters[step]
	if c == nil || c.step != step {
		return false
	}
	bound := f.integer(c.bound)
	return bound != nil && *bound <= MaxRounds && *bound >= -MaxRounds
}

// Round is the number of the round of the innermost loop around b that f is in, from 1; 0 if
// that loop is not executed round by round.
func (f *Frame) Round(b *ssa.BasicBlock) int {
	l := f.Env.flow.loops().innermost[b]
	if l == nil || l.counter == nil {
		return 0
	}
	n, ok := l.counter.at(f)
	if !ok {
		return 0
	}
	return int(n) + MaxRounds + 1
}

// rounds tells in which rounds of their loops f is.
func (f *Frame) rounds(b *strings.Builder) {
	counters := f.Env.flow.loops().counters
	if len(counters) == 0 {
		return
	}
	for v, x := range f.Env.All() {
		if ConstantOf(x) == nil {
			continue
		}
		if c := counters[v]; c != nil {
			if n, ok := c.at(f); ok {
				fmt.Fprintf(b, "#%d", n)
			}
		}
	}
}
