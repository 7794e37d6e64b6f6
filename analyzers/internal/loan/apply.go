package loan

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// bySummary performs a call as the summary of the callee has it: one state
// for each way out that the arguments allow.
func (in *interpreter) bySummary(st *state, c *callSite, s *summary.Summary) []returned {
	if slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool { return e.Kind == summary.Join })
	}) {
		in.joined(st) // on the other ways out there was nothing to wait for
	}
	var out []returned
	for n, o := range s.Outcomes {
		branch := st
		if n < len(s.Outcomes)-1 {
			branch = st.clone()
		}
		a := &application{in: in, st: branch, c: c}
		doubted := a.doubted(s, o)
		if !a.possible(o) {
			continue
		}
		// What is released is what was there at the call, whatever the callee
		// puts in its place.
		released := a.released(o)
		a.looks(o)
		in.called(branch, c) // what is passed has been looked at by now (decision 5)
		a.effects(o)
		for _, st := range a.calls(o) {
			b := &application{in: in, st: st, c: c}
			b.releases(o, released, doubted)
			b.failedRelease(s, o)
			results := b.results(s, o)
			for _, l := range o.Loans {
				b.issue(l, results)
			}
			b.compareResults(o, results)
			in.passFailure(st, c, results)
			b.fill(o, results)
			out = append(out, returned{st: st, results: results})
		}
	}
	return in.mergedReturns(c, out)
}

// An application applies one outcome of a callee to a call.
type application struct {
	in *interpreter
	st *state
	c  *callSite
}

// value is what path names at the call.
func (a *application) value(path summary.Path, results []value) value {
	letter, i, steps := path.Root()
	var v value
	var t types.Type
	switch letter {
	case 'p':
		if i < len(a.c.args) {
			v, t = a.c.args[i], a.c.argTypes[i]
		}
	case 'r':
		if i < len(results) {
			v, t = results[i], a.c.sig.Results().At(i).Type()
		}
	}
	v, _ = a.follow(v, t, steps)
	return v
}

// follow takes the steps of a path from v, of type t.
func (a *application) follow(v value, t types.Type, steps summary.Path) (value, types.Type) {
	m := a.in.machine
	for len(steps) > 0 && len(v) > 0 {
		field, load, rest := steps.Next()
		steps = rest
		if s := v.one(); s != nil && s.typ != nil && (t == nil || types.IsInterface(t)) {
			t = s.typ
		}
		if t == nil {
			return nil, nil
		}
		if load {
			t = deref(t)
			v = a.st.load(m, a.c.site(), v, t)
			continue
		}
		if field <= captureIndex {
			return nil, nil
		}
		ft, isAddr := partType(t, field)
		if ft == nil {
			return nil, nil
		}
		if !isAddr {
			v, t = a.st.part(m, v, field, ft), ft
			continue
		}
		var addrs value
		for _, s := range v {
			if !s.isNil() {
				addrs = addrs.union(value{m.address(s, field, types.NewPointer(ft))})
			}
		}
		v, t = addrs, types.NewPointer(ft)
	}
	return v, t
}

// partType is the type of field (or element) i of t, and whether a path to it
// leads to its address.
func partType(t types.Type, i int) (part types.Type, isAddr bool) {
	u := t.Underlying()
	if p, ok := u.(*types.Pointer); ok {
		u, isAddr = p.Elem().Underlying(), true
	}
	switch u := u.(type) {
	case *types.Struct:
		if i >= 0 && i < u.NumFields() {
			return u.Field(i).Type(), isAddr
		}
	case *types.Array:
		return u.Elem(), isAddr
	case *types.Slice:
		return u.Elem(), true
	case *types.Map:
		return u.Elem(), true
	}
	return nil, false
}

// possible assumes what must hold of the arguments for this way out.
func (a *application) possible(o summary.Outcome) bool {
	for _, p := range o.Params {
		s := a.value(p.Path, nil).one()
		if s == nil {
			continue
		}
		if p.Fact&(summary.Nil|summary.NotNil) != 0 && !a.in.learnNil(a.st, s, p.Fact&summary.Nil != 0) {
			return false
		}
		if p.Fact&(summary.True|summary.False) != 0 && !a.in.learn(a.st, s, p.Fact&summary.True != 0) {
			return false
		}
	}
	return true
}

