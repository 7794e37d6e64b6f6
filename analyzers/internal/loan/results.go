package loan

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// results makes the results of the call: what the outcome says they are.
func (a *application) results(s *summary.Summary, o summary.Outcome) []value {
	fresh := a.in.freshResults(a.c)
	for i, r := range o.Results {
		if i >= len(fresh) {
			break
		}
		if r.Fact&summary.Nil != 0 && isNillable(a.c.sig.Results().At(i).Type()) {
			fresh[i] = a.nothing(s, i, fresh[i])
			continue
		}
		if r.Fact&(summary.True|summary.False) != 0 {
			fresh[i] = value{a.in.boolean(r.Fact&summary.True != 0)}
			continue
		}
		if r.Const != "" {
			fresh[i] = value{a.in.constantValue(constant.MakeFromLiteral(r.Const, token.INT, 0), a.c.sig.Results().At(i).Type())}
			continue
		}
		if v := a.alias(r, a.c.sig.Results().At(i).Type()); v != nil {
			fresh[i] = v
		}
		if s := fresh[i].one(); s != nil && r.Fact&summary.NotNil != 0 {
			a.in.learnNil(a.st, s, false)
		}
	}
	return fresh
}

// nothing is result i where it is nil. If on another way out it would be the
// value of a loan, that loan is absent here.
func (a *application) nothing(s *summary.Summary, i int, fresh value) value {
	absentLoan := false
	for _, o := range s.Outcomes {
		for _, t := range o.Loans {
			if !slices.Contains(t.Values, summary.Path("r"+strconv.Itoa(i))) || kind(t.Kind) != acquired && kind(t.Kind) != mayNil {
				continue
			}
			l := a.loan(t)
			attach(&fresh[0].loans, l)
			if _, ok := a.st.loans.get(l); !ok {
				a.st.loans.set(l, standing{phase: absent})
				absentLoan = true
			}
		}
	}
	if !absentLoan {
		return value{a.in.nilSymbol()}
	}
	a.in.learnNil(a.st, fresh[0], true)
	return fresh
}

// fill puts the parameters where the callee stored them in its results.
func (a *application) fill(o summary.Outcome, results []value) {
	for _, e := range o.Effects {
		if e.Kind != summary.Store || !strings.HasPrefix(e.To, "r") {
			continue
		}
		v := a.value(e.Path, nil)
		if _, i, _ := summary.Path(e.To).Root(); i < len(results) && isError(a.c.sig.Results().At(i).Type()) {
			v = errorsIn(v)
		}
		if len(v) == 0 {
			continue
		}
		for _, t := range a.place(summary.Path(e.To), results) {
			if t.kind == symAddr || t.kind == symField {
				a.st.mem.set(t, cell{v, a.c.pos, a.c.site()})
			}
		}
	}
}

// errorsIn drops from v what is no error: an error that a callee made holds
// the errors it wraps, and of everything else no more than what it printed.
func errorsIn(v value) value {
	return slices.DeleteFunc(slices.Clone(v), func(s *symbol) bool {
		return s.typ != nil && !types.IsInterface(s.typ) && !types.Implements(s.typ, errorInterface)
	})
}

var errorInterface = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// place is the address that path names in the results. What stands behind an
// interface has fields that nobody here can name, but hold all the same.
func (a *application) place(p summary.Path, results []value) value {
	_, i, steps := p.Root()
	if steps == "" {
		return nil
	}
	if i >= len(results) || !types.IsInterface(a.c.sig.Results().At(i).Type()) {
		return a.value(p, results)
	}
	field, load, rest := steps.Next()
	s := results[i].one()
	if load || rest != "" || s == nil {
		return nil
	}
	return value{a.in.address(s, field, types.NewPointer(types.NewInterfaceType(nil, nil)))}
}

// compareResults makes results the comparisons that they are.
func (a *application) compareResults(o summary.Outcome, results []value) {
	for i, r := range o.Results {
		if r.Equal[0] != "" && i < len(results) {
			results[i] = a.equal(r, results)
		}
	}
}

// equal is the comparison that a result is.
func (a *application) equal(r summary.Result, results []value) value {
	operand := func(p summary.Path) *symbol {
		if p == "nil" {
			return a.in.nilSymbol()
		}
		return a.value(p, results).one()
	}
	x, y := operand(r.Equal[0]), operand(r.Equal[1])
	if x == nil || y == nil {
		return value{a.in.fresh(a.c.site(), 0, types.Typ[types.Bool])}
	}
	if eq, ok := a.in.equal(a.st, x, y); ok {
		return value{a.in.boolean(eq != r.Differ)}
	}
	op := token.EQL
	if r.Differ {
		op = token.NEQ
	}
	return value{a.in.intern(symbolKey{kind: symCompare, op: op, base: x, with: y}, types.Typ[types.Bool], nil)}
}

