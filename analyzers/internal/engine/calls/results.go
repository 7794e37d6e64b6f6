package calls

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// results makes the results of the call: what the outcome says they are.
func (a *application) results(s *summary.Summary, o summary.Outcome) []domain.Value {
	fresh := a.in.NewResults(a.c)
	a.hold(fresh)
	for i, r := range o.Results {
		if i >= len(fresh) {
			break
		}
		fresh[i][0].Found = fresh[i][0].Found || r.Found
		if r.Fact&summary.Nil != 0 && gotypes.IsNillable(a.c.Sig.Results().At(i).Type()) {
			if fresh[i] = a.nothing(s, o, i, fresh[i]); fresh[i].One().IsNil() {
				fresh[i] = a.sameNothing(o, r, i, fresh[i])
			}
			continue
		}
		if r.Fact&(summary.True|summary.False) != 0 {
			if asked := a.in.askedError(a.st, a.c); asked != nil && r.Fact&summary.True != 0 {
				a.in.PresumeError(a.st, asked)
			}
			fresh[i] = domain.Value{a.in.Boolean(r.Fact&summary.True != 0)}
			continue
		}
		if r.Const == "zero" {
			fresh[i] = a.in.Zero(a.c.Sig.Results().At(i).Type())
			continue
		}
		if r.Const != "" {
			fresh[i] = domain.Value{a.in.ConstantValue(constant.MakeFromLiteral(r.Const, token.INT, 0), a.c.Sig.Results().At(i).Type())}
			continue
		}
		if a.needsType(o, r) {
			v := a.alias(o, r, a.c.Sig.Results().At(i).Type())
			if r.Fact&summary.NotNil != 0 || a.in.NeverNil(a.st, v) {
				a.in.LearnNil(a.st, fresh[i].One(), false)
			}
			a.in.MoveGuards(a.st, v) // it may be the result
			continue
		}
		if v, ok := a.iterator(r, i, a.c.Sig.Results().At(i).Type()); ok {
			fresh[i] = v
			a.in.noteOneRound(a.st, r, v)
			continue
		}
		if v := a.alias(o, r, a.c.Sig.Results().At(i).Type()); v != nil {
			if r.Other {
				v = v.Union(fresh[i])
			}
			fresh[i] = v
		}
		a.in.noteOneRound(a.st, r, fresh[i])
		s := fresh[i].One()
		if s != nil && s.Kind == domain.SymFresh && r.Fact&summary.Own != 0 {
			a.st.Facts.Set(s, a.st.Facts.At(s)|domain.Own)
		}
		if s == nil {
			if r.Fact&summary.NotNil != 0 {
				a.in.DecideNil(a.st, fresh[i], false)
			}
			continue
		}
		if r.Fact&summary.Presumed != 0 {
			a.st.Facts.Set(s, a.st.Facts.At(s)|domain.Presumed)
		}
		if r.Fact&summary.OfNone != 0 {
			a.st.Facts.Set(s, a.st.Facts.At(s)|domain.OfNone)
		}
		wraps := r.Fact&(summary.Nil|summary.NotNil) == 0 && s.Kind == domain.SymFresh && gotypes.IsError(a.c.Sig.Results().At(i).Type()) && a.in.isGivenError(a.st, a.c)
		if (r.Fact&summary.NotNil != 0 || wraps) && !a.in.LearnNil(a.st, s, false) {
			a.st.Facts.Set(s, a.st.Facts.At(s)|domain.NotNil) // it guards nothing on this way out, and is there all the same
		}
		if asked := a.in.askedError(a.st, a.c); asked != nil && s.Kind == domain.SymFresh && len(o.Loans) == 0 {
			fresh[i] = domain.Value{a.in.AnswerOf(asked, a.c.Site())}
		}
	}
	return fresh
}

// needsType reports whether r is a parameter only where that has a dynamic type
// of which nothing is known here: bufio.NewReader returns what it is given if
// that is a *bufio.Reader. What it is then is not known.
func (a *application) needsType(o summary.Outcome, r summary.Result) bool {
	return slices.ContainsFunc(o.Params, func(p summary.ParamFact) bool {
		if p.Type == "" || p.IsTest() || !slices.Contains(r.Alias, p.Path) && !slices.Contains(r.From, p.Path) {
			return false
		}
		s := a.value(p.Path, nil).One()
		if s == nil {
			return true
		}
		known, _ := interp.HasType(a.st, s, p.Type)
		return !known
	})
}

