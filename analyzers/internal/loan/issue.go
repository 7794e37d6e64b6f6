package loan

import (
	"go/types"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// issue begins the loan of claim n of the call.
func (in *interpreter) issue(st *state, c *callSite, cl *contract.Claim, n int, results []value) {
	if cl.Verb == contract.Acquire && in.countsUp(cl) {
		in.issueReference(st, c, cl, n, results)
		return
	}
	l := in.loanOf(loanKey{site: c.site(), claim: n}, func(l *loan) {
		l.kind = map[contract.Verb]kind{contract.Acquire: acquired, contract.Borrow: borrowed, contract.MayNil: mayNil}[cl.Verb]
		l.pos, l.what, l.claim = c.pos, c.name(), cl
		l.mandatory = cl.Verb == contract.Acquire && !cl.Optional
		l.once, l.deep = cl.Once, cl.Deep
		l.waited = cl.Verb == contract.Acquire
		l.until = cl.Until
	})
	stand := standing{phase: live}
	if cl.From != nil {
		stand.owner = in.pathValue(st, c, *cl.From, results)
		l.token = l.token || in.onToken(stand.owner)
		l.fromScope = l.fromScope || isFromScope(stand.owner)
	}
	if cl.Verb == contract.MayNil {
		stand.phase = unchecked
		l.op = contract.NotNil
		l.nilable = true
	}
	for _, p := range cl.Values {
		v := in.pathValue(st, c, p, results)
		if cl.Verb == contract.Borrow && p.Root != contract.Result {
			v = in.renewContent(st, c, p, v)
		}
		if n := len(p.Steps); p.Root == contract.Result && n > 0 && len(p.Steps[n-1].Types) > 0 {
			in.awaitAssertion(st, c, p, l, results)
		}
		for _, s := range v {
			attach(&s.loans, l)
			if cl.Verb == contract.MayNil {
				l.cond = value{s}
			}
		}
		if p.Root == contract.Result && len(p.Steps) == 0 && isNillable(c.sig.Results().At(p.Index).Type()) {
			isSlice := sliceOf(c.sig.Results().At(p.Index).Type()) != nil // one that is nil can be looked at, but for its elements
			l.nilable = l.nilable || cl.If != nil && !isSlice
			l.nilSlice = l.nilSlice || cl.If != nil && isSlice
		}
		if l.name == "" {
			l.name = in.resultName(c, p.Index)
		}
	}
	if cl.Verb == contract.Acquire {
		guards := cl.Values
		if cl.Guard != nil {
			guards = []contract.Path{*cl.Guard}
		}
		for _, p := range guards {
			for _, s := range in.pathValue(st, c, p, results) {
				if s.kind == symConst {
					continue
				}
				attach(&s.guards, l)
				l.counted = l.counted || in.isCounted(s.typ)
				l.nilGuard = s.typ != nil && isNillable(s.typ) && cl.If != nil
			}
		}
	}
	if cl.If != nil {
		l.cond, l.op = in.pathValue(st, c, cl.If.Path, results), cl.If.Op
		stand.phase = unchecked
	}
	st.loans.set(l, stand)
}

// awaitAssertion notes that l is on the value of p where that turns out to be
// of the type which p names.
func (in *interpreter) awaitAssertion(st *state, c *callSite, p contract.Path, l *loan, results []value) {
	last := len(p.Steps) - 1
	want := p.Steps[last].Types
	p.Steps = p.Steps[:last]
	for _, s := range in.pathValue(st, c, p, results) {
		if s.typ != nil && types.IsInterface(s.typ) {
			in.asserted[s] = assertion{want, l}
		}
	}
}

// An assertion is a loan on an interface value that is of one of these types.
type assertion struct {
	types []string
	loan  *loan
}

// renewContent gives a field or variable that a call fills a value of its own.
func (in *interpreter) renewContent(st *state, c *callSite, p contract.Path, v value) value {
	a := in.addressOf(st, c, p)
	if a == nil || a.typ == nil {
		return v
	}
	t := deref(a.typ)
	fresh := value{in.fresh(filled{c.site(), p.Text}, 0, t)}
	st.store(in.machine, value{a}, fresh, c.pos, c.site())
	return fresh
}

// filled marks what a call wrote through one of its arguments.
type filled struct {
	site any
	path string
}

func attach(to *[]*loan, l *loan) {
	if !slices.Contains(*to, l) {
		*to = append(*to, l)
	}
}

// loanOf is the loan k; the first time, init describes it.
func (in *interpreter) loanOf(k loanKey, init func(*loan)) *loan {
	if l := in.machine.loans[k]; l != nil {
		return l
	}
	in.nloans++
	l := &loan{id: in.nloans, key: k}
	init(l)
	in.machine.loans[k] = l
	return l
}

// resultName is the name of the variable that holds a result of the call, for messages.
func (in *interpreter) resultName(c *callSite, index int) string {
	return in.names.result(c.instr, index)
}