// allows reports whether o can be the way out, for all that is known before the call.
func (a *application) allows(o summary.Outcome) bool {
	return !slices.ContainsFunc(o.Params, func(p summary.ParamFact) bool {
		s := a.value(p.Path, nil).one()
		if s == nil {
			return false
		}
		isNil, nilKnown := p.Fact&summary.Nil != 0, p.Fact&(summary.Nil|summary.NotNil) != 0
		if known, is := a.in.nilness(a.st, s); known && nilKnown && is != isNil {
			return true
		}
		isTrue, truthKnown := p.Fact&summary.True != 0, p.Fact&(summary.True|summary.False) != 0
		known, is := a.in.truth(a.st, s)
		return known && truthKnown && is != isTrue
	})
}

// looks does what the callee did first of all: look at its parameters, and wait.
func (a *application) looks(o summary.Outcome) {
	for _, e := range o.Effects {
		v := a.value(e.Path, nil)
		switch e.Kind {
		case summary.Deref:
			if e.May {
				a.in.look(a.st, v, a.c.site())
			} else {
				a.in.use(a.st, v, a.c.site())
			}
		case summary.Waits:
			if !e.May {
				a.in.waits(a.st, a.c, v)
			}
		}
	}
	for i, v := range a.c.args {
		// Nobody hands on bytes that are not to be read.
		if sliceOf(a.c.argTypes[i]) != nil && handsOn(o, i) {
			a.in.look(a.st, v, a.c.site())
		}
	}
}

// handsOn reports whether parameter i is returned, kept, or given to somebody.
func handsOn(o summary.Outcome, i int) bool {
	p := summary.Path("p" + strconv.Itoa(i))
	for _, r := range o.Results {
		if slices.Contains(r.Alias, p) || slices.Contains(r.From, p) {
			return true
		}
	}
	return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
		return e.Path == p && (e.Kind == summary.Store || e.Kind == summary.Moved)
	}) && !o.Releases(p)
}

// effects does to the arguments what the callee did to its parameters, but
// for looks and releases.
func (a *application) effects(o summary.Outcome) {
	// What the callee found is what was there at the call; what it stored
	// there in the end is part of what it wrote.
	values := make([]value, len(o.Effects))
	for i, e := range o.Effects {
		values[i] = a.value(e.Path, nil)
	}
	for i, e := range o.Effects {
		if e.Kind == summary.Write {
			a.write(e, values[i])
		}
	}
	for i, e := range o.Effects {
		v := values[i]
		switch e.Kind {
		case summary.Moved:
			a.in.letGo(a.st, v, a.c)
		case summary.Invoke:
			a.invoke(e, v)
		case summary.Fill:
			a.fillElements(e, v)
		case summary.Go:
			if !a.isToken(e.Path) {
				a.in.handOver(a.st, v, a.c.site(), e.To)
			}
		case summary.Store:
			if !strings.HasPrefix(e.To, "r") && !a.isToken(e.Path) {
				a.store(e, v)
			}
		case summary.Event:
			a.event(e, v)
		case summary.Kept:
			a.keepFar(e, v)
		}
	}
}

// isToken reports whether path is a parameter that the callee declares to be a
// token: what is wrong with it is found there.
func (a *application) isToken(path summary.Path) bool {
	letter, i, steps := path.Root()
	f, ok := a.c.obj.(*types.Func)
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
	n, ok := types.Unalias(deref(t)).(*types.Named)
	return ok && a.in.contracts.IsToken(t) && f.Pkg() != n.Obj().Pkg()
}

// doubted lists what is released on one way out and not on another, where it
// depends on the callee's memory which of them is taken: a field of which
// nothing is known here may be fixed elsewhere, and go with what the caller does.
func (a *application) doubted(s *summary.Summary, o summary.Outcome) (paths []summary.Path) {
	for _, p := range s.Outcomes {
		if !a.allows(p) || o.Excludes(p) && !o.ExcludesByMemory(p) {
			continue
		}
		for _, pair := range [][2]summary.Outcome{{o, p}, {p, o}} {
			for _, e := range pair[0].Effects {
				if e.Kind == summary.Release && !pair[1].Releases(e.Path) {
					paths = append(paths, e.Path)
				}
			}
		}
	}
	return paths
}

