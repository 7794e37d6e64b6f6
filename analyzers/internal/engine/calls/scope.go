package calls

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
)

// enterScope puts the arguments of a callback on loan: args, and what is lent to it by what it is. One that
// is in both is lent by whoever calls it, who is known to be its owner.
func (in *Calls) enterScope(st *domain.State, f *domain.Frame, args []ScopedArg) {
	args = slices.Clip(args)
	for _, b := range in.program.boundArgs(f.Fn) {
		if !slices.ContainsFunc(args, func(a ScopedArg) bool { return a.Path.Index == b.Path.Index }) {
			args = append(args, b)
		}
	}
	for i, p := range f.Fn.Params {
		in.renewParam(st, p)
		s := f.Env.At(p).One()
		if s == nil {
			continue
		}
		lent := false
		for n, a := range args {
			if a.Path.Index == i {
				in.lend(st, f.Fn, p, s, a, n)
				lent = true
			}
		}
		if !lent && in.Contracts.IsToken(p.Type()) {
			in.lendToken(st, f.Fn, p, s)
		}
	}
}

// renewParam ages the values of p of earlier rounds.
func (in *Calls) renewParam(st *domain.State, p *ssa.Parameter) {
	a := &domain.Ager{In: in.Machine, Site: p, Memo: map[*domain.Symbol]*domain.Symbol{}}
	if a.Needed(st) {
		keep := st.Top().Env.At(p)
		a.State(st)
		st.Top().Env.Set(p, keep)
	}
}

// lend puts parameter p of fn, or what a.path names in it, on loan.
func (in *Calls) lend(st *domain.State, fn *ssa.Function, p *ssa.Parameter, s *domain.Symbol, a ScopedArg, n int) {
	l := in.LoanOf(domain.LoanKey{Site: p, Claim: n}, func(l *domain.Loan) {
		l.Kind, l.What, l.Claim = domain.Scoped, a.By, a.Claim
		l.Name, l.Pos = spokenParam(fn, p)
		l.Deep, l.Waited, l.Scope = a.Claim.Deep, true, fn
		if a.Claim.Verb == contract.Borrow { // it lives as long as its owner
			l.Kind, l.Waited, l.Scope, l.Until = domain.Borrowed, false, nil, a.Claim.Until
		}
		l.Token = in.Contracts.IsToken(p.Type()) || in.OnToken(a.Owner)
	})
	if n := len(a.Path.Steps); n > 0 && len(a.Path.Steps[n-1].Types) > 0 && s.Typ != nil && types.IsInterface(s.Typ) {
		in.Asserted[s] = interp.Assertion{Types: a.Path.Steps[n-1].Types, Loan: l}
	}
	v, _ := in.Steps(st, p, domain.Value{s}, p.Type(), a.Path)
	for _, x := range v {
		domain.Attach(&x.Loans, l)
	}
	st.Loans.Set(l, domain.Standing{Phase: domain.Live, Owner: a.Owner})
}

// lendToken puts a token on loan: every parameter of such a type is scoped.
func (in *Calls) lendToken(st *domain.State, fn *ssa.Function, p *ssa.Parameter, s *domain.Symbol) {
	l := in.LoanOf(domain.LoanKey{Site: p, Claim: -1}, func(l *domain.Loan) {
		l.Kind, l.What = domain.Scoped, spokenName(fn)
		l.Name, l.Pos = spokenParam(fn, p)
		l.Token, l.Waited, l.Scope = true, true, fn
		l.Claim = &contract.Claim{Verb: contract.Scoped}
	})
	domain.Attach(&s.Loans, l)
	st.Loans.Set(l, domain.Standing{Phase: domain.Live})
}

