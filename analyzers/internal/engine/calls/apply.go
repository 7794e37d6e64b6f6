package calls

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// bySummary performs a call as the summary of the callee has it: one state
// for each way out that the arguments allow.
func (in *Calls) bySummary(st *domain.State, c *interp.CallSite, s *summary.Summary) []interp.Returned {
	if slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool { return e.Kind == summary.Join })
	}) {
		in.Joined(st) // on the other ways out there was nothing to wait for
	}
	in.deadEnds(st, c, s)
	if len(s.Outcomes) == 0 {
		in.Dies(st)
	}
	var out []interp.Returned
	for n, o := range s.Outcomes {
		branch := st
		if n < len(s.Outcomes)-1 {
			branch = st.Clone()
		}
		a := &application{in: in, of: s, st: branch, c: c}
		if !in.Spend(1 + len(o.Effects)*(1+st.Mem.Len()/64)) {
			return nil
		}
		doubted := a.doubted(s, o)
		a.untold = a.untoldWaits(o)
		if !a.possible(o) {
			continue
		}
		// What is released is what was there at the call, whatever the callee
		// puts in its place.
		released, late := a.concerned(o, summary.Release), a.concerned(o, summary.Late)
		a.findElements(o)
		waits := a.holders(o)
		elsewhere := a.releasedElsewhere(o, doubted)
		a.looks(o)
		if !a.tested(o) {
			continue
		}
		in.called(branch, c) // what is passed has been looked at by now (decision 5)
		a.answered(o)
		a.askedThrough(o)
		a.effects(o)
		var reached []*domain.State
		in.Leaving(a.leaving(o, released), func() { reached = a.calls(o) })
		for _, st := range reached {
			for _, w := range waits {
				in.WaitFor(st, c, w)
			}
			b := &application{in: in, of: s, st: st, c: c, elements: a.elements, answers: a.answers, dies: a.dies}
			b.doubtElements(s, o)
			first := releasedFirst(o)
			in.DoubtLoans(st, elsewhere)
			b.releases(o, released, doubted, func(p summary.Path) bool { return first[p] })
			b.looksLate(o, late)
			b.releases(o, released, doubted, func(p summary.Path) bool { return !first[p] })
			b.failedRelease(s, o)
			results := b.results(s, o)
			for _, l := range o.Loans {
				b.issue(o, l, results)
			}
			for _, l := range o.Ended {
				b.leave(l, results)
			}
			b.learn(o)
			b.withheld(o, results)
			b.compareResults(o, results)
			in.passFailure(st, c, results)
			in.asked(st, c, s)
			b.fill(o, results)
			out = append(out, interp.Returned{St: st, Results: results})
		}
	}
	out = in.mergedReturns(c, out)
	in.chosen(c, out)
	return out
}

// An application applies one outcome of a callee to a call.
type application struct {
	in    *Calls
	of    *summary.Summary
	st    *domain.State
	c     *interp.CallSite
	found map[summary.Path]named // see remember
	// elements are, of effects on each element of a collection that is known, what it is done to: by place of the effect.
	elements map[int][]domain.Value
	// answers are what the results are of what there was at the call, whatever the callee put in its place.
	answers map[summary.Path]domain.Value
	// untold are the waits for holders of locks of which it is not told here whether they come, by place of the effect.
	untold map[int]bool
	// dies is set where the callee surely looks at what is nil: what it did besides may never have come.
	dies bool
}

// answered finds what the results name, and the functions that the callee calls, with what it passes to them.
func (a *application) answered(o summary.Outcome) {
	find := func(p summary.Path) {
		if _, _, steps := p.Root(); steps == "" {
			return // what was passed is the same before and after
		}
		if a.answers == nil {
			a.answers = make(map[summary.Path]domain.Value)
		}
		if _, ok := a.answers[p]; !ok {
			a.answers[p] = a.value(p, nil)
		}
	}
	for _, r := range o.Results {
		for _, p := range slices.Concat(r.Alias, r.From, []summary.Path{r.Over}) {
			find(p)
		}
	}
	for _, e := range o.Effects {
		if e.Kind != summary.Call {
			continue
		}
		find(e.Path)
		for x := range e.Args.All() {
			if x.Path != "" {
				find(x.Path)
			}
		}
	}
}

// answer is what path, which a result is, or is derived from, named at the call.
func (a *application) answer(path summary.Path) domain.Value {
	if v, ok := a.answers[path]; ok {
		return v
	}
	return a.value(path, nil)
}

// A named value is what a path names, with the type by which it was reached.
type named struct {
	v domain.Value
	t types.Type
}

// remember keeps what paths were found to name, until the function that it returns is called: as
// long as nothing is stored. Most paths of a callee begin as others of it do.
func (a *application) remember() (forget func()) {
	a.found = make(map[summary.Path]named)
	return func() { a.found = nil }
}

