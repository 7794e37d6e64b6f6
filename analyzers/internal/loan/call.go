package loan

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// A callSite is one call, with its operands evaluated. The receiver, where
// there is one, is the first argument.
type callSite struct {
	instr    ssa.CallInstruction
	pos      token.Pos // of the call, or of the defer statement
	sig      *types.Signature
	obj      types.Object  // the function, method, field or variable that is called, if known
	fn       *ssa.Function // its body or declaration, if known
	funcType types.Type    // of the function value, for contracts on types
	callee   value         // the function value
	captures []value       // of a closure
	args     []value
	argTypes []types.Type
	hasRecv  bool
	deferred bool
}

// name is what messages call the callee.
func (c *callSite) name() string {
	switch {
	case c.obj != nil:
		return c.obj.Name()
	case c.fn != nil:
		return c.fn.Name()
	}
	return "the function"
}

// site identifies the call: symbols and loans that it makes are its.
func (c *callSite) site() ssa.Instruction { return c.instr }

func (in *interpreter) call(st *state, i *ssa.Call) []*state {
	if b, ok := i.Call.Value.(*ssa.Builtin); ok {
		return in.builtin(st, i, b)
	}
	var args []value
	for _, a := range i.Call.Args {
		args = append(args, in.eval(st, a))
	}
	c := in.callSite(st, i, in.eval(st, i.Call.Value), args)
	var out []*state
	for _, r := range in.perform(st, c) {
		in.bind(r.st, i, r.results)
		out = append(out, r.st)
	}
	return out
}

// bind makes results the value of the call i.
func (in *interpreter) bind(st *state, i *ssa.Call, results []value) {
	f := st.top()
	if t, ok := i.Type().(*types.Tuple); ok {
		if t.Len() > 0 {
			f.tuples.set(i, results)
		}
		return
	}
	if len(results) == 1 {
		f.env.set(i, results[0])
	}
}

// callSite resolves whom a call reaches.
func (in *interpreter) callSite(st *state, instr ssa.CallInstruction, callee value, args []value) *callSite {
	common := instr.Common()
	c := &callSite{instr: instr, pos: instr.Pos(), sig: common.Signature(), callee: callee, args: args}
	for _, a := range common.Args {
		c.argTypes = append(c.argTypes, a.Type())
	}
	if common.IsInvoke() {
		c.obj, c.hasRecv = common.Method, true
		c.args = append([]value{callee}, args...)
		c.argTypes = append([]types.Type{common.Value.Type()}, c.argTypes...)
		if in.contracts.Of(c.obj) == nil {
			in.devirtualize(c, callee.one())
		}
		return c
	}
	c.funcType = common.Value.Type()
	if fn := common.StaticCallee(); fn != nil {
		in.resolveFunc(c, fn)
	} else if s := callee.one(); s != nil {
		in.resolveSymbol(st, c, s)
	}
	if c.fn == nil && c.obj == nil {
		c.obj = variableOf(common.Value)
	}
	if mc, ok := common.Value.(*ssa.MakeClosure); ok && c.captures == nil {
		if s := callee.one(); s != nil {
			in.resolveCaptures(st, c, s, mc)
		}
	}
	return c
}

func (in *interpreter) resolveSymbol(st *state, c *callSite, s *symbol) {
	if s.kind != symFunc {
		return
	}
	switch site := s.key.site.(type) {
	case *ssa.Function:
		in.resolveFunc(c, site)
	case *ssa.MakeClosure:
		in.resolveFunc(c, site.Fn.(*ssa.Function))
		in.resolveCaptures(st, c, s, site)
	}
}

func (in *interpreter) resolveCaptures(st *state, c *callSite, s *symbol, mc *ssa.MakeClosure) {
	var captures []value
	for n, b := range mc.Bindings {
		captures = append(captures, in.captured(st, s, n, b.Type()))
	}
	fn := mc.Fn.(*ssa.Function)
	if strings.HasSuffix(fn.Name(), "$bound") && fn.Parent() == nil {
		// A method value: its receiver is what it captured.
		c.args = append(captures, c.args...)
		c.argTypes = append([]types.Type{mc.Bindings[0].Type()}, c.argTypes...)
		c.hasRecv = true
		return
	}
	c.captures = captures
}

