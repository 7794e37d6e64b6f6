package loan

import (
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A scopedArg is a parameter of a callback that is on loan while it runs.
type scopedArg struct {
	claim *contract.Claim
	path  contract.Path // rooted in the callback's parameters
	owner value
	by    string // who lends it, for messages
}

// A callback is what contracts say of one function-typed argument.
type callback struct {
	kept bool // it may be called after the call: a handler that is registered
	args []scopedArg
}

// callbacks executes the functions that a contracted call is given, any
// number of times, with their arguments on loan.
func (in *interpreter) callbacks(st *state, c *callSite, ct *contract.Contract, results []value) []returned {
	cbs := make(map[int]*callback)
	get := func(p contract.Path) *callback {
		i := -1
		switch p.Root {
		case contract.Param:
			i = in.argIndex(c, p.Index)
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
		if cl.Verb != contract.Scoped || !in.applies(st, c, cl) {
			continue
		}
		var owner value
		if cl.From != nil {
			owner = in.pathValue(st, c, *cl.From, results)
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
					cb.args = append(cb.args, scopedArg{cl, a, owner, c.name()})
				}
			}
		}
	}
	states := []*state{st}
	for i := range c.args {
		cb := cbs[i]
		if cb == nil || !isFunc(c.argTypes[i]) {
			continue
		}
		cb.kept = cb.kept && in.keeps(c, i)
		var next []*state
		for _, st := range states {
			next = append(next, in.runCallback(st, c, c.args[i], cb)...)
		}
		states = in.merged(next)
	}
	var out []returned
	for _, st := range states {
		in.passFailure(st, c, results)
		out = append(out, returned{st: st, results: results})
	}
	return out
}

