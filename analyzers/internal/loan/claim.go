package loan

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// byContract performs a call as its contract says. What the contract does
// not mention is as the callee's summary has it, or unknown.
//
// The order within one call: what is passed is looked at, then loans end
// (release, move, until), then new ones begin (docs/contracts.md, decision 5).
func (in *interpreter) byContract(st *state, c *callSite, ct *contract.Contract) []returned {
	if in.hasVerb(ct, contract.NoReturn) {
		return nil
	}
	if in.hasVerb(ct, contract.Unsafe) {
		in.reportUnsafe(st, c)
	}
	in.byMention(st, c, ct)
	for _, cl := range ct.Claims {
		if !in.applies(st, c, &cl) {
			continue
		}
		switch cl.Verb {
		case contract.Waits:
			for _, p := range cl.Values {
				for _, s := range in.pathValue(st, c, p, nil) {
					if v := (value{s}); in.isVariadic(c, p) || len(in.pathValue(st, c, p, nil)) == 1 {
						in.waits(st, c, v)
					}
				}
			}
		case contract.Release:
			for _, p := range cl.Values {
				in.release(st, c, &cl, in.pathValue(st, c, p, nil))
			}
		case contract.Move:
			for _, p := range cl.Values {
				in.move(st, in.pathValue(st, c, p, nil))
			}
		}
	}
	in.called(st, c)
	results := in.freshResults(c)
	for n := range ct.Claims {
		cl := &ct.Claims[n]
		if !in.applies(st, c, cl) {
			continue
		}
		switch cl.Verb {
		case contract.Acquire, contract.Borrow, contract.MayNil:
			in.issue(st, c, cl, n, results)
		case contract.Lend:
			in.issueLent(st, c, cl, n, results)
		case contract.Scoped:
			in.scopeResults(c, cl, results)
		}
	}
	return in.callbacks(st, c, ct, results)
}

func (in *interpreter) hasVerb(ct *contract.Contract, v contract.Verb) bool {
	return slices.ContainsFunc(ct.Claims, func(c contract.Claim) bool { return c.Verb == v })
}

// byMention looks at the arguments: those that the contract speaks of are
// used, and are in good hands; the others are unknown to it.
func (in *interpreter) byMention(st *state, c *callSite, ct *contract.Contract) {
	mentioned := make(map[int]bool)
	mention := func(p *contract.Path) {
		if p == nil {
			return
		}
		switch p.Root {
		case contract.Recv:
			mentioned[0] = true
		case contract.Param:
			mentioned[in.argIndex(c, p.Index)] = true
		}
	}
	waits := false
	for _, cl := range ct.Claims {
		for i := range cl.Values {
			mention(&cl.Values[i])
		}
		for i := range cl.Places {
			mention(&cl.Places[i].Path)
		}
		mention(cl.Guard)
		mention(cl.From)
		mention(cl.To)
		if cl.Verb == contract.Release || cl.Verb == contract.Acquire || cl.Verb == contract.Waits {
			waits = waits || cl.Verb == contract.Waits
		}
	}
	s := in.summaryOf(c)
	for i, a := range c.args {
		isRecv := c.hasRecv && i == 0
		if isRecv && !in.releases(c, ct, i) {
			in.use(st, a, c.site())
		}
		if mentioned[i] || isRecv || s != nil {
			continue
		}
		in.letGo(st, a, c)
	}
	if waits {
		in.joined(st)
	}
}

// releases reports whether the call gives back its i-th argument: a guard may
// then be empty.
func (in *interpreter) releases(c *callSite, ct *contract.Contract, i int) bool {
	for _, cl := range ct.Claims {
		if cl.Verb != contract.Release {
			continue
		}
		for _, p := range cl.Values {
			if p.Root == contract.Recv && i == 0 && c.hasRecv || p.Root == contract.Param && in.argIndex(c, p.Index) == i {
				return true
			}
		}
	}
	return false
}

// argIndex is the place of parameter i among the arguments of c.
func (in *interpreter) argIndex(c *callSite, i int) int {
	if c.hasRecv {
		i++
	}
	return min(i, len(c.args)-1)
}