// resolveFunc makes fn the callee: what a wrapper, thunk or instance stands for.
func (in *interpreter) resolveFunc(c *callSite, fn *ssa.Function) {
	c.fn = real(fn)
	if obj, ok := c.fn.Object().(*types.Func); ok {
		c.obj = obj.Origin()
		c.hasRecv = obj.Signature().Recv() != nil
	}
}

// devirtualize finds the method that a call through an interface reaches,
// where it is known what the interface holds.
func (in *interpreter) devirtualize(c *callSite, recv *symbol) {
	if m := in.methodOf(recv, c.obj.Name()); m != nil {
		in.resolveMethod(c, m)
	}
}

// methodOf is the method called name of what recv is known to be.
func (in *interpreter) methodOf(recv *symbol, name string) *types.Func {
	if recv == nil || recv.typ == nil || types.IsInterface(recv.typ) || recv.kind == symConst {
		return nil
	}
	if _, ok := recv.typ.(*types.TypeParam); ok {
		return nil
	}
	if recv.kind == symAddr || recv.kind == symDerived {
		return nil
	}
	m, index, _ := types.LookupFieldOrMethod(recv.typ, true, in.pass.Pkg, name)
	f, ok := m.(*types.Func)
	if !ok || len(index) > 1 { // promoted: the receiver is a part of recv
		return nil
	}
	if r := f.Signature().Recv(); r == nil || types.IsInterface(r.Type()) {
		return nil
	}
	return f.Origin()
}

func (in *interpreter) resolveMethod(c *callSite, m *types.Func) {
	c.obj = m
	if fn := in.prog.FuncValue(m); fn != nil {
		in.resolveFunc(c, fn)
	}
}

// variableOf is the field or package-level variable that holds the function v.
func variableOf(v ssa.Value) types.Object {
	switch v := v.(type) {
	case *ssa.UnOp:
		switch x := v.X.(type) {
		case *ssa.FieldAddr:
			return fieldOf(x.X.Type(), x.Field)
		case *ssa.Global:
			return x.Object()
		}
	case *ssa.Field:
		return fieldOf(v.X.Type(), v.Field)
	}
	return nil
}

func fieldOf(t types.Type, i int) types.Object {
	if s, ok := deref(t).Underlying().(*types.Struct); ok {
		return s.Field(i).Origin()
	}
	return nil
}

// A returned is a state after a call, with what the call returned.
type returned struct {
	st      *state
	results []value
	ret     *ssa.Return // of a function that was executed in place
}

// perform executes a call: by its contract, by its body where that is a
// closure of this function, by its summary, or as unknown.
func (in *interpreter) perform(st *state, c *callSite) []returned {
	in.takeOut(st, c)
	in.checkOwner(st, c)
	in.useNumbers(st, c)
	if ct := in.contractOf(c); ct != nil {
		return in.belonging(c, in.byContract(st, c, ct))
	}
	in.registered(st, c)
	if out, ok := in.asRelease(st, c); ok {
		return out
	}
	if out, ok := in.asRange(st, c); ok {
		return out
	}
	if c.fn != nil && c.fn.Parent() != nil && in.canInline(c.fn) {
		return in.inline(st, c, nil)
	}
	if s := in.summaryOf(c); s != nil {
		return in.belonging(c, in.bySummary(st, c, s))
	}
	in.called(st, c)
	return in.belonging(c, in.unknown(st, c))
}

