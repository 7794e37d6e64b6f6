package calls

import (
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A ScopedArg is a parameter of a callback that is on loan while it runs.
type ScopedArg struct {
	Claim *contract.Claim
	Path  contract.Path // rooted in the callback's parameters
	Owner domain.Value
	By    string // who lends it, for messages
}

// A callback is what is known of the calls of one function-typed argument.
type callback struct {
	kept   bool // it may be called after the call: a handler that is registered
	args   []ScopedArg
	passed map[int]domain.Value // what it is called with, as far as the caller can name it
	runs   runs
	// element says that it is called as one of a collection: perhaps only because that may be empty.
	element bool
	// once says that it is not called a second time.
	once bool
	// counts, if set, decides whether it is called at all.
	counts *domain.Symbol
}

// runs is how often a callee calls a function that it was given.
type runs uint8

const (
	anyTimes   runs = iota // a contract says that it is called; not how often
	atLeast1               // the callee was seen to call it on this way out
	onSomeWays             // the callee was seen to call it for reasons of its own
)

// callbacks executes the functions that a contracted call is given, any
// number of times, with their arguments on loan.
func (in *Calls) callbacks(st *domain.State, c *interp.CallSite, ct *contract.Contract, results []domain.Value) []interp.Returned {
	cbs := make(map[int]*callback)
	get := func(p contract.Path) *callback {
		i := -1
		switch p.Root {
		case contract.Param:
			i = in.ArgIndex(c, p.Index)
		case contract.Recv:
			i = 0
		}
		if i < 0 || len(p.Steps) > 0 {
			return nil
		}
		if cbs[i] == nil {
			cbs[i] = &callback{kept: true}
		}
		return cbs[i]
	}
	for n := range ct.Claims {
		cl := &ct.Claims[n]
		if len(cl.Places) == 0 || !in.applies(st, c, cl) {
			continue
		}
		var owner domain.Value
		if cl.From != nil {
			owner = in.PathValue(st, c, *cl.From, results)
		}
		for _, pl := range cl.Places {
			cb := get(pl.Path)
			if cb == nil {
				continue
			}
			switch pl.Kind {
			case contract.Value:
				cb.kept = false
			case contract.Callback:
				for _, a := range pl.Args {
					cb.args = append(cb.args, ScopedArg{cl, a, owner, c.Name()})
				}
			}
		}
	}
	states := []*domain.State{st}
	for i := range c.Args {
		cb := cbs[i]
		if cb == nil || !gotypes.IsFunc(c.ArgTypes[i]) {
			continue
		}
		cb.kept = cb.kept && in.keeps(c, i)
		cb.once = c.Fn != nil && in.callsAtMostOnce(c.Fn, i)
		var next []*domain.State
		for _, st := range states {
			next = append(next, in.runCallback(st, c, c.Args[i], cb)...)
		}
		states = in.Merged(next)
	}
	var out []interp.Returned
	for _, st := range states {
		in.passFailure(st, c, results)
		out = append(out, interp.Returned{St: st, Results: results})
	}
	return out
}

// keeps reports whether the callee may keep its i-th argument, for all that
// is known of its body.
func (in *Calls) keeps(c *interp.CallSite, i int) bool {
	s := in.summaryOf(c)
	if s == nil {
		return true
	}
	for _, o := range s.Outcomes {
		for _, e := range o.Effects {
			letter, n, _ := e.Path.Root()
			if letter == 'p' && n == i && (e.Kind == summary.Moved || e.Kind == summary.Store || e.Kind == summary.Go) {
				return true
			}
		}
	}
	return false
}

// isCallable reports whether s is a function that the caller passed, and not something that
// a function was made of.
func isCallable(s *domain.Symbol) bool {
	return s.Kind != domain.SymDerived && (s.Typ == nil || gotypes.IsFunc(s.Typ))
}

// runCallback executes the function v any number of times.
func (in *Calls) runCallback(st *domain.State, c *interp.CallSite, v domain.Value, cb *callback) []*domain.State {
	s := v.One()
	if s != nil && len(in.GuardedBy(st, s)) > 0 && cb.runs != anyTimes {
		return in.runGuard(st, c, v, cb)
	}
	if fns := several(v); fns != nil {
		out := in.callSeveral(st, fns, func(st *domain.State, s *domain.Symbol) (rs []interp.Returned) {
			for _, st := range in.runCallback(st, c, domain.Value{s}, cb) {
				rs = append(rs, interp.Returned{St: st})
			}
			return rs
		})
		var states []*domain.State
		for _, r := range out {
			states = append(states, r.St)
		}
		return in.Merged(states)
	}
	if s == nil || s.Kind != domain.SymFunc {
		if slices.ContainsFunc(v, func(s *domain.Symbol) bool { return s.Kind == domain.SymFunc }) {
			in.letGo(st, v, c) // one of several functions: what it does is not followed
		}
		for _, s := range v {
			switch p, ok := s.Path(); {
			case !ok:
			case !isCallable(s): // made of what the caller passed: it is not that
				in.letGo(st, domain.Value{s}, c)
			default:
				st.AffectPerhaps(cb.runs == onSomeWays, summary.Call, p, summary.Detail{Args: encodeArgs(cb)}, c.Pos)
			}
		}
		if cb.kept {
			in.share(st, v, c)
		}
		for _, i := range slices.Sorted(maps.Keys(cb.passed)) {
			if _, known := v.NamedByCaller(); !known {
				in.letGo(st, cb.passed[i], c)
			}
		}
		return []*domain.State{st}
	}
	target := &interp.CallSite{Instr: c.Instr, Pos: c.Pos, Callee: v}
	in.resolveSymbol(st, target, s)
	fn := target.Fn
	if fn == nil {
		return []*domain.State{st}
	}
	if fn.Parent() == nil || !in.CanInline(fn) {
		in.program.LendTo(fn, cb.args)
		if cb.kept {
			in.share(st, v, c)
			return []*domain.State{st}
		}
		ran := in.callOnce(st.Clone(), target, cb.passed)
		switch cb.runs {
		case atLeast1:
			return ran
		case onSomeWays:
			if !cb.element {
				in.doubtEnds(ran, st)
			}
		}
		return in.maybe(st, ran)
	}
	out := in.repeat(st, target, cb, func(st *domain.State, f *domain.Frame) { in.enterScope(st, f, cb.args) })
	if cb.kept {
		for _, st := range out {
			in.handTokens(st, v, c)
			in.share(st, v, c)
		}
	}
	return out
}

// runGuard is a callee calling v, a function that is itself a guard.
func (in *Calls) runGuard(st *domain.State, c *interp.CallSite, v domain.Value, cb *callback) []*domain.State {
	byAnswer := slices.ContainsFunc(in.GuardedBy(st, v[0]), func(l *domain.Loan) bool { return rules.Ending(l, v[0]) != nil })
	if cb.runs != atLeast1 || byAnswer { // what it answers there is not known
		in.MoveGuards(st, v)
		return []*domain.State{st}
	}
	sig, _ := v.One().Typ.Underlying().(*types.Signature)
	if sig == nil {
		sig = types.NewSignatureType(nil, nil, nil, nil, nil, false)
	}
	rs, ok := in.AsRelease(st, &interp.CallSite{Instr: c.Instr, Pos: c.Pos, Callee: v, Sig: sig})
	if !ok {
		in.MoveGuards(st, v)
		return []*domain.State{st}
	}
	var out []*domain.State
	for _, r := range rs {
		out = append(out, r.St)
	}
	return out
}

// encodeArgs tells callers what a function of theirs is called with, as
// [Calls.lentArgs] does.
func encodeArgs(cb *callback) (out summary.Args) {
	for _, i := range slices.Sorted(maps.Keys(cb.passed)) {
		if s := cb.passed[i].One(); s != nil {
			if p, ok := s.Path(); ok {
				out = out.With(summary.Arg{Index: i, Path: p})
			}
		}
	}
	for _, a := range cb.args {
		if len(a.Path.Steps) > 0 {
			continue
		}
		var from summary.Path
		if o := a.Owner.One(); o != nil {
			from, _ = o.Path()
		}
		out = out.With(summary.Arg{Index: a.Path.Index, Path: from, Lent: true})
	}
	return out
}

// handTokens notes that v, which is registered as a callback, captures tokens:
// it may be called after their scope, and is given a token of its own.
func (in *Calls) handTokens(st *domain.State, v domain.Value, c *interp.CallSite) {
	st.Reach(v, func(s *domain.Symbol) {
		for _, l := range s.AllLoans() {
			if stand, ok := st.Loans.Get(l); ok && l.Token && stand.Handed == token.NoPos {
				stand.Handed, stand.HandedN = c.Pos, "captured by a callback"
				stand.Runner = rules.FunctionsIn(v)
				pos, _ := in.Names.Start(c.Site())
				stand.Handed = pos
				st.Loans.Set(l, stand)
			}
		}
	})
}

// maxRounds is how often the body of a loop over a function is executed in a
// row, unless its states come to rest before. Other callbacks are executed
// once: whether they are called again is the callee's affair.
const maxRounds = 4

// repeat executes the closure c calls as often as cb says. A yield function
// that returns false is not called again.
func (in *Calls) repeat(st *domain.State, c *interp.CallSite, cb *callback, enter func(*domain.State, *domain.Frame)) []*domain.State {
	all := &interp.Paths{}
	if cb.runs != atLeast1 {
		not := st.Clone()
		if cb.runs == onSomeWays {
			in.MoveGuards(not, c.Callee) // whether there is such a way is not known
		}
		if cb.counts == nil || in.Learn(not, cb.counts, false) {
			all.Add(in.Machine, not, in.Limit())
		}
	}
	if cb.counts != nil && !in.Learn(st, cb.counts, true) {
		return all.States
	}
	frontier := []*domain.State{st}
	var ran []*domain.State
	rounds := 1
	if domain.IsYield(c.Fn) && !cb.once {
		rounds = maxRounds
	}
	for range rounds {
		var next []*domain.State
		for _, f := range frontier {
			target := *c
			target.Sig = c.Fn.Signature
			target.Args = nil
			for i, p := range c.Fn.Params {
				v := domain.Value{in.Fresh(p, 0, p.Type())}
				if passed, ok := cb.passed[i]; ok && len(passed) > 0 {
					v = passed
				}
				target.Args = append(target.Args, v)
			}
			if s := c.Callee.One(); s != nil {
				if mc, ok := s.Key.Site.(*ssa.MakeClosure); ok {
					target.Captures = nil
					for n, b := range mc.Bindings {
						target.Captures = append(target.Captures, in.Captured(f, s, n, b.Type()))
					}
				}
			}
			for _, r := range in.Inline(f.Clone(), &target, enter) {
				in.leaveCallback(r, f)
				in.toCallee(r)
				again := true
				if len(r.Results) == 1 {
					if s := r.Results[0].One(); s != nil && s.IsBool(false) && domain.IsYield(c.Fn) {
						again = false
					}
				}
				in.noteFailure(r, c.Fn)
				ran = append(ran, r.St)
				if all.Add(in.Machine, r.St.Clone(), in.Limit()) && again {
					next = append(next, r.St)
				}
			}
		}
		if len(next) == 0 || in.GaveUp {
			break
		}
		frontier = next
	}
	if cb.runs != atLeast1 && cb.counts == nil {
		in.forgive(all.States, ran)
	}
	if cb.runs == onSomeWays {
		in.doubtEnds(all.States, st)
		for _, st := range all.States {
			in.doubtTests(st, c.Callee)
		}
	}
	return all.States
}

// doubtEnds makes unsure which loans ended since the state entry: they did only
// on some of a callee's ways, for reasons that nobody here knows.
func (in *Calls) doubtEnds(states []*domain.State, entry *domain.State) {
	for _, st := range states {
		for l, stand := range st.Loans.All() {
			was, ok := entry.Loans.Get(l)
			if ok && stand.Phase == domain.Ended && was.Phase != domain.Ended {
				stand.Unsure = true
				st.Loans.Set(l, stand)
			}
		}
	}
}

// doubtTests notes that what the closure fn captures may have been tested in it, or not.
func (in *Calls) doubtTests(st *domain.State, fn domain.Value) {
	st.Reach(fn, func(s *domain.Symbol) { in.Ask(st, s) })
}

// leaveCallback reports the debts that a callback has run up since it was in
// the state entry, and left where nothing leads to them any more.
func (in *Calls) leaveCallback(r interp.Returned, entry *domain.State) {
	var marked *interp.Symbols
	var held map[*domain.Loan]bool
	for l, stand := range r.St.Loans.All() {
		if _, ok := entry.Loans.Get(l); ok || l.Old || !l.Mandatory || l.Reference || l.Lax || stand.Reported || stand.Asked || stand.Phase != domain.Live && stand.Phase != domain.Unchecked {
			continue
		}
		if marked == nil {
			marked = in.Reachable(r.St, r.St.ByObject())
			held = in.handedOut(r.St, r.Results)
		}
		if held[l] || in.isMarked(l, marked) {
			continue
		}
		in.ReportLeak(l, r.Ret)
		in.Mark(r.St, l, stand)
	}
}

// isMarked reports whether a guard of l is marked.
func (in *Calls) isMarked(l *domain.Loan, marked *interp.Symbols) bool {
	for _, s := range marked.List {
		if interp.ContainsLoan(s.Guards, l) || l.Key.Site == any(s) {
			return true
		}
	}
	return false
}

// noteFailure notes that a callback returned an error: whoever called it will,
// too.
func (in *Calls) noteFailure(r interp.Returned, fn *ssa.Function) {
	res := fn.Signature.Results()
	if n := res.Len(); n > 0 && gotypes.IsError(res.At(n-1).Type()) {
		r.St.Failed = in.NeverNil(r.St, r.Results[n-1])
	}
}

// passFailure makes the error that c returned the callback's, if that failed.
func (in *Calls) passFailure(st *domain.State, c *interp.CallSite, results []domain.Value) {
	if !st.Failed {
		return
	}
	st.Failed = false
	if n := c.Sig.Results().Len(); n > 0 && gotypes.IsError(c.Sig.Results().At(n-1).Type()) {
		if s := results[n-1].One(); s != nil && s.Kind == domain.SymFresh {
			in.LearnNil(st, s, false)
		}
	}
}

// callOnce calls a declared function that was handed over.
func (in *Calls) callOnce(st *domain.State, c *interp.CallSite, passed map[int]domain.Value) []*domain.State {
	c.Sig = c.Fn.Signature
	if recv := c.Sig.Recv(); recv != nil && len(c.Args) == 0 { // a method expression: its receiver comes first
		v := domain.Value{in.Fresh(recv, 0, recv.Type())}
		if len(passed[0]) > 0 {
			v = passed[0]
		}
		c.Args, c.ArgTypes, c.HasRecv = []domain.Value{v}, []types.Type{recv.Type()}, true
		shifted := make(map[int]domain.Value)
		for i, v := range passed {
			shifted[i-1] = v
		}
		passed = shifted
	}
	first := len(c.Args)
	for i := range c.Sig.Params().Len() {
		p := c.Sig.Params().At(i)
		v := domain.Value{in.Fresh(p, 0, p.Type())}
		if len(passed[i]) > 0 {
			v = passed[i]
		}
		c.Args = append(c.Args[:first+i:first+i], v)
		c.ArgTypes = append(c.ArgTypes[:first+i:first+i], p.Type())
	}
	var out []*domain.State
	for _, r := range in.perform(st, c) {
		in.toCallee(r)
		out = append(out, r.St)
	}
	return out
}

// toCallee gives what a callback returned to who called it.
func (in *Calls) toCallee(r interp.Returned) {
	for _, v := range r.Results {
		in.MoveGuards(r.St, v)
	}
}

// maybe joins the paths on which something was called with the one, st, on
// which it was not.
func (in *Calls) maybe(st *domain.State, ran []*domain.State) []*domain.State {
	all := append([]*domain.State{st}, ran...)
	in.forgive(all, ran)
	return in.Merged(all)
}

// forgive gives up the loans of states that were released, or taken over, on the paths in
// ran: whether the callback runs is the callee's affair, and it is most often
// what the release was left to. So it is with what the caller passed.
func (in *Calls) forgive(states, ran []*domain.State) {
	gone := make(map[*domain.Loan]bool)
	for _, st := range ran {
		for l, stand := range st.Loans.All() {
			if (stand.Phase == domain.Ended || stand.Phase == domain.Moved) && l.Scope == nil {
				gone[l] = true
			}
		}
	}
	for _, st := range states {
		for l, stand := range st.Loans.All() {
			if gone[l] && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked) {
				stand.Phase = domain.Moved
				st.Loans.Set(l, stand)
				in.LoseSight(l)
			}
		}
		for _, r := range ran {
			st.ForgiveEffects(r)
		}
	}
}