// releases gives back what the callee gave back, after all else.
func (a *application) releases(o summary.Outcome, what []value, doubted []summary.Path) {
	for _, p := range doubted {
		if !o.Releases(p) {
			a.in.doubtLoans(a.st, a.value(p, nil))
		}
	}
	for i, e := range o.Effects {
		if e.Kind != summary.Release {
			continue
		}
		cl := &contract.Claim{Verb: contract.Release, Idempotent: e.To == "idempotent"}
		if slices.Contains(doubted, e.Path) {
			a.in.releaseDoubted(a.st, a.c, cl, what[i])
			continue
		}
		if e.May {
			a.in.releasePerhaps(a.st, a.c, cl, what[i])
			continue
		}
		a.in.release(a.st, a.c, cl, what[i])
	}
}

// failedRelease gives up the loans that a method of their holder releases,
// where it answers with an error and does not: they may have been released
// before, which is what it keeps track of.
func (a *application) failedRelease(s *summary.Summary, o summary.Outcome) {
	failed := false
	for i, r := range o.Results {
		failed = failed || r.Fact&summary.NotNil != 0 && isError(a.c.sig.Results().At(i).Type())
	}
	if !failed {
		return
	}
	for _, other := range s.Outcomes {
		for _, e := range other.Effects {
			if _, _, steps := e.Path.Root(); e.Kind == summary.Release && steps != "" && !o.Releases(e.Path) {
				a.in.moveGuards(a.st, a.value(e.Path, nil))
			}
		}
	}
}

// write repeats a store of something that the caller cannot name.
func (a *application) write(e summary.Effect, to value) {
	for _, t := range to {
		if t.kind == symConst || !isPointer(t.typ) {
			continue
		}
		v := value{a.in.overwrittenAt(a.c.site(), t)}
		if e.May {
			v = v.union(a.st.at(a.in.machine, t))
		}
		a.in.keep(a.st, value{t}, v, a.c.site())
	}
}

// fillElements repeats a write to the elements of an argument.
func (a *application) fillElements(e summary.Effect, v value) {
	_, i, steps := e.Path.Root()
	args := a.c.instr.Common().Args
	if a.c.instr.Common().IsInvoke() {
		i--
	}
	switch {
	case e.May:
	case e.To == "":
		a.in.write(a.st, v, a.c.site())
	case steps == "" && i >= 0 && i < len(args):
		a.in.appendTo(a.st, v, args[i], a.c.site())
	}
}

// released is what the effects of o that are releases release.
func (a *application) released(o summary.Outcome) []value {
	out := make([]value, len(o.Effects))
	for i, e := range o.Effects {
		if e.Kind == summary.Release {
			out[i] = a.value(e.Path, nil)
		}
	}
	return out
}

// calls executes the functions among the arguments that the callee calls.
func (a *application) calls(o summary.Outcome) []*state {
	states := []*state{a.st}
	for _, e := range o.Effects {
		if e.Kind != summary.Call {
			continue
		}
		cb := &callback{args: a.lent(e)}
		var next []*state
		for _, st := range states {
			b := &application{in: a.in, st: st, c: a.c}
			next = append(next, a.in.runCallback(st, a.c, b.value(e.Path, nil), cb)...)
		}
		states = a.in.merged(next)
	}
	return states
}

// lent are the arguments that the callee lends to a function it calls.
func (a *application) lent(e summary.Effect) []scopedArg {
	var out []scopedArg
	for f := range strings.FieldsSeq(e.To) {
		i, from, _ := strings.Cut(f, ":")
		n, err := strconv.Atoi(i)
		if err != nil {
			continue
		}
		arg := scopedArg{claim: inferred, path: contract.Path{Root: contract.CallbackParam, Index: n}, by: a.c.name()}
		if from != "" {
			arg.owner = a.value(summary.Path(from), nil)
		}
		out = append(out, arg)
	}
	return out
}

// inferred is the claim of what a body was seen to lend.
var inferred = &contract.Claim{Verb: contract.Scoped}