// keeps reports whether the callee may keep its i-th argument, for all that
// is known of its body.
func (in *interpreter) keeps(c *callSite, i int) bool {
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

// runCallback executes the function v any number of times.
func (in *interpreter) runCallback(st *state, c *callSite, v value, cb *callback) []*state {
	s := v.one()
	if s == nil || s.kind != symFunc {
		for _, s := range v {
			if p, ok := s.path(); ok {
				st.affect(summary.Call, p, encodeLent(cb.args), c.pos)
			}
		}
		if cb.kept {
			in.share(st, v, c)
		}
		return []*state{st}
	}
	target := &callSite{instr: c.instr, pos: c.pos, callee: v}
	in.resolveSymbol(st, target, s)
	fn := target.fn
	if fn == nil {
		return []*state{st}
	}
	if fn.Parent() == nil || !in.canInline(fn) {
		in.lendTo(fn, cb.args)
		if cb.kept {
			in.share(st, v, c)
			return []*state{st}
		}
		return in.maybe(st, in.callOnce(st.clone(), target))
	}
	out := in.repeat(st, target, func(st *state, f *frame) { in.enterScope(st, f, cb.args) })
	if cb.kept {
		for _, st := range out {
			in.handTokens(st, v, c)
			in.share(st, v, c)
		}
	}
	return out
}

// encodeLent tells callers what is lent to a function of theirs, as
// [interpreter.lentArgs] does.
func encodeLent(args []scopedArg) string {
	var out []string
	for _, a := range args {
		if len(a.path.Steps) > 0 {
			continue
		}
		var from summary.Path
		if o := a.owner.one(); o != nil {
			from, _ = o.path()
		}
		out = append(out, strconv.Itoa(a.path.Index)+":"+string(from))
	}
	return strings.Join(out, " ")
}

// handTokens notes that v, which is registered as a callback, captures tokens:
// it may be called after their scope, and is given a token of its own.
func (in *interpreter) handTokens(st *state, v value, c *callSite) {
	st.reach(v, func(s *symbol) {
		for _, l := range s.allLoans() {
			if stand, ok := st.loans.get(l); ok && l.token && stand.handed == token.NoPos {
				stand.handed, stand.handedN = c.pos, "captured by a callback"
				stand.runner = functionsIn(v)
				pos, _ := in.names.start(c.site())
				stand.handed = pos
				st.loans.set(l, stand)
			}
		}
	})
}

// maxRounds is how often the body of a loop over a function is executed in a
// row, unless its states come to rest before. Other callbacks are executed
// once: whether they are called again is the callee's affair.
const maxRounds = 4

// repeat executes the closure c calls zero or more times. A yield function
// that returns false is not called again.
func (in *interpreter) repeat(st *state, c *callSite, enter func(*state, *frame)) []*state {
	all := &paths{}
	all.add(in.machine, st.clone(), in.maxPaths)
	frontier := []*state{st}
	var ran []*state
	rounds := 1
	if isYield(c.fn) {
		rounds = maxRounds
	}
	for range rounds {
		var next []*state
		for _, f := range frontier {
			target := *c
			target.sig = c.fn.Signature
			target.args = nil
			for _, p := range c.fn.Params {
				target.args = append(target.args, value{in.fresh(p, 0, p.Type())})
			}
			if s := c.callee.one(); s != nil {
				if mc, ok := s.key.site.(*ssa.MakeClosure); ok {
					target.captures = nil
					for n, b := range mc.Bindings {
						target.captures = append(target.captures, in.captured(f, s, n, b.Type()))
					}
				}
			}
			for _, r := range in.inline(f.clone(), &target, enter) {
				in.leaveCallback(r, f)
				again := true
				if len(r.results) == 1 {
					if s := r.results[0].one(); s != nil && s.isBool(false) && isYield(c.fn) {
						again = false
					}
				}
				in.noteFailure(r, c.fn)
				ran = append(ran, r.st)
				if all.add(in.machine, r.st.clone(), in.maxPaths) && again {
					next = append(next, r.st)
				}
			}
		}
		if len(next) == 0 || in.gaveUp {
			break
		}
		frontier = next
	}
	in.forgive(all.states, ran)
	return all.states
}

// leaveCallback reports the debts that a callback has run up since it was in
// the state entry, and left where nothing leads to them any more.
func (in *interpreter) leaveCallback(r returned, entry *state) {
	var marked *symbols
	var held map[*loan]bool
	for l, stand := range r.st.loans.all() {
		if _, ok := entry.loans.get(l); ok || l.old || !l.mandatory || stand.reported || stand.asked || stand.phase != live && stand.phase != unchecked {
			continue
		}
		if marked == nil {
			marked = in.reachable(r.st, r.st.byObject())
			held = in.handedOut(r.st, r.results)
		}
		if held[l] || in.isMarked(l, marked) {
			continue
		}
		in.reportLeak(l, r.ret)
		in.mark(r.st, l, stand)
	}
}

// isMarked reports whether a guard of l is marked.
func (in *interpreter) isMarked(l *loan, marked *symbols) bool {
	for _, s := range marked.list {
		if containsLoan(s.guards, l) || l.key.site == any(s) {
			return true
		}
	}
	return false
}

// noteFailure notes that a callback returned an error: whoever called it will,
// too.
func (in *interpreter) noteFailure(r returned, fn *ssa.Function) {
	res := fn.Signature.Results()
	if n := res.Len(); n > 0 && isError(res.At(n-1).Type()) {
		r.st.failed = in.neverNil(r.st, r.results[n-1])
	}
}

// passFailure makes the error that c returned the callback's, if that failed.
func (in *interpreter) passFailure(st *state, c *callSite, results []value) {
	if !st.failed {
		return
	}
	st.failed = false
	if n := c.sig.Results().Len(); n > 0 && isError(c.sig.Results().At(n-1).Type()) {
		if s := results[n-1].one(); s != nil && s.kind == symFresh {
			in.learnNil(st, s, false)
		}
	}
}

// callOnce calls a declared function that was handed over.
func (in *interpreter) callOnce(st *state, c *callSite) []*state {
	c.sig = c.fn.Signature
	first := len(c.args)
	for i := range c.sig.Params().Len() {
		p := c.sig.Params().At(i)
		c.args = append(c.args[:first+i:first+i], value{in.fresh(p, 0, p.Type())})
		c.argTypes = append(c.argTypes[:first+i:first+i], p.Type())
	}
	var out []*state
	for _, r := range in.perform(st, c) {
		out = append(out, r.st)
	}
	return out
}

// maybe joins the paths on which something was called with the one, st, on
// which it was not.
func (in *interpreter) maybe(st *state, ran []*state) []*state {
	all := append([]*state{st}, ran...)
	in.forgive(all, ran)
	return in.merged(all)
}

// forgive gives up the loans of states that were released on the paths in
// ran: whether the callback runs is the callee's affair, and it is most often
// what the release was left to.
func (in *interpreter) forgive(states, ran []*state) {
	released := make(map[*loan]bool)
	for _, st := range ran {
		for l, stand := range st.loans.all() {
			if stand.phase == ended && l.scope == nil {
				released[l] = true
			}
		}
	}
	for _, st := range states {
		for l, stand := range st.loans.all() {
			if released[l] && (stand.phase == live || stand.phase == unchecked) {
				stand.phase = moved
				st.loans.set(l, stand)
			}
		}
	}
}

// isYield reports whether fn is the body of a range-over-func loop.
func isYield(fn *ssa.Function) bool { return fn.Synthetic == "range-over-func yield" }

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}
