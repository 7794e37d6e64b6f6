package interp

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// What counts up from zero is not zero again: how a number was computed says how small it can
// be, in whichever round of a loop. A program does not count until 64 bits are full.

// comparesFrom reports whether how small the numbers of x can be decides their comparison with
// the constant y.
func comparesFrom(x domain.Value, op token.Token, y domain.Value) (known, is bool) {
	if domain.ConstantOf(x) != nil {
		x, y, op = y, x, mirrored[op]
	}
	n, ok := wholeNumber(domain.ConstantOf(y))
	if !ok || len(x) == 0 {
		return false, false
	}
	low := int64(math.MaxInt64)
	for _, s := range x {
		l, ok := leastOf(s)
		if !ok {
			return false, false
		}
		low = min(low, l)
	}
	switch op {
	case token.EQL, token.NEQ, token.LEQ, token.GTR:
		return low > n, op == token.NEQ || op == token.GTR
	}
	return low >= n, op == token.GEQ
}

// learnCounted adds to st what follows where c is truth, and finds that a number counted up is below another one: that one is more
// than zero, and a loop that counts up to it has a round. It reports whether that can be.
func (in *Interp) learnCounted(st *domain.State, c *ssa.BinOp, truth bool) bool {
	x, y := c.X, c.Y
	switch {
	case c.Op == token.LSS && truth, c.Op == token.GEQ && !truth:
	case c.Op == token.GTR && truth, c.Op == token.LEQ && !truth:
		x, y = y, x
	default:
		return true
	}
	n := in.Eval(st, y).One()
	if n == nil || n.Old || n.Kind == domain.SymConst || !gotypes.IsInteger(y.Type()) {
		return true
	}
	for _, s := range in.Eval(st, x) {
		if low, ok := leastOf(s); !ok || low < 0 {
			return true
		}
	}
	if len(in.Eval(st, x)) == 0 {
		return true
	}
	return in.Learn(st, in.Comparison(n, token.GTR, in.Integer(0, y.Type())), true)
}

// learnRounds adds to st what follows where c is truth, and finds that the number of a round is not the first: what the
// loop counts to is more than that number, and another loop that counts to it has as many rounds. It reports whether that can be.
func (in *Interp) learnRounds(st *domain.State, c *ssa.BinOp, truth bool) bool {
	phi, op, y := c.X, c.Op, c.Y
	if _, ok := phi.(*ssa.Const); ok {
		phi, op, y = y, mirrored[op], phi
	}
	k, isConst := y.(*ssa.Const)
	if !truth {
		op = negated[op]
	}
	if !isConst || op == token.ILLEGAL || c.Parent() != st.Top().Fn {
		return true
	}
	n, ok := wholeNumber(k.Value)
	switch {
	case !ok || n < 0:
		return true
	case op == token.GTR:
		n++
	case op == token.NEQ && n == 0:
		n = 1
	case op != token.EQL && op != token.GEQ:
		return true
	}
	bound := in.FlowOf(c.Parent()).CountsTo(phi, c.Block())
	if low, isUp := leastOfValue(phi); bound == nil || n < 1 || !isUp || low < 0 {
		return true
	}
	s := in.constantSince(st, bound)
	if s == nil || s.Old || s.Kind == domain.SymConst {
		return true
	}
	return in.Learn(st, in.Comparison(s, token.GTR, in.Integer(n, bound.Type())), true)
}

// constantSince is what v, a number, was when it was last read, and is still: v is no variable, or one that is assigned to
// once. It is nil if that is not known.
func (in *Interp) constantSince(st *domain.State, v ssa.Value) *domain.Symbol {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		if !st.Knows(v) {
			return nil
		}
		return in.Eval(st, v).One()
	}
	if !domain.IsAssignedOnce(load.X) || !st.Knows(load.X) {
		return nil
	}
	a := in.Eval(st, load.X).One()
	if a == nil {
		return nil
	}
	cell, ok := st.Mem.Get(a)
	if !ok || cell.Perhaps {
		return nil
	}
	return cell.V.One()
}

func leastOfValue(v ssa.Value) (int64, bool) { return least(v, make(map[ssa.Value]bool)) }

// leastOf is a number that s is not below.
func leastOf(s *domain.Symbol) (int64, bool) {
	if c := domain.ConstantOf(domain.Value{s}); c != nil {
		return wholeNumber(c)
	}
	v, ok := s.Key.Site.(ssa.Value)
	if !ok || s.Kind != domain.SymFresh || s.Key.Index != 0 {
		return 0, false
	}
	if _, isTuple := v.Type().(*types.Tuple); isTuple {
		return 0, false
	}
	return leastOfValue(v)
}

// least is a number that v is not below. Where the ways of a loop meet, all of them but those
// around the loop say so, because what goes around only grows.
func least(v ssa.Value, around map[ssa.Value]bool) (int64, bool) {
	t, ok := v.Type().Underlying().(*types.Basic)
	if !ok || t.Info()&types.IsInteger == 0 {
		return 0, false
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil || v.Value.Kind() != constant.Int {
			return 0, false
		}
		return wholeNumber(v.Value)
	case *ssa.Phi:
		if around[v] {
			return math.MaxInt64, true
		}
		around[v] = true
		defer delete(around, v)
		low := int64(math.MaxInt64)
		for _, e := range v.Edges {
			l, ok := least(e, around)
			if !ok {
				return natural(t)
			}
			low = min(low, l)
		}
		return low, true
	case *ssa.BinOp:
		if v.Op == token.ADD && isWide(t) {
			x, okX := least(v.X, around)
			y, okY := least(v.Y, around)
			if okX && okY && y >= 0 {
				return x + min(y, math.MaxInt64-max(x, 0)), true
			}
		}
	case *ssa.Call:
		if isBuiltin(v, "len") || isBuiltin(v, "cap") || isBuiltin(v, "copy") {
			return 0, true
		}
	}
	return natural(t)
}

// natural is zero if t is unsigned.
func natural(t *types.Basic) (int64, bool) { return 0, t.Info()&types.IsUnsigned != 0 }

// isWide reports whether numbers of type t have 64 bits, on most machines.
func isWide(t *types.Basic) bool {
	switch t.Kind() {
	case types.Int, types.Int64, types.Uint, types.Uint64, types.Uintptr:
		return true
	}
	return false
}