// applies decides the "when" of a claim; undecided, the condition has Go's
// zero value (decision 41).
func (in *interpreter) applies(st *state, c *callSite, cl *contract.Claim) bool {
	w := cl.When
	if w == nil {
		return true
	}
	v := in.pathValue(st, c, w.Path, nil)
	is := false
	if w.Method != "" {
		if s := v.one(); s != nil {
			is = st.called[call{s, w.Method}]
		}
	} else if s := v.one(); s != nil {
		if known, truth := in.truth(st, s); known {
			is = truth
		}
	}
	return is != w.Not
}

// pathValue is what the path p of a contract names in the call c.
func (in *interpreter) pathValue(st *state, c *callSite, p contract.Path, results []value) value {
	var v value
	var t types.Type
	switch p.Root {
	case contract.Recv:
		if len(c.args) > 0 && c.hasRecv {
			v, t = c.args[0], c.argTypes[0]
		} else if len(c.callee) > 0 {
			return in.structAround(c)
		}
	case contract.Param:
		i := in.argIndex(c, p.Index)
		if i < 0 {
			return nil
		}
		v, t = c.args[i], c.argTypes[i]
		if in.isVariadic(c, p) {
			if elem, ok := t.Underlying().(*types.Slice); ok {
				var each value
				for _, a := range in.elements(v, elem.Elem()) {
					each = each.union(st.loadOne(in.machine, c.site(), a, elem.Elem()))
				}
				v, t = each, elem.Elem()
			}
		}
	case contract.Result:
		if p.Index < len(results) {
			v, t = results[p.Index], c.sig.Results().At(p.Index).Type()
		}
	}
	v, _ = in.steps(st, c.site(), v, t, p)
	return v
}

// isVariadic reports whether p names each of a call's variadic arguments.
func (in *interpreter) isVariadic(c *callSite, p contract.Path) bool {
	return c.sig.Variadic() && p.Root == contract.Param && p.Index == c.sig.Params().Len()-1
}

// structAround is the struct whose func field is called.
func (in *interpreter) structAround(c *callSite) value {
	for _, s := range c.callee {
		if s.kind == symContent && s.key.base.kind == symAddr {
			return value{s.key.base.key.base}
		}
	}
	return nil
}

// steps follows the fields and type filters of p from v.
func (in *interpreter) steps(st *state, site any, v value, t types.Type, p contract.Path) (value, types.Type) {
	for _, step := range p.Steps {
		if len(step.Types) > 0 {
			var out value
			for _, s := range v {
				if s.typ != nil && slices.Contains(step.Types, types.TypeString(s.typ, nil)) {
					out = append(out, s)
				}
			}
			v = out
			continue
		}
		for _, i := range step.Index {
			if t == nil {
				return nil, nil
			}
			str, ok := deref(t).Underlying().(*types.Struct)
			if !ok || i >= str.NumFields() {
				return nil, nil
			}
			ft := str.Field(i).Type()
			if _, ptr := t.Underlying().(*types.Pointer); ptr {
				var addrs value
				for _, s := range v {
					if !s.isNil() {
						addrs = addrs.union(value{in.address(s, i, types.NewPointer(ft))})
					}
				}
				v = st.load(in.machine, site, addrs, ft)
			} else {
				v = st.part(in.machine, v, i, ft)
			}
			t = ft
		}
	}
	if p.Deref && t != nil {
		et := deref(t)
		for _, s := range v {
			if s.typ != nil && isPointer(s.typ) {
				if _, ptr := s.typ.Underlying().(*types.Pointer); ptr {
					et = deref(s.typ)
				}
			}
		}
		v, t = st.load(in.machine, site, v, et), et
	}
	return v, t
}

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
	st.loans[l] = stand
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

