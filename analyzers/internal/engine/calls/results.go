package calls

import (
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// results makes the results of the call: what the outcome says they are.
func (a *application) results(s *summary.Summary, o summary.Outcome) []domain.Value {
	fresh := a.in.FreshResults(a.c)
	for i, r := range o.Results {
		if i >= len(fresh) {
			break
		}
		fresh[i][0].Found = fresh[i][0].Found || r.Found
		if r.Fact&summary.Nil != 0 && gotypes.IsNillable(a.c.Sig.Results().At(i).Type()) {
			fresh[i] = a.nothing(s, o, i, fresh[i])
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
			continue
		}
		if v := a.alias(o, r, a.c.Sig.Results().At(i).Type()); v != nil {
			if r.Other {
				v = v.Union(fresh[i])
			}
			fresh[i] = v
		}
		s := fresh[i].One()
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
		if r.Fact&summary.NotNil != 0 || wraps {
			a.in.LearnNil(a.st, s, false)
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

// learn adds what is known of what the callee left in memory of its caller's.
func (a *application) learn(o summary.Outcome) {
	for _, p := range o.Left {
		s := a.value(p.Path, nil).One()
		if s == nil || s.Kind != domain.SymFresh || s.Old {
			continue
		}
		if p.Fact&(summary.Nil|summary.NotNil) != 0 {
			a.in.LearnNil(a.st, s, p.Fact&summary.Nil != 0)
		}
		if p.Fact&summary.Nil != 0 {
			a.missing(p.Path, s)
		}
		if p.Fact&(summary.True|summary.False) != 0 {
			a.in.Learn(a.st, s, p.Fact&summary.True != 0)
		}
	}
}

// missing notes that the loan which another way out puts at path, where s now stands, is
// absent.
func (a *application) missing(path summary.Path, s *domain.Symbol) {
	for _, o := range a.of.Outcomes {
		for _, t := range o.Loans {
			if !slices.Contains(t.Values, path) || domain.Kind(t.Kind) != domain.Acquired && domain.Kind(t.Kind) != domain.MayNil {
				continue
			}
			a.absent(t, s, false)
		}
	}
}

// absent puts s on the loan t, which is not there on this way out; it reports whether that is
// so, and not another loan of this callee's stands for t already.
func (a *application) absent(t summary.Loan, s *domain.Symbol, unsure bool) bool {
	l := a.loan(t)
	domain.Attach(&s.Loans, l)
	if _, ok := a.st.Loans.Get(l); ok {
		return false
	}
	a.st.Loans.Set(l, domain.Standing{Phase: domain.Absent, Unsure: unsure})
	return true
}

// withheld notes what another way out would have put on loan, and this one has not: whether
// there is something to look at then, nobody has said.
func (a *application) withheld(o summary.Outcome, results []domain.Value) {
	for _, other := range a.of.Outcomes {
		for _, t := range other.Loans {
			if domain.Kind(t.Kind) != domain.Acquired || slices.ContainsFunc(o.Loans, func(has summary.Loan) bool { return slices.Equal(has.Values, t.Values) }) {
				continue
			}
			if t.Flags&domain.FlagNilable != 0 {
				for _, p := range t.Values {
					if s := a.value(p, results).One(); a.isMade(s) {
						a.absent(t, s, true)
					} else if a.isNothing(s) && o.ExcludesByResults(other) && !a.mayHaveFailed(o) {
						a.leftNil(t, p)
					}
				}
			}
			if t.Flags&domain.FlagNilGuard != 0 {
				a.withheldGuards(t, results)
			}
		}
	}
}

// mayHaveFailed reports whether the callee answers with an error of which nothing is known.
func (a *application) mayHaveFailed(o summary.Outcome) bool {
	for i, r := range o.Results {
		if r.Fact&(summary.Nil|summary.NotNil) == 0 && gotypes.IsError(a.c.Sig.Results().At(i).Type()) {
			return true
		}
	}
	return false
}

// isNothing reports whether s is nil, or what an earlier round of a loop has found to be nil.
func (a *application) isNothing(s *domain.Symbol) bool {
	if s == nil || s.IsNil() || !s.Old || len(s.AllLoans()) == 0 {
		return s != nil && s.IsNil()
	}
	return !slices.ContainsFunc(s.AllLoans(), func(l *domain.Loan) bool {
		stand, ok := a.st.Loans.Get(l)
		return !ok || !l.Nilable || stand.Phase != domain.Absent
	})
}

// leftNil puts what is nil at path, in the caller's memory, on the loan t: another way out would have put a value of
// that there, and this one, which its answer tells from the other, has put nothing.
func (a *application) leftNil(t summary.Loan, path summary.Path) {
	at := a.holder(path)
	if at == nil || at.Old || at.Kind == domain.SymConst || !gotypes.IsPointer(at.Typ) {
		return
	}
	c := a.st.Mem.At(at)
	if c.Perhaps {
		return
	}
	x := a.in.OverwrittenAt(a.c.Site(), at)
	a.in.LearnNil(a.st, x, true)
	if a.absent(t, x, false) {
		c.V = domain.Value{x}
		a.st.Mem.Set(at, c)
	}
}

// withheldGuards notes the same of what would have guarded t.
func (a *application) withheldGuards(t summary.Loan, results []domain.Value) {
	l := a.loan(t)
	for _, p := range t.Guards {
		s := a.guard(p, results).One()
		if stand, ok := a.st.Loans.Get(l); !a.isMade(s) || ok && stand.Phase != domain.Absent {
			continue
		} else if !ok {
			a.st.Loans.Set(l, domain.Standing{Phase: domain.Absent, Unsure: true})
		}
		domain.Attach(&s.Guards, l)
	}
}

// isMade reports whether s is what the callee made, or lies in it.
func (a *application) isMade(s *domain.Symbol) bool {
	return s != nil && !s.Old && (s.Kind == domain.SymFresh || s.Kind == domain.SymField) && a.isTheirs(s)
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

// loan is the loan that t is at this call: the same on every way out.
func (a *application) loan(t summary.Loan) *domain.Loan {
	in := a.in
	return in.LoanOf(domain.LoanKey{Site: a.c.Site(), Claim: -2, Variant: strconv.Itoa(int(t.Kind)) + " " + t.What + " " + t.Name + " " + string(slices.Concat(t.Values, t.Guards)[0])}, func(l *domain.Loan) {
		l.Kind, l.Pos, l.What = domain.Kind(t.Kind), a.c.Pos, a.c.Name()
		l.SetFlags(t.Flags)
		l.Op = contract.Op(t.Op)
		for _, u := range t.Until {
			l.Until = append(l.Until, parseEvent(u))
		}
		l.Name = t.Name
		if len(t.Values) > 0 {
			if name := a.placeName(t.Values[0]); name != "" {
				l.Name = name
			}
			if letter, i, _ := t.Values[0].Root(); letter == 'r' {
				if name := in.Names.Result(a.c.Instr, i); name != "" {
					l.Name = name
				}
			}
		}
		l.Claim = &contract.Claim{}
	})
}

// placeName is what people call the place, in memory that they passed, that path
// leads to: the variable x for &x, or a field of it.
func (a *application) placeName(path summary.Path) string {
	letter, i, steps := path.Root()
	if letter != 'p' || i >= len(a.c.ArgTypes) {
		return ""
	}
	name := strings.TrimPrefix(a.in.Names.Argument(a.c.Instr, i), "&")
	t := a.c.ArgTypes[i]
	for name != "" && steps != "" {
		field, load, rest := steps.Next()
		steps = rest
		if load {
			continue
		}
		f := gotypes.FieldOf(t, max(field, 0))
		if f == nil || field < 0 {
			return ""
		}
		name, t = name+"."+f.Name(), f.Type()
	}
	return name
}

// issue begins a loan that the callee took for its caller.
func (a *application) issue(t summary.Loan, results []domain.Value) {
	if domain.Kind(t.Kind) == domain.Acquired && !slices.ContainsFunc(t.Guards, func(p summary.Path) bool { return len(a.guard(p, results)) > 0 }) {
		a.doubt(t) // its guard is where nobody here can name it: behind an interface
		return
	}
	parked, ok := a.placed(t)
	if !ok {
		a.doubt(t)
		return
	}
	l := a.loan(t)
	if l.Mandatory && slices.ContainsFunc(t.Guards, func(p summary.Path) bool { return len(a.guard(p, results)) == 0 }) {
		a.doubt(t) // it stands in a second place, where a release is not seen
		l.Mandatory = false
	}
	if l.Mandatory && len(t.Guards) == 1 {
		if letter, i, steps := t.Guards[0].Root(); letter == 'r' && steps == "" {
			a.in.KeptInContext(a.st, a.c, l, i)
		}
	}
	a.settle(t.Values, results)
	a.settle(t.Guards, results)
	stand := domain.Standing{Phase: domain.Phase(t.Phase), Parked: parked, Asked: t.Flags&domain.FlagAsked != 0}
	if t.Flags&domain.FlagFar != 0 {
		stand.Far = a.c.Site()
	}
	for _, p := range t.Values {
		for _, s := range a.value(p, results) {
			if s.Kind != domain.SymConst {
				l.Hold(s)
			}
		}
	}
	for _, p := range t.Guards {
		for _, s := range a.guard(p, results) {
			if s.Kind == domain.SymConst {
				continue
			}
			domain.Attach(&s.Guards, l)
			if l.Mandatory && !l.NilGuard && stand.Phase == domain.Live && s.Typ != nil && gotypes.IsNillable(s.Typ) {
				a.in.LearnNil(a.st, s, false) // what owes something is there
			}
		}
	}
	for _, p := range t.Owner {
		stand.Owner = stand.Owner.Union(a.value(p, results))
	}
	if l.Kind == domain.Borrowed && len(stand.Owner) == 0 {
		stand.Unsure = true // who has its owner may end it, and is not followed
	}
	l.FromScope = l.FromScope || rules.IsFromScope(stand.Owner)
	if t.Cond != "" {
		l.Cond, l.Op = a.value(t.Cond, results), contract.Op(t.Op)
	}
	a.st.Loans.Set(l, stand)
	a.noteUnless(l)
}

// noteUnless notes what the callee found of bools that were passed where it handed out nothing: when that is known here, l is most
// likely not there.
func (a *application) noteUnless(l *domain.Loan) {
	for _, o := range a.of.Outcomes {
		if len(o.Loans) > 0 || !a.allows(o) {
			continue
		}
		found := make(domain.Findings)
		for _, p := range o.Params {
			f := p.Fact & (summary.True | summary.False)
			if _, _, steps := p.Path.Root(); f == 0 || steps != "" || p.IsTest() {
				continue
			}
			if s := a.value(p.Path, nil).One(); s != nil && s.Kind != domain.SymConst && !s.Old {
				found[s] = domain.Fact(f)
			}
		}
		if len(found) > 0 && !slices.ContainsFunc(l.Unless, func(u domain.Findings) bool { return maps.Equal(u, found) }) {
			l.Unless = append(l.Unless, found)
		}
	}
}

// leave attaches t, which the callee took and ended, to the values of it that the callee left
// behind. Of what stands inside of what it returned it is certain that it is over.
func (a *application) leave(t summary.Loan, results []domain.Value) {
	l, stand := a.loan(t), domain.Standing{Phase: domain.Ended, Unsure: true}
	if domain.Phase(t.Phase) == domain.Ended {
		a.settle(t.Values, results)
		stand.Unsure, stand.Ended, stand.EndedBy = false, a.c.Pos, a.c.Name()
		a.in.Tally.End(l, stand.Ended, stand.EndedBy)
	}
	for _, p := range t.Values {
		s := a.value(p, results).One()
		if a.isMade(s) || !stand.Unsure && s != nil && !s.Old && s.Kind == domain.SymContent && a.isTheirs(s) {
			domain.Attach(&s.Loans, l)
			a.st.Loans.Set(l, stand)
		}
	}
}

// doubt counts that the release of t, which the caller has no name for, is not followed.
func (a *application) doubt(t summary.Loan) {
	if domain.Kind(t.Kind) == domain.Acquired && t.Flags&domain.FlagMandatory != 0 && t.Flags&domain.FlagReference == 0 {
		a.in.DoubtGiven(a.c.Site())
	}
}

// placed reports whether the values and guards of t that the callee put into
// memory of this function's are there now, for certain; and whether that memory
// is, in turn, the memory of its caller.
func (a *application) placed(t summary.Loan) (parked, ok bool) {
	for _, p := range slices.Concat(t.Values, t.Guards) {
		letter, _, _ := p.Root()
		if letter == 'g' {
			if s := a.value(p, nil).One(); s == nil || s.Kind != domain.SymFresh || s.Old {
				return false, false
			}
		}
		if letter != 'p' || domain.Kind(t.Kind) == domain.Acquired && t.Flags&domain.FlagReference != 0 {
			continue
		}
		s := a.value(p, nil).One()
		if s == nil || s.Kind != domain.SymFresh && s.Kind != domain.SymContent || s.Old || !a.isTheirs(s) {
			return false, false
		}
		at := a.holder(p)
		if at == nil {
			return false, false
		}
		if o := at.Object(); !o.Old && (o.Kind == domain.SymAlloc && !a.st.Spilled.At(o) || o.Kind == domain.SymFresh && domain.Kind(t.Kind) == domain.Borrowed) {
			continue // what is only lent there owes nothing, whoever has the object besides
		}
		if !a.in.IsPlace(at) {
			return false, false
		}
		parked = true
	}
	return parked, true
}

// isTheirs reports whether the callee made s, or what leads to it.
func (a *application) isTheirs(s *domain.Symbol) bool { return s.Root().IsMadeAt(a.c.Site()) }

// holder is the address in this function's memory from which what path names is reached, by
// way of what the callee made; nil if that is not known.
func (a *application) holder(path summary.Path) *domain.Symbol {
	for {
		at, isLoad := strings.CutSuffix(string(path), "*")
		if !isLoad {
			return nil
		}
		path = summary.Path(at)
		if s := a.value(path, nil).One(); s == nil || !a.isTheirs(s) {
			return s
		}
	}
}

// settle puts what paths name in memory, where it can be found from the
// objects that hold it.
func (a *application) settle(paths []summary.Path, results []domain.Value) {
	for _, p := range paths {
		for _, s := range a.value(p, results) {
			a.in.Settle(a.st, s, a.c)
		}
	}
}

// guard is the guard that path names; what a closure captures is released by
// calling the closure.
func (a *application) guard(p summary.Path, results []domain.Value) domain.Value {
	s := string(p)
	if i := strings.Index(s, ".-"); i >= 0 && !strings.HasPrefix(s[i:], ".-1") {
		p = summary.Path(s[:i])
	}
	v := a.value(p, results)
	return slices.Clone(v)
}

func parseEvent(s string) contract.Event {
	var e contract.Event
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		e.Type, s = s[:i], s[i+1:]
	}
	e.Name, e.Prefix = strings.CutSuffix(s, "*")
	return e
}