// alias is the result that is one of the parameters, or derived from some.
func (a *application) alias(r summary.Result, t types.Type) value {
	var v, from value
	for _, p := range r.Alias {
		v = v.union(a.value(p, nil))
	}
	for _, p := range r.From {
		if isString(t) && strings.Contains(string(p), "*") {
			continue // strings that are read out are free (decision 28)
		}
		from = from.union(a.value(p, nil))
	}
	if isError(t) {
		v, from = errorsIn(v), errorsIn(from)
	}
	if len(from) == 0 {
		return v
	}
	if isFunc(t) {
		a.in.moveGuards(a.st, from) // who calls it, and how often, is not followed
		isParam := func(s *symbol) bool { return s.root().kind == symParam }
		if !a.in.holdsLoan(a.st, from) && !slices.ContainsFunc(from, isParam) {
			return v
		}
	}
	for _, s := range from {
		if len(s.allLoans()) > 0 || s.root().kind == symParam {
			d := a.in.derived(a.c.site(), from, t)
			a.in.shareElements(a.st, d, from)
			return v.union(value{d})
		}
	}
	return v.union(from)
}

// loan is the loan that t is at this call: the same on every way out.
func (a *application) loan(t summary.Loan) *loan {
	in := a.in
	return in.loanOf(loanKey{site: a.c.site(), claim: -2, variant: t.What + " " + t.Name + " " + string(slices.Concat(t.Values, t.Guards)[0])}, func(l *loan) {
		l.kind, l.pos, l.what = kind(t.Kind), a.c.pos, a.c.name()
		l.setFlags(t.Flags)
		l.op = contract.Op(t.Op)
		for _, u := range t.Until {
			l.until = append(l.until, parseEvent(u))
		}
		l.name = t.Name
		if len(t.Values) > 0 {
			if letter, i, _ := t.Values[0].Root(); letter == 'r' {
				if name := in.names.result(a.c.instr, i); name != "" {
					l.name = name
				}
			}
		}
		l.claim = &contract.Claim{}
	})
}

// issue begins a loan that the callee took for its caller.
func (a *application) issue(t summary.Loan, results []value) {
	if kind(t.Kind) == acquired && !slices.ContainsFunc(t.Guards, func(p summary.Path) bool { return len(a.guard(p, results)) > 0 }) {
		return // its guard is where nobody here can name it: behind an interface
	}
	l := a.loan(t)
	a.settle(t.Values, results)
	a.settle(t.Guards, results)
	stand := standing{phase: phase(t.Phase)}
	for _, p := range t.Values {
		for _, s := range a.value(p, results) {
			if s.kind != symConst {
				attach(&s.loans, l)
			}
		}
	}
	for _, p := range t.Guards {
		for _, s := range a.guard(p, results) {
			if s.kind != symConst {
				attach(&s.guards, l)
			}
		}
	}
	for _, p := range t.Owner {
		stand.owner = stand.owner.union(a.value(p, results))
	}
	l.fromScope = l.fromScope || isFromScope(stand.owner)
	if t.Cond != "" {
		l.cond = a.value(t.Cond, results)
	}
	a.st.loans.set(l, stand)
}

// settle puts what paths name in memory, where it can be found from the
// objects that hold it.
func (a *application) settle(paths []summary.Path, results []value) {
	for _, p := range paths {
		for _, s := range a.value(p, results) {
			for s != nil && (s.kind == symContent || s.kind == symField) {
				at := s
				if s.kind == symContent {
					at = s.key.base
				}
				if _, ok := a.st.mem.get(at); !ok {
					a.st.mem.set(at, cell{value{s}, a.c.pos, a.c.site()})
				}
				if s = at.object(); s == at {
					break
				}
			}
		}
	}
}

// guard is the guard that path names; what a closure captures is released by
// calling the closure.
func (a *application) guard(p summary.Path, results []value) value {
	s := string(p)
	if i := strings.Index(s, ".-"); i >= 0 && !strings.HasPrefix(s[i:], ".-1") {
		p = summary.Path(s[:i])
	}
	v := a.value(p, results)
	return slices.Clone(v)
}

// globalOf is a variable that a callee stored to, and nobody here can name.
type globalOf struct{ site any }

func parseEvent(s string) contract.Event {
	var e contract.Event
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		e.Type, s = s[:i], s[i+1:]
	}
	e.Name, e.Prefix = strings.CutSuffix(s, "*")
	return e
}