// pointerToAny is the type of the address of a variable whose type is not known.
var pointerToAny = types.NewPointer(types.NewInterfaceType(nil, nil))

// effects does to the arguments what the callee did to its parameters, but
// for looks and releases.
func (a *application) effects(o summary.Outcome) {
	// What the callee found is what was there at the call; what it stored
	// there in the end is part of what it wrote.
	values, places := make([]domain.Value, len(o.Effects)), make([]domain.Value, len(o.Effects))
	forget := a.remember()
	for i, e := range o.Effects {
		switch e.Kind {
		case summary.Write, summary.Moved, summary.Invoke, summary.Fill, summary.Go, summary.Store, summary.Event, summary.Kept, summary.Given:
			values[i] = a.value(e.Path, nil)
		}
		if e.Kind == summary.Store || e.Kind == summary.Write && e.To != "" {
			places[i] = a.value(e.To, nil)
		}
	}
	forget()
	done := make(map[summary.Path]bool) // slices to which something was appended: no more is to be said of them
	for i, e := range o.Effects {
		if e.Kind == summary.Fill && e.To != "" && a.appended(e, values[i]) {
			done[e.Path] = true
		}
	}
	isDone := func(p summary.Path) bool { return done[p] || done[p.Place()] || done[p.Load()] || done[elementOf(p)] }
	for i, e := range o.Effects {
		if e.Kind == summary.Write {
			a.write(e, values[i], a.written(e, places[i]))
		}
	}
	for i, e := range o.Effects {
		v := values[i]
		if e.Kind == summary.Store && isDone(e.To) || e.Kind == summary.Fill && done[e.Path] {
			continue
		}
		switch e.Kind {
		case summary.Moved:
			if e.Path.IsGlobal() {
				for _, s := range v {
					a.in.Unlocked(a.st, a.c, s)
				}
			}
			a.in.letGo(a.st, v, a.c)
		case summary.Invoke:
			a.invoke(e, v)
		case summary.Fill:
			a.fillElements(e, v)
		case summary.Go:
			switch {
			case a.isToken(e.Path):
			case e.May || a.isOwnGoroutine(e.Path):
				a.in.HandOverPerhaps(a.st, v, a.c.Site(), e.Way)
			default:
				a.in.HandOver(a.st, v, a.c.Site(), e.Way)
				if e.Way == summary.OnChannel {
					a.in.PutFar(a.st, v, a.c.Site())
				}
			}
		case summary.Store:
			if len(v) > 0 {
				a.storeInMemory(e, v, places[i])
			}
		case summary.Event:
			a.event(e, v)
		case summary.Kept:
			a.keepFar(e, v)
		case summary.Given:
			a.give(e, v)
		}
	}
	for i, e := range o.Effects {
		if e.Kind == summary.Store && len(values[i]) == 0 && !isDone(e.To) {
			a.storeInMemory(e, nil, places[i])
		}
	}
}

// isOwnGoroutine reports whether path leads from the receiver of a method of another module: what a value gives to goroutines of
// its own, it looks after. When those have ended is said by the library, and not in its types: a writer that has failed has none.
func (a *application) isOwnGoroutine(path summary.Path) bool {
	letter, i, _ := path.Root()
	f, ok := a.c.Obj.(*types.Func)
	return ok && a.c.HasRecv && letter == 'p' && i == 0 && a.in.isOfOtherModule(f.Pkg())
}

// isOfOtherModule reports whether pkg is of another module than the package is, as far as that is known.
func (in *Calls) isOfOtherModule(pkg *types.Package) bool {
	m := in.Pass.Module
	return m != nil && m.Path != "" && m.Path != "std" && pkg != nil && pkg.Path() != m.Path && !strings.HasPrefix(pkg.Path(), m.Path+"/")
}

// elementOf is the collection of which p is an element; p itself if it is none.
func elementOf(p summary.Path) summary.Path {
	return summary.Path(strings.TrimSuffix(string(p), string(summary.Path("").Field(domain.ElementIndex))))
}

// storeInMemory repeats a store into memory of the caller's, at to.
func (a *application) storeInMemory(e summary.Effect, v, to domain.Value) {
	if !e.To.IsResult() && !a.isToken(e.Path) {
		a.store(e, v, to)
	}
}

// isToken reports whether path is a parameter that the callee declares to be a
// token: what is wrong with it is found there.
func (a *application) isToken(path summary.Path) bool {
	letter, i, steps := path.Root()
	f, ok := a.c.Obj.(*types.Func)
	if !ok || letter != 'p' || steps != "" {
		return false
	}
	sig := f.Origin().Signature()
	if sig.Recv() != nil {
		i--
	}
	if i < 0 || i >= sig.Params().Len() {
		return false
	}
	t := sig.Params().At(i).Type()
	n, ok := types.Unalias(gotypes.Deref(t)).(*types.Named)
	return ok && a.in.Contracts.IsToken(t) && f.Pkg() != n.Obj().Pkg()
}

