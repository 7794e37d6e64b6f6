package interp

import (
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"go/constant"
	"go/token"
	"testing"
)

var comparisons = []token.Token{token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ}

// TestDecides compares what one comparison says of another with what the values between 0
// and 4, and halves, say.
func TestDecides(t *testing.T) {
	half := constant.MakeFloat64(0.5)
	for _, op := range comparisons {
		for _, asks := range comparisons {
			for c := range int64(3) {
				for d := range int64(3) {
					b := bound{op: op, c: constant.MakeInt64(c + 1)}
					a := bound{op: asks, c: constant.MakeInt64(d + 1)}
					yes, no := false, false
					for n := range int64(10) {
						v := constant.BinaryOp(constant.MakeInt64(n), token.MUL, half)
						if constant.Compare(v, op, b.c) {
							holds := constant.Compare(v, asks, a.c)
							yes, no = yes || holds, no || !holds
						}
					}
					if c != d {
						a.to = nextSymbol()
					}
					known, is := b.decides(a)
					if known != (yes != no) || known && is != yes {
						t.Errorf("x %v %v: x %v %v is known: %v, true: %v", op, b.c, asks, a.c, known, is)
					}
				}
			}
		}
	}
}

// TestSpan compares what several comparisons of an integer say with what the integers say.
func TestSpan(t *testing.T) {
	for _, op1 := range comparisons {
		for _, op2 := range comparisons {
			for _, asks := range comparisons {
				for at := range int64(27) {
					c1, c2, n := at%3, at/3%3, at/9
					have := []bound{{op: op1, c: constant.MakeInt64(c1), of: nextSymbol()}, {op: op2, c: constant.MakeInt64(c2)}}
					yes, no := false, false
					for v := int64(-3); v < 7; v++ {
						if compareInts(v, op1, c1) && compareInts(v, op2, c2) {
							holds := compareInts(v, asks, n)
							yes, no = yes || holds, no || !holds
						}
					}
					if !yes && !no {
						continue // no such number
					}
					known, is := inSpan(bound{op: asks, of: nextSymbol()}, n, have)
					if known && (is && no || !is && yes) {
						t.Errorf("v %v %d, v %v %d: v %v %d is %v", op1, c1, op2, c2, asks, n, is)
					}
				}
			}
		}
	}
}

func compareInts(a int64, op token.Token, b int64) bool {
	return constant.Compare(constant.MakeInt64(a), op, constant.MakeInt64(b))
}

func nextSymbol() *domain.Symbol { return new(domain.Symbol) }
