package interp

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// What comparisons of one number or string say of each other: in the case of a switch in
// which n is 0, n > 0 is false; and where x < y holds, x == y does not.

// A bound says that a value compares with another in some way.
type bound struct {
	of *domain.Symbol
	op token.Token
	to *domain.Symbol
	c  constant.Value // of to, if it is a constant
}

// Mirrored is op with its operands in the other order; ILLEGAL if it is no comparison.
func Mirrored(op token.Token) token.Token { return mirrored[op] }

// Comparison is the comparison of x with y.
func (in *Interp) Comparison(x *domain.Symbol, op token.Token, y *domain.Symbol) *domain.Symbol {
	return in.Intern(domain.SymbolKey{Kind: domain.SymCompare, Op: op, Base: x, With: y}, types.Typ[types.Bool], nil)
}

// boundOf is what the comparison s says if it holds; not ok unless it is of a number or string.
func boundOf(s *domain.Symbol) (b bound, ok bool) {
	if s.Kind != domain.SymCompare || s.Key.Base == nil || s.Key.With == nil {
		return b, false
	}
	x, y, op := s.Key.Base, s.Key.With, s.Key.Op
	if x.Kind == domain.SymConst || y.Kind != domain.SymConst && y.Id < x.Id {
		x, y, op = y, x, mirrored[op]
	}
	t, isBasic := typeOf(x).(*types.Basic)
	if !isBasic || t.Info()&types.IsOrdered == 0 || x.Kind == domain.SymConst || x.Old || y.Old || negated[op] == 0 {
		return b, false
	}
	c := domain.ConstantOf(domain.Value{y})
	return bound{x, op, y, c}, y.Kind != domain.SymConst || c != nil
}

// ComparesAlike reports whether x and y are constants, each perhaps one of several, of which
// the comparison says the same whichever they are.
func ComparesAlike(x domain.Value, op token.Token, y domain.Value) (known, is bool) {
	for _, s := range x {
		for _, t := range y {
			a, b := domain.ConstantOf(domain.Value{s}), domain.ConstantOf(domain.Value{t})
			if a == nil || b == nil {
				return false, false
			}
			now := constant.Compare(a, op, b)
			if known && now != is {
				return false, false
			}
			known, is = true, now
		}
	}
	return known, is
}

func typeOf(s *domain.Symbol) types.Type {
	if s.Typ == nil {
		return nil
	}
	return s.Typ.Underlying()
}

// mirrored has each comparison with its operands in the other order, negated what holds where it does not.
var (
	mirrored = map[token.Token]token.Token{
		token.EQL: token.EQL, token.NEQ: token.NEQ,
		token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ,
	}
	negated = map[token.Token]token.Token{
		token.EQL: token.NEQ, token.NEQ: token.EQL,
		token.LSS: token.GEQ, token.GEQ: token.LSS, token.GTR: token.LEQ, token.LEQ: token.GTR,
	}
)

// maxCompared is how many facts are looked through for comparisons: with more of them, as a switch
// of many cases leaves, a comparison says nothing of others.
const maxCompared = 24

// ordered is what other comparisons of the same value say of s.
func ordered(st *domain.State, s *domain.Symbol) (known, is bool) {
	asked, ok := boundOf(s)
	if !ok || st.Facts.Len() > maxCompared {
		return false, false
	}
	isFloat := typeOf(asked.of).(*types.Basic).Info()&types.IsFloat != 0
	var have []bound
	for f, fact := range st.Facts.All() {
		b, ok := boundOf(f)
		if !ok || b.of != asked.of || fact&(domain.IsTrue|domain.IsFalse) == 0 {
			continue
		}
		if fact&domain.IsFalse != 0 {
			if isFloat && b.op != token.EQL && b.op != token.NEQ {
				continue // NaN is neither less nor not less
			}
			b.op = negated[b.op]
		}
		if known, is := b.decides(asked); known {
			return true, is
		}
		have = append(have, b)
	}
	if n, ok := wholeNumber(asked.c); ok && !isFloat {
		return inSpan(asked, n, have)
	}
	return false, false
}