// spokenParam is what people call parameter p of fn, and where it stands: the variable of the range
// loop of which fn is the body. The parameter itself stands in the declaration of the iterator's
// type then, in another file, before or after this one as files happen to be loaded.
func spokenParam(fn *ssa.Function, p *ssa.Parameter) (name string, pos token.Pos) {
	loop, ok := fn.Syntax().(*ast.RangeStmt)
	if !ok || !domain.IsYield(fn) {
		return p.Name(), p.Pos()
	}
	vars := []ast.Expr{loop.Key, loop.Value}
	if i := slices.Index(fn.Params, p); i >= 0 && i < len(vars) && vars[i] != nil {
		return types.ExprString(vars[i]), vars[i].Pos()
	}
	return p.Name(), loop.Pos()
}

// spokenName is what messages call fn.
func spokenName(fn *ssa.Function) string {
	if fn.Parent() != nil {
		return "the function literal"
	}
	return fn.Name()
}

// EndScope ends what was lent to the function of frame f, which is about to
// return results at ret, and looks for what keeps it.
func (in *Calls) EndScope(st *domain.State, f *domain.Frame, results []domain.Value, ret *ssa.Return) {
	var site ssa.Instruction
	if ret != nil {
		site = ret
	}
	in.Ending++ // what is lent from one argument to another ends with both
	for l, stand := range st.Loans.All() {
		if l.Scope == f.Fn && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked) {
			in.End(st, l, site, spokenName(f.Fn))
		}
	}
	in.Ending--
	in.ReportLent(st)
	in.FindEscapes(st, f.Fn, results, ret)
}

// scopeResults attaches to an iterator that a call returned what is lent to
// the body of a loop over it.
func (in *Calls) scopeResults(st *domain.State, c *interp.CallSite, cl *contract.Claim, results []domain.Value) {
	for _, pl := range cl.Places {
		if pl.Kind != contract.Range || pl.Path.Root != contract.Result || pl.Path.Index >= len(results) {
			continue
		}
		if in.returnsOneRound(c, pl.Path.Index) {
			in.haveOneRound(st, results[pl.Path.Index])
		}
		for _, s := range results[pl.Path.Index] {
			in.Ranges[s] = rules.RangeOf{Claim: cl, Call: c}
		}
	}
}

// asRange performs the call of an iterator with the body of a loop.
func (in *Calls) asRange(st *domain.State, c *interp.CallSite) ([]interp.Returned, bool) {
	if len(c.Args) == 0 || c.Sig.Results().Len() != 0 {
		return nil, false
	}
	last := len(c.Args) - 1
	body := c.Args[last].One()
	if body == nil || body.Kind != domain.SymFunc {
		return nil, false
	}
	target := &interp.CallSite{Instr: c.Instr, Pos: c.Pos, Callee: c.Args[last]}
	in.resolveSymbol(st, target, body)
	if target.Fn == nil || !domain.IsYield(target.Fn) || !in.CanInline(target.Fn) {
		return nil, false
	}
	if c.Fn != nil && c.Fn.Parent() != nil && in.CanInline(c.Fn) {
		return nil, false // it is seen what it calls the body with
	}
	var args []ScopedArg
	var passed map[int]domain.Value
	if it := c.Callee.One(); it != nil {
		passed = in.yielded(st, c, it, target.Fn)
		if r, ok := in.Ranges[it]; ok {
			var owner domain.Value
			if r.Claim.From != nil {
				owner = in.PathValue(st, r.Call, *r.Claim.From, nil)
			}
			for i := range target.Fn.Params {
				args = append(args, ScopedArg{r.Claim, contract.Path{Root: contract.CallbackParam, Index: i}, owner, r.Call.Name()})
			}
		}
	}
	var out []interp.Returned
	cb := &callback{args: args, passed: passed, once: in.hasOneRound(st, c)}
	if it := c.Callee.One(); it != nil {
		cb.counts = in.counts(st, it)
	}
	for _, st := range in.repeat(st, target, cb, func(st *domain.State, f *domain.Frame) { in.enterScope(st, f, args) }) {
		out = append(out, interp.Returned{St: st})
	}
	return out, true
}