// nothing is result i where it is nil. If on another way out it would be the
// value of a loan, that loan is absent here; unless the callee answers with an
// error, too, of which nothing is known: then it most likely says so.
func (a *application) nothing(s *summary.Summary, o summary.Outcome, i int, fresh domain.Value) domain.Value {
	absentLoan, unsure := false, false
	for n, r := range o.Results {
		unsure = unsure || n != i && r.Fact&(summary.Nil|summary.NotNil) == 0 && gotypes.IsError(a.c.Sig.Results().At(n).Type())
	}
	for _, o := range s.Outcomes {
		for _, t := range o.Loans {
			if !slices.Contains(t.Values, summary.Path("r"+strconv.Itoa(i))) || domain.Kind(t.Kind) != domain.Acquired && domain.Kind(t.Kind) != domain.MayNil {
				continue
			}
			absentLoan = a.absent(t, fresh[0], unsure) || absentLoan
		}
	}
	if !absentLoan {
		return domain.Value{a.in.NilSymbol()}
	}
	a.in.LearnNil(a.st, fresh[0], true)
	return fresh
}

// sameNothing is result i, which is nil, where it is what was passed: of what an access has not given it is known still that it
// has not given it.
func (a *application) sameNothing(o summary.Outcome, r summary.Result, i int, none domain.Value) domain.Value {
	if len(r.Alias) != 1 || len(r.From) > 0 || r.Other {
		return none
	}
	v := a.alias(o, r, a.c.Sig.Results().At(i).Type())
	s := v.One()
	if s == nil || len(s.AllLoans()) == 0 {
		return none
	}
	if known, isNil := a.in.Nilness(a.st, s); !known || !isNil {
		return none
	}
	return v
}

// fill puts the parameters where the callee stored them in its results.
func (a *application) fill(o summary.Outcome, results []domain.Value) {
	for _, e := range o.Effects {
		if e.Kind != summary.Store || !e.To.IsResult() {
			continue
		}
		v := a.value(e.Path, nil)
		if _, i, _ := e.To.Root(); i < len(results) && gotypes.IsError(a.c.Sig.Results().At(i).Type()) {
			v = errorsIn(v)
		}
		if len(v) == 0 {
			continue
		}
		found := false
		for _, t := range a.place(e.To, results) {
			if t.Kind == domain.SymAddr || t.Kind == domain.SymField || t.Kind == domain.SymFresh {
				a.st.Mem.Set(t, domain.Cell{V: a.besides(e, t, v), Pos: a.c.Pos, By: a.c.Site()})
				a.in.Settle(a.st, t.Object(), a.c) // what leads there from the result
				found = found || !isCopied(t)
			}
		}
		if !found {
			a.in.share(a.st, v, a.c) // it is somewhere in the result: in an element, say
		}
	}
}

// besides is v, which the effect e puts at t in a result, with all else that may be there: what is on a loan that the callee has handed
// out, what other effects put there, and something of which nothing is known.
func (a *application) besides(e summary.Effect, t *domain.Symbol, v domain.Value) domain.Value {
	if !e.May {
		return v
	}
	c, known := a.st.Mem.Get(t)
	have := c.V
	switch {
	case known:
	case t.Kind == domain.SymAddr:
		have = a.st.At(a.in.Machine, t)
	default:
		have = domain.Value{t}
	}
	typ := t.Typ
	if t.Kind == domain.SymAddr {
		typ = gotypes.Deref(typ)
	}
	if !known && !slices.ContainsFunc(have, func(s *domain.Symbol) bool { return len(s.AllLoans()) > 0 }) {
		have = domain.Value{a.in.Unknown(a.c.Site(), typ)}
	}
	return a.in.Bounded(t, have.Union(v), typ)
}

// isCopied reports whether a is in something that was read out of another: to put something
// there puts nothing into the other.
func isCopied(a *domain.Symbol) bool {
	for ; a != nil; a = a.Key.Base {
		if a.Kind == domain.SymDerived || a.IsLost() {
			return true
		}
	}
	return false
}

// errorsIn drops from v what is no error: an error that a callee made holds
// the errors it wraps, and of everything else no more than what it printed.
func errorsIn(v domain.Value) domain.Value {
	return slices.DeleteFunc(slices.Clone(v), func(s *domain.Symbol) bool {
		return !s.IsNil() && s.Typ != nil && !types.IsInterface(s.Typ) && !types.Implements(s.Typ, errorInterface)
	})
}

