package loan

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// enterScope puts the arguments of a callback on loan.
func (in *interpreter) enterScope(st *state, f *frame, args []scopedArg) {
	for i, p := range f.fn.Params {
		in.renewParam(st, p)
		s := f.env.at(p).one()
		if s == nil {
			continue
		}
		lent := false
		for n, a := range args {
			if a.path.Index == i {
				in.lend(st, f.fn, p, s, a, n)
				lent = true
			}
		}
		if !lent && in.contracts.IsToken(p.Type()) {
			in.lendToken(st, f.fn, p, s)
		}
	}
}

// renewParam ages the values of p of earlier rounds.
func (in *interpreter) renewParam(st *state, p *ssa.Parameter) {
	a := &ager{in: in, site: p, memo: map[*symbol]*symbol{}}
	if a.needed(st) {
		keep := st.top().env.at(p)
		a.state(st)
		st.top().env.set(p, keep)
	}
}

// lend puts parameter p of fn, or what a.path names in it, on loan.
func (in *interpreter) lend(st *state, fn *ssa.Function, p *ssa.Parameter, s *symbol, a scopedArg, n int) {
	l := in.loanOf(loanKey{site: p, claim: n}, func(l *loan) {
		l.kind, l.pos, l.what, l.claim = scoped, p.Pos(), a.by, a.claim
		l.name, l.deep, l.waited, l.scope = p.Name(), a.claim.Deep, true, fn
		l.token = in.contracts.IsToken(p.Type()) || in.onToken(a.owner)
	})
	if n := len(a.path.Steps); n > 0 && len(a.path.Steps[n-1].Types) > 0 && s.typ != nil && types.IsInterface(s.typ) {
		in.asserted[s] = assertion{a.path.Steps[n-1].Types, l}
	}
	v, _ := in.steps(st, p, value{s}, p.Type(), a.path)
	for _, x := range v {
		attach(&x.loans, l)
	}
	st.loans.set(l, standing{phase: live, owner: a.owner})
}

// lendToken puts a token on loan: every parameter of such a type is scoped.
func (in *interpreter) lendToken(st *state, fn *ssa.Function, p *ssa.Parameter, s *symbol) {
	l := in.loanOf(loanKey{site: p, claim: -1}, func(l *loan) {
		l.kind, l.pos, l.what = scoped, p.Pos(), spokenName(fn)
		l.name, l.token, l.waited, l.scope = p.Name(), true, true, fn
		l.claim = &contract.Claim{Verb: contract.Scoped}
	})
	attach(&s.loans, l)
	st.loans.set(l, standing{phase: live})
}

// spokenName is what messages call fn.
func spokenName(fn *ssa.Function) string {
	if fn.Parent() != nil {
		return "the function literal"
	}
	return fn.Name()
}

func (in *interpreter) onToken(v value) bool {
	for _, s := range v {
		if s.isToken() {
			return true
		}
	}
	return false
}

// isToken reports whether s is a proof token.
func (s *symbol) isToken() bool {
	for _, l := range s.allLoans() {
		if l.token {
			return true
		}
	}
	return false
}

// endScope ends what was lent to the function of frame f, which is about to
// return results at ret, and looks for what keeps it.
func (in *interpreter) endScope(st *state, f *frame, results []value, ret *ssa.Return) {
	var site ssa.Instruction
	if ret != nil {
		site = ret
	}
	in.ending++ // what is lent from one argument to another ends with both
	for l, stand := range st.loans.all() {
		if l.scope == f.fn && (stand.phase == live || stand.phase == unchecked) {
			in.end(st, l, site, spokenName(f.fn))
		}
	}
	in.ending--
	in.reportLent(st)
	in.findEscapes(st, f.fn, results, ret)
}

// scopeResults attaches to an iterator that a call returned what is lent to
// the body of a loop over it.
func (in *interpreter) scopeResults(c *callSite, cl *contract.Claim, results []value) {
	for _, pl := range cl.Places {
		if pl.Kind != contract.Range || pl.Path.Root != contract.Result || pl.Path.Index >= len(results) {
			continue
		}
		for _, s := range results[pl.Path.Index] {
			in.ranges[s] = rangeOf{cl, c}
		}
	}
}

// A rangeOf is an iterator whose values are on loan for a round each.
type rangeOf struct {
	claim *contract.Claim
	call  *callSite
}

// asRange performs the call of an iterator with the body of a loop.
func (in *interpreter) asRange(st *state, c *callSite) ([]returned, bool) {
	if len(c.args) == 0 || c.sig.Results().Len() != 0 {
		return nil, false
	}
	last := len(c.args) - 1
	body := c.args[last].one()
	if body == nil || body.kind != symFunc {
		return nil, false
	}
	target := &callSite{instr: c.instr, pos: c.pos, callee: c.args[last]}
	in.resolveSymbol(st, target, body)
	if target.fn == nil || !isYield(target.fn) || !in.canInline(target.fn) {
		return nil, false
	}
	var args []scopedArg
	if it := c.callee.one(); it != nil {
		if r, ok := in.ranges[it]; ok {
			var owner value
			if r.claim.From != nil {
				owner = in.pathValue(st, r.call, *r.claim.From, nil)
			}
			for i := range target.fn.Params {
				args = append(args, scopedArg{r.claim, contract.Path{Root: contract.CallbackParam, Index: i}, owner, r.call.name()})
			}
		}
	}
	var out []returned
	for _, st := range in.repeat(st, target, func(st *state, f *frame) { in.enterScope(st, f, args) }) {
		out = append(out, returned{st: st})
	}
	return out, true
}