// decides is what b, which holds, says of a, a comparison of the same value.
func (b bound) decides(a bound) (known, is bool) {
	var than int // how what a compares with compares with what b does
	switch {
	case a.to == b.to:
	case a.c == nil || b.c == nil || a.c.Kind() != b.c.Kind() && (a.c.Kind() == constant.String || b.c.Kind() == constant.String):
		return false, false
	case constant.Compare(a.c, token.LSS, b.c):
		than = -1
	case constant.Compare(a.c, token.GTR, b.c):
		than = 1
	}
	can := func(op token.Token, order int) bool { // whether op holds in this order
		switch op {
		case token.EQL:
			return order == 0
		case token.NEQ:
			return order != 0
		case token.LSS:
			return order < 0
		case token.LEQ:
			return order <= 0
		case token.GTR:
			return order > 0
		}
		return order >= 0
	}
	// Five places where the value may be: below both, at the lesser, between them, at the
	// greater, above both. Orders to b and to a at each.
	yes, no := false, false
	for place := range 5 {
		toB, toA := place-1, place-1
		switch {
		case than == 0:
			toB, toA = place-2, place-2
		case than > 0: // b's is the lesser one
			toA = place - 3
		default:
			toB = place - 3
		}
		if can(b.op, toB) {
			yes, no = yes || can(a.op, toA), no || !can(a.op, toA)
		}
	}
	return yes != no, yes
}

func wholeNumber(c constant.Value) (n int64, ok bool) {
	if c == nil || c.Kind() != constant.Int {
		return 0, false
	}
	n, exact := constant.Int64Val(c)
	return n, exact && n > math.MinInt64 && n < math.MaxInt64
}

// inSpan is what all that is known of an integer says of asked, a comparison of it with n.
func inSpan(asked bound, n int64, have []bound) (known, is bool) {
	in := span{math.MinInt64, math.MaxInt64}
	if isNatural(asked.of) {
		in.low = 0
	}
	var except []int64
	for _, b := range have {
		switch c, ok := wholeNumber(b.c); {
		case !ok:
		case b.op == token.NEQ:
			except = append(except, c)
		default:
			in = in.and(spanOf(b.op, c))
		}
	}
	in = in.without(except)
	if asked.op == token.EQL || asked.op == token.NEQ {
		out := n < in.low || n > in.high
		return out || in.low == in.high, (asked.op == token.EQL) != out
	}
	of := spanOf(asked.op, n)
	inside, outside := of.low <= in.low && in.high <= of.high, of.high < in.low || in.high < of.low
	return inside || outside, inside
}

// isNatural reports whether s is a number that is never below zero: unsigned, or a length.
func isNatural(s *domain.Symbol) bool {
	if t, ok := typeOf(s).(*types.Basic); ok && t.Info()&types.IsUnsigned != 0 {
		return true
	}
	if _, ok := s.Key.Site.(domain.LengthOf); ok {
		return true
	}
	c, ok := s.Key.Site.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && (b.Name() == "len" || b.Name() == "cap" || b.Name() == "copy")
}

// EmptyTest is the comparison of the length of s, a slice that was passed, with zero.
func (in *Interp) EmptyTest(s *domain.Symbol) *domain.Symbol {
	number := types.Typ[types.Int]
	n := in.Fresh(domain.LengthOf{Of: s}, 0, number)
	return in.Intern(domain.SymbolKey{Kind: domain.SymCompare, Op: token.EQL, Base: n, With: in.Integer(0, number)}, types.Typ[types.Bool], nil)
}

// A span is a row of integers, from low to high.
type span struct{ low, high int64 }

// spanOf has the integers that compare with c as op says, which is not NEQ.
func spanOf(op token.Token, c int64) span {
	s := span{math.MinInt64, math.MaxInt64}
	switch op {
	case token.EQL:
		s = span{c, c}
	case token.LSS:
		s.high = c - 1
	case token.LEQ:
		s.high = c
	case token.GTR:
		s.low = c + 1
	case token.GEQ:
		s.low = c
	}
	return s
}

func (s span) and(t span) span { return span{max(s.low, t.low), min(s.high, t.high)} }

// without takes numbers off the ends of s.
func (s span) without(except []int64) span {
	slices.Sort(except)
	for _, n := range except {
		if n == s.low {
			s.low++
		}
	}
	for _, n := range slices.Backward(except) {
		if n == s.high {
			s.high--
		}
	}
	return s
}