var errorInterface = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// place is the address that path names in the results. What stands behind an
// interface has fields that nobody here can name, but hold all the same.
func (a *application) place(p summary.Path, results []domain.Value) domain.Value {
	_, i, steps := p.Root()
	if steps == "" { // the object that a result points to, as a whole
		if i >= len(results) {
			return nil
		}
		if _, ok := a.c.Sig.Results().At(i).Type().Underlying().(*types.Pointer); !ok {
			return nil
		}
		return results[i]
	}
	if i >= len(results) || !types.IsInterface(a.c.Sig.Results().At(i).Type()) {
		return a.value(p, results)
	}
	field, load, rest := steps.Next()
	s := results[i].One()
	if load || rest != "" || s == nil {
		return nil
	}
	return domain.Value{a.in.Address(s, field, types.NewPointer(types.NewInterfaceType(nil, nil)))}
}

// compareResults makes results the comparisons that they are.
func (a *application) compareResults(o summary.Outcome, results []domain.Value) {
	for i, r := range o.Results {
		if r.Equal[0] != "" && i < len(results) {
			results[i] = a.equal(r, results)
		}
	}
}

// equal is the comparison that a result is.
func (a *application) equal(r summary.Result, results []domain.Value) domain.Value {
	operand := func(p summary.Path) *domain.Symbol {
		if p == "nil" {
			return a.in.NilSymbol()
		}
		return a.value(p, results).One()
	}
	x, y := operand(r.Equal[0]), operand(r.Equal[1])
	if x == nil || y == nil {
		return domain.Value{a.in.Fresh(a.c.Site(), 0, types.Typ[types.Bool])}
	}
	if eq, ok := a.in.Equal(a.st, x, y); ok {
		return domain.Value{a.in.Boolean(eq != r.Differ)}
	}
	op := token.EQL
	if r.Differ {
		op = token.NEQ
	}
	return domain.Value{a.in.Intern(domain.SymbolKey{Kind: domain.SymCompare, Op: op, Base: x, With: y}, types.Typ[types.Bool], nil)}
}

// alias is the result that is one of the parameters, or derived from some.
func (a *application) alias(o summary.Outcome, r summary.Result, t types.Type) domain.Value {
	var v, from domain.Value
	for _, p := range r.Alias {
		of := a.answer(p)
		if slices.ContainsFunc(of, (*domain.Symbol).IsNil) && o.Appends(p) {
			// Something further down has appended to it, and what came out stands in its place.
			of = of.Union(domain.Value{a.in.Unknown(a.c.Site(), t)})
		}
		v = v.Union(of)
	}
	for _, p := range r.From {
		if gotypes.IsString(t) && strings.Contains(string(p), "*") {
			continue // strings that are read out are free (decision 28)
		}
		of := a.answer(p)
		if i := slices.IndexFunc(of, (*domain.Symbol).IsNil); i >= 0 && o.Appends(p) {
			// What was appended to nil is another slice, made by the callee.
			of = slices.Delete(slices.Clone(of), i, i+1).Union(domain.Value{a.in.Unknown(a.c.Site(), t)})
		}
		from = from.Union(of)
	}
	if gotypes.IsError(t) {
		v, from = errorsIn(v), errorsIn(from)
	}
	if len(from) == 0 {
		return v
	}
	if gotypes.IsFunc(t) {
		a.in.MoveGuards(a.st, from) // who calls it, and how often, is not followed
		a.moveGiven(from)
		isParam := func(s *domain.Symbol) bool { return s.Root().Kind == domain.SymParam }
		if !a.in.HoldsLoan(a.st, from) && !slices.ContainsFunc(from, isParam) {
			return v
		}
	}
	for _, s := range from {
		if len(s.AllLoans()) > 0 || s.Root().Kind == domain.SymParam {
			d := a.in.Derived(a.c.Site(), from, t)
			a.in.ShareElements(a.st, d, from)
			return v.Union(domain.Value{d})
		}
	}
	return v.Union(from)
}

// moveGiven says the same of what the caller passed, if that may be what it has to release.
func (a *application) moveGiven(v domain.Value) {
	for _, s := range v {
		if p, ok := s.Path(); ok && s.Typ != nil && (gotypes.IsFunc(s.Typ) || a.in.IsHandleType(s.Typ)) {
			a.st.Affect(summary.Moved, p, summary.Detail{}, a.c.Pos)
		}
	}
}