// write repeats a store at to: of what, a test or a flag; or of something that the caller cannot name, where it is nil.
func (a *application) write(e summary.Effect, to domain.Value, what *domain.Symbol) {
	for _, t := range to {
		if t.Kind == domain.SymConst || t.Kind != domain.SymGlobal && !gotypes.IsPointer(t.Typ) {
			continue
		}
		v := domain.Value{a.in.OverwrittenAt(a.c.Site(), t)}
		if what != nil {
			v = domain.Value{what}
			if e.May {
				a.in.AskedElsewhere(a.st, what)
			}
		}
		if e.May {
			v = v.Union(a.st.At(a.in.Machine, t))
		}
		a.in.Keep(a.st, domain.Value{t}, v, a.c.Site())
		if e.May {
			c := a.st.Mem.At(t)
			c.Perhaps = true
			a.st.Mem.Set(t, c)
		}
	}
}

// written is what the callee stored, where that is a test for nil of x, or a flag that stood there at the call, or its opposite.
func (a *application) written(e summary.Effect, of domain.Value) *domain.Symbol {
	x := of.One()
	if x == nil {
		return nil
	}
	op := token.EQL
	switch e.Method {
	case summary.Copied:
		return x
	case summary.Negated:
		return a.in.Not(a.st, x)
	case token.NEQ.String():
		op = token.NEQ
	case token.EQL.String():
	default:
		return nil
	}
	if x.Kind == domain.SymConst {
		return nil
	}
	return a.in.Intern(domain.SymbolKey{Kind: domain.SymCompare, Op: op, Base: x, With: a.in.NilSymbol()}, types.Typ[types.Bool], nil)
}

// give moves those of v that are of the type in question. Of what is not known, the callers are told.
func (a *application) give(e summary.Effect, v domain.Value) {
	for _, s := range v {
		known, is := interp.HasType(a.st, s, e.Method)
		switch p, ok := s.Path(); {
		case is:
			a.in.move(a.st, domain.Value{s}, false)
		case !known && ok:
			a.st.AffectPerhaps(e.May, summary.Given, p, summary.Detail{Method: e.Method}, a.c.Pos)
		}
	}
}

// fillElements repeats a write to the elements of an argument.
func (a *application) fillElements(e summary.Effect, v domain.Value) {
	_, i, steps := e.Path.Root()
	args := a.c.Instr.Common().Args
	if a.c.Instr.Common().IsInvoke() {
		i--
	}
	a.forgetElements(v)
	switch {
	case e.May:
		a.fillPerhaps(e, v)
	case e.Way != summary.Appended:
		a.in.Write(a.st, v, a.c.Site())
	case steps == "" && i >= 0 && i < len(args):
		a.in.AppendTo(a.st, v, args[i], a.c.Site())
	default:
		a.in.AppendTo(a.st, v, nil, a.c.Site())
	}
}

// fillPerhaps tells the callers of the function that something was perhaps put into v, or behind its end: if v is
// nil, there is another slice in its place then.
func (a *application) fillPerhaps(e summary.Effect, v domain.Value) {
	for _, s := range v {
		if p, ok := s.Path(); ok {
			a.st.AffectPerhaps(true, summary.Fill, p, summary.Detail{Way: e.Way}, a.c.Pos)
		}
	}
}

// forgetElements adds to what collections hold something of which nothing is known.
func (a *application) forgetElements(v domain.Value) {
	a.st.Blur(a.in.Machine, v)
	for _, s := range v {
		if s.Kind != domain.SymAlloc || s.Typ == nil {
			continue
		}
		elem, ok := gotypes.Deref(s.Typ).Underlying().(interface{ Elem() types.Type })
		if !ok || !gotypes.IsReference(elem.Elem()) {
			continue
		}
		at := a.in.Address(s, domain.ElementIndex, types.NewPointer(elem.Elem()))
		c := a.st.Mem.At(at)
		c.V = a.in.Bounded(at, c.V.Union(domain.Value{a.in.OverwrittenAt(a.c.Site(), at)}), elem.Elem())
		c.Pos, c.By, c.Perhaps = a.c.Pos, a.c.Site(), true
		a.st.Mem.Set(at, c)
	}
}

func (a *application) event(e summary.Effect, v domain.Value) {
	for l, stand := range a.st.Loans.All() {
		if l.Kind == domain.Borrowed && len(l.Until) > 0 && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked) {
			a.in.EndByEvent(a.st, l, v, e.Method, "", a.c.Site(), e.May)
		}
	}
	for _, s := range v {
		if p, ok := s.Path(); ok {
			a.st.AffectPerhaps(e.May, summary.Event, p, e.Detail, a.c.Pos)
		}
	}
}
