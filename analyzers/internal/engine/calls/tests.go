package calls

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Tests of numbers that were passed, and of whether two pointers are one: a way out on which something is released because n > 0 is told from one on which it is
// not, as one is that a bool decides.

// testsOfParams are the comparisons of parameters with constants that st knows the outcome of. Not where a number is returned:
// that may go with the one that was passed.
func (in *Calls) testsOfParams(st *domain.State) (out []summary.ParamFact) {
	for v := range in.Root.Signature.Results().Variables() {
		if gotypes.IsInteger(v.Type()) {
			return nil
		}
	}
	for s, f := range st.Facts.All() {
		if s.Kind != domain.SymCompare || s.Key.Base == nil || s.Key.With == nil || f&(domain.IsTrue|domain.IsFalse) == 0 {
			continue
		}
		x, op, y := s.Key.Base, s.Key.Op, s.Key.With
		if x.Kind == domain.SymConst {
			x, op, y = y, interp.Mirrored(op), x
		}
		if sameTest, ok := testOfSame(x, op, y); ok {
			sameTest.Fact = summary.Fact(f) & (summary.True | summary.False)
			out = append(out, sameTest)
			continue
		}
		c := domain.ConstantOf(domain.Value{y})
		path, ok := x.Path()
		if !ok || x.Kind != domain.SymParam || x.Old || c == nil || c.Kind() != constant.Int || op == token.ILLEGAL || !gotypes.IsInteger(x.Typ) {
			continue
		}
		out = append(out, summary.ParamFact{Path: path, Fact: summary.Fact(f) & (summary.True | summary.False), Type: op.String() + c.ExactString()})
	}
	return out
}

// testOfSame asks whether two parameters that are pointers or interfaces are one and the same.
func testOfSame(x *domain.Symbol, op token.Token, y *domain.Symbol) (f summary.ParamFact, ok bool) {
	if x.Kind != domain.SymParam || y.Kind != domain.SymParam || x.Old || y.Old || op != token.EQL && op != token.NEQ ||
		!canBeIdentical(x.Typ) || !canBeIdentical(y.Typ) {
		return f, false
	}
	p, _ := x.Path()
	q, _ := y.Path()
	return summary.ParamFact{Path: p, Type: op.String() + string(q)}, p != "" && q != ""
}

func canBeIdentical(t types.Type) bool {
	return t != nil && (gotypes.IsPointer(t) || types.IsInterface(t))
}

// same is what is known of whether p and what it is compared with, which were passed, are one: what has another type is not.
func (a *application) same(p summary.ParamFact, with summary.Path) (known, is bool) {
	x, y := a.value(p.Path, nil), a.value(with, nil)
	if len(x) == 0 || len(y) == 0 {
		return false, false
	}
	for _, s := range x {
		for _, t := range y {
			if canHold(s.Typ, t.Typ) || canHold(t.Typ, s.Typ) {
				return false, false
			}
		}
	}
	return true, strings.HasPrefix(p.Type, token.NEQ.String())
}

// canHold reports whether what has type t can have type u as well.
func canHold(t, u types.Type) bool {
	if t == nil || u == nil || gotypes.IsParameter(t) || gotypes.IsParameter(u) {
		return true
	}
	i, ok := t.Underlying().(*types.Interface)
	return types.Identical(t, u) || ok && (types.IsInterface(u) || types.Implements(u, i))
}

// withoutTests are the outcomes without the tests that decide nothing about a release, or a wait for a lock.
func withoutTests(list []summary.Outcome) []summary.Outcome {
	if !slices.ContainsFunc(list, func(o summary.Outcome) bool { return slices.ContainsFunc(o.Params, summary.ParamFact.IsTest) }) {
		return list
	}
	decides := make(map[summary.ParamFact]bool)
	for _, o := range list {
		for _, e := range o.Effects {
			waits := e.Kind == summary.Waits && e.Way == summary.ForHolders
			if e.Kind != summary.Release && !waits || len(list) > maxOutcomes {
				continue
			}
			for _, p := range list {
				if p.Releases(e.Path) || waits && waitsLike(p, e) {
					continue
				}
				for _, f := range o.Params {
					if f.IsTest() && (summary.Outcome{Params: []summary.ParamFact{f}}).ExcludesByArguments(p) {
						decides[summary.ParamFact{Path: f.Path, Type: f.Type}] = true
					}
				}
			}
		}
	}
	for i, o := range list {
		list[i].Params = slices.DeleteFunc(slices.Clone(o.Params), func(f summary.ParamFact) bool {
			return f.IsTest() && !f.IsOfSame() && !decides[summary.ParamFact{Path: f.Path, Type: f.Type}]
		})
	}
	return list
}

// test is what is known of the test p at the call, and what stands for it there, if one value does.
func (a *application) test(p summary.ParamFact) (known, is bool, s *domain.Symbol) {
	digits := strings.TrimLeft(p.Type, "=!<>")
	if p.IsOfSame() {
		known, is = a.same(p, summary.Path(digits))
		return known, is, nil
	}
	op := operators[p.Type[:len(p.Type)-len(digits)]]
	c := constant.MakeFromLiteral(strings.TrimPrefix(digits, "-"), token.INT, 0)
	if strings.HasPrefix(digits, "-") {
		c = constant.UnaryOp(token.SUB, c, 0)
	}
	v := a.value(p.Path, nil)
	t := a.typeAt(p.Path)
	if t == nil || len(v) == 0 || op == token.ILLEGAL {
		return false, false, nil
	}
	n := a.in.ConstantValue(c, t)
	if known, is := interp.ComparesAlike(v, op, domain.Value{n}); known {
		return true, is, nil
	}
	if x := v.One(); x != nil && isPlain(x) {
		s = a.in.Comparison(x, op, n)
		known, is = a.in.Truth(a.st, s)
	}
	return known, is, s
}

// isPlain reports whether x is a number that was passed, or the length of something that was: of one that was computed it is not
// known what it goes with.
func isPlain(x *domain.Symbol) bool {
	of, isLength := x.Key.Site.(domain.LengthOf)
	return !x.Old && (x.Kind == domain.SymParam || isLength && !of.Of.Old && of.Of.Kind == domain.SymParam)
}

// operators are the comparisons by how they are written.
var operators = map[string]token.Token{"==": token.EQL, "!=": token.NEQ, "<": token.LSS, "<=": token.LEQ, ">": token.GTR, ">=": token.GEQ}

// passesTest assumes that the test p comes out as it says, and reports whether it can.
func (a *application) passesTest(p summary.ParamFact) bool {
	known, is, s := a.test(p)
	switch want := p.Fact&summary.True != 0; {
	case known:
		return is == want
	case s != nil:
		return a.in.Learn(a.st, s, want)
	}
	return true
}

// isUntested reports whether only tests tell o from p, of which nothing can be known here: of a number that is one of several, or was computed.
func (a *application) isUntested(o, p summary.Outcome) bool {
	untested := func(f summary.ParamFact) bool {
		if !f.IsTest() {
			return false
		}
		known, _, s := a.test(f)
		return !known && s == nil
	}
	bare := o
	bare.Params = slices.DeleteFunc(slices.Clone(o.Params), untested)
	return len(bare.Params) < len(o.Params) && !bare.ExcludesByArguments(p)
}