// addressOf is the variable that the path p of a contract names, *x or x.F.
func (in *interpreter) addressOf(st *state, c *callSite, p contract.Path) *symbol {
	if p.Deref {
		p.Deref = false
		return in.pathValue(st, c, p, nil).one()
	}
	n := len(p.Steps)
	if n == 0 || len(p.Steps[n-1].Index) == 0 {
		return nil
	}
	step := p.Steps[n-1]
	p.Steps = append(slices.Clone(p.Steps[:n-1]), contract.Step{Index: step.Index[:len(step.Index)-1]})
	base := in.pathValue(st, c, p, nil).one()
	if base == nil || base.typ == nil {
		return nil
	}
	str, ok := deref(base.typ).Underlying().(*types.Struct)
	i := step.Index[len(step.Index)-1]
	if _, ptr := base.typ.Underlying().(*types.Pointer); !ok || !ptr || i >= str.NumFields() {
		return nil
	}
	return in.address(base, i, types.NewPointer(str.Field(i).Type()))
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

// move lifts the rules for v: it is in other hands now.
func (in *interpreter) move(st *state, v value) {
	for _, s := range v {
		loans := slices.Concat(in.guardedBy(st, s), s.allLoans())
		for _, l := range loans {
			if stand, ok := st.loans[l]; ok && stand.phase != ended {
				stand.phase = moved
				st.loans[l] = stand
			}
		}
		in.moveOwned(st, s)
		if p, ok := s.path(); ok {
			st.affect(summary.Moved, p, "", s.pos())
		}
	}
}

// event is a call of method c on v: it ends what was borrowed from v until
// then. may is set where the call happens on some path of a callee only.
func (in *interpreter) event(st *state, v value, c *callSite, may bool) {
	name, typ := c.name(), receiverName(c)
	for l, stand := range st.loans {
		if l.kind != borrowed && l.kind != lent || len(l.until) == 0 || stand.phase != live && stand.phase != unchecked || l.key.site == any(c.site()) && !l.old {
			continue
		}
		in.endByEvent(st, l, v, name, "", c.site(), may)
		in.endByOther(st, l, c, name, typ)
	}
	for _, s := range v {
		if !may {
			st.called[call{s, name}] = true
		}
		if p, ok := s.path(); ok {
			st.affect(summary.Event, p, name, c.pos)
		}
	}
}

// receiverName is the name of the type whose method c calls.
func receiverName(c *callSite) string {
	f, ok := c.obj.(*types.Func)
	if !ok || f.Signature().Recv() == nil {
		return ""
	}
	if n, ok := types.Unalias(deref(f.Signature().Recv().Type())).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// endByOther ends l if c calls a method of another type, T.M, that does so:
// it is passed the owner, or, where it has no place for it, its receiver was
// taken from what the owner was taken from (decision 4).
func (in *interpreter) endByOther(st *state, l *loan, c *callSite, name, typ string) {
	match := func(e contract.Event) bool { return e.Type != "" && matchesEvent(e, name, typ) }
	owner := st.loans[l].owner.one()
	if typ == "" || owner == nil || !slices.ContainsFunc(l.until, match) {
		return
	}
	takes := false
	for i, a := range c.args {
		takes = takes || owner.typ != nil && types.Identical(c.argTypes[i], owner.typ)
		if a.one() == owner {
			in.endByEvent(st, l, a, name, typ, c.site(), false)
			return
		}
		if a.has(owner) {
			in.endByEvent(st, l, a, name, typ, c.site(), true)
			return
		}
	}
	if recv := c.args[0].one(); !takes && recv != nil && in.shareOwner(st, recv, owner) {
		in.endByEvent(st, l, value{owner}, name, typ, c.site(), false)
	}
}

// shareOwner reports whether x and y were taken from one owner.
func (in *interpreter) shareOwner(st *state, x, y *symbol) bool {
	for _, l := range x.allLoans() {
		o := st.loans[l].owner.one()
		if o == nil || o.old {
			continue
		}
		for _, k := range y.allLoans() {
			if st.loans[k].owner.one() == o {
				return true
			}
		}
	}
	return false
}

// endByEvent ends l if a call of method name on v does so.
func (in *interpreter) endByEvent(st *state, l *loan, v value, name, typ string, site ssa.Instruction, may bool) {
	if !slices.ContainsFunc(l.until, func(e contract.Event) bool { return matchesEvent(e, name, typ) }) {
		return
	}
	owner := st.loans[l].owner.one()
	if owner == nil || !v.has(owner) {
		return
	}
	stand := st.loans[l]
	if may || len(v) > 1 || owner.old {
		stand.unsure = true
		st.loans[l] = stand
		return
	}
	in.end(st, l, site, name)
}

func matchesEvent(e contract.Event, name, typ string) bool {
	if e.Type != "" && e.Type != typ {
		return false
	}
	if e.Prefix {
		return strings.HasPrefix(name, e.Name)
	}
	return e.Name == name
}