// invoke repeats the call of a method of an interface that the callee was
// given: here it may be known what the interface holds.
func (a *application) invoke(e summary.Effect, v value) {
	in := a.in
	for _, s := range v {
		if p, ok := s.path(); ok && len(in.guardedBy(a.st, s)) == 0 && types.IsInterface(s.typ) {
			a.st.affect(summary.Invoke, p, e.To, a.c.pos)
			continue
		}
		m := in.methodOf(s, e.To)
		if m == nil {
			in.letGo(a.st, value{s}, a.c)
			continue
		}
		c := &callSite{instr: a.c.instr, pos: a.c.pos, sig: m.Signature(), args: []value{{s}}, argTypes: []types.Type{s.typ}, hasRecv: true}
		in.resolveMethod(c, m)
		sum := in.summaryOf(c)
		if sum == nil || in.contractOf(c) != nil {
			in.letGo(a.st, value{s}, a.c)
			continue
		}
		for _, o := range sum.Outcomes {
			for _, f := range o.Effects {
				letter, i, _ := f.Path.Root()
				harmless := f.Kind == summary.Deref || f.Kind == summary.Event || f.Kind == summary.Join || f.Kind == summary.Waits
				if letter == 'p' && i == 0 && !harmless {
					b := &application{in: in, st: a.st, c: c}
					in.letGo(a.st, b.value(f.Path, nil), a.c)
				}
			}
		}
	}
}

// store repeats a store of one parameter into another, or out of sight.
func (a *application) store(e summary.Effect, v value) {
	if e.To == "?" {
		a.in.moveGuards(a.st, v)
		a.in.unknownStore(a.st, v)
		for _, s := range v {
			if p, ok := s.path(); ok {
				a.st.affect(summary.Store, p, "?", a.c.pos)
			}
		}
		return
	}
	to := a.value(summary.Path(e.To), nil)
	if e.To == "g" {
		to = value{a.in.address(a.someGlobal(), 0, types.NewPointer(types.NewInterfaceType(nil, nil)))}
	}
	if e.May {
		for _, t := range to {
			have := a.st.at(a.in.machine, t)
			a.st.mem.set(t, cell{a.in.bounded(t, have.union(v), deref(t.typ)), a.c.pos, a.c.site()})
		}
		a.in.kept(a.st, to, v, a.c.site())
		a.in.moveGuards(a.st, v)
		return
	}
	a.in.keep(a.st, to, v, a.c.site())
}

// someGlobal is some variable of the callee's package.
func (a *application) someGlobal() *symbol {
	return a.in.intern(symbolKey{kind: symGlobal, site: globalOf{a.c.site()}}, nil, nil)
}

// keepFar puts v somewhere into what e.To leads to. Of tokens that is asked
// about: other things are put into collections to be taken out in time.
func (a *application) keepFar(e summary.Effect, v value) {
	in, st := a.in, a.st
	in.moveGuards(st, v)
	if e.To == "g" {
		in.keepTokens(st, v, a.someGlobal(), a.c)
		return
	}
	for _, to := range a.value(summary.Path(e.To), nil) {
		o := to.object()
		switch {
		case o.isToken():
		case o.kind == symAlloc && !st.spilled.at(o):
			in.unknownStore(st, v)
		case to.reachedFrom() != nil:
			in.keepTokens(st, v, to, a.c)
			if root, ok := to.reachedFrom().path(); ok {
				st.reach(v, func(s *symbol) {
					if p, ok := s.path(); ok && isReference(s.typ) {
						st.affect(summary.Kept, p, string(root), a.c.pos)
					}
				})
			}
		}
	}
}

func (a *application) event(e summary.Effect, v value) {
	for l, stand := range a.st.loans.all() {
		if l.kind == borrowed && len(l.until) > 0 && (stand.phase == live || stand.phase == unchecked) {
			a.in.endByEvent(a.st, l, v, e.To, "", a.c.site(), e.May)
		}
	}
	for _, s := range v {
		if p, ok := s.path(); ok {
			a.st.affectPerhaps(e.May, summary.Event, p, e.To, a.c.pos)
		}
	}
}