// registered hands the tokens that callbacks capture to them, where a method of
// a token is given the callbacks: unless it is seen to call them only while it
// runs, it keeps them for later, when their own scope is over.
func (in *interpreter) registered(st *state, c *callSite) {
	if !c.hasRecv || len(c.args) == 0 || !in.contracts.IsToken(c.argTypes[0]) || in.ownsToken(c.argTypes[0]) {
		return
	}
	for i, a := range c.args {
		if isFunc(c.argTypes[i]) && in.keeps(c, i) {
			in.handTokens(st, a, c)
		}
	}
}

// useNumbers looks at the arguments that are numbers on loan themselves, a
// file descriptor or a handle (decision 30): to pass one is to use it.
func (in *interpreter) useNumbers(st *state, c *callSite) {
	if st.loans.len() == 0 {
		return
	}
	ct := in.contractOf(c)
	for i, a := range c.args {
		s := a.one()
		if s == nil || isReference(c.argTypes[i]) || len(s.loans) == 0 || ct != nil && in.releases(c, ct, i) {
			continue
		}
		if _, ok := c.argTypes[i].Underlying().(*types.Basic); ok {
			in.use(st, a, c.site())
		}
	}
}

// deepen puts what a method returned on the deep loans of its receiver, where
// the method is out of sight.
func (in *interpreter) deepen(st *state, c *callSite, results []value) {
	if !c.hasRecv || len(c.args) == 0 || st.loans.len() == 0 || in.summaryOf(c) != nil || in.contractOf(c) != nil {
		return
	}
	recv := c.args[0].one()
	if recv == nil || !recv.deep() {
		return
	}
	for i, r := range results {
		if t := c.sig.Results().At(i).Type(); isReference(t) && !isError(t) && r.one() != nil && r.one().kind == symFresh {
			results[i] = value{in.derived(slot{index: i, tuple: nil}, c.args[0], t)}
		}
	}
}

// called ends what lasts until this method is called.
func (in *interpreter) called(st *state, c *callSite) {
	if c.hasRecv && len(c.args) > 0 {
		in.event(st, c.args[0], c, false)
	}
}

// belonging notes to whose token's owner the results of a call belong.
func (in *interpreter) belonging(c *callSite, rs []returned) []returned {
	for _, r := range rs {
		in.deepen(r.st, c, r.results)
		in.belong(r.st, c, r.results)
	}
	return rs
}

func (in *interpreter) contractOf(c *callSite) *contract.Contract {
	if c.obj != nil {
		if ct := in.contracts.Of(c.obj); ct != nil {
			return ct
		}
	}
	if c.funcType != nil && c.fn == nil {
		return in.contracts.OfType(c.funcType)
	}
	return nil
}

// maxInline is how deep closures are executed within each other.
const maxInline = 8

func (in *interpreter) canInline(fn *ssa.Function) bool {
	if len(fn.Blocks) == 0 || len(in.stack) > maxInline {
		return false
	}
	for _, f := range in.stack {
		if f == fn {
			return false
		}
	}
	return true
}

// inline executes the closure that c calls in the caller's state. enter, if
// not nil, is called in the closure's frame before its body.
func (in *interpreter) inline(st *state, c *callSite, enter func(*state, *frame)) []returned {
	in.visited[c.fn] = true
	f := newFrame(in.flowOf(c.fn))
	for i, p := range c.fn.Params {
		if i < len(c.args) {
			f.env.set(p, c.args[i])
		}
	}
	for i, v := range c.fn.FreeVars {
		if i < len(c.captures) {
			f.env.set(v, c.captures[i])
		}
	}
	st.push(f)
	if enter != nil {
		enter(st, f)
	}
	var out []returned
	for _, e := range in.exec(c.fn, st) {
		if enter != nil {
			in.endScope(e.st, e.st.top(), e.results, e.ret)
		}
		e.st.pop()
		out = append(out, returned(e))
	}
	return out
}

// freshResults makes the fresh results of a call.
func (in *interpreter) freshResults(c *callSite) []value {
	res := c.sig.Results()
	out := make([]value, res.Len())
	for i := range out {
		out[i] = value{in.fresh(c.site(), i, res.At(i).Type())}
	}
	return out
}
