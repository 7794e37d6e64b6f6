package calls

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Calls executes what a function calls: by contract, by body, by summary, or
// as unknown; and says what the function is to its own callers.
type Calls struct {
	*rules.Rules
	program   *Program
	globals   []string // that the summary speaks of
	outcomes  []summary.Outcome
	deaths    []summary.Outcome                // see Dies
	byErrors  map[token.Pos]bool               // calls that release by summaries, and nothing but errors decides that
	lendable  map[summary.Path]bool            // those of the facts found that are of types which are on loan in the package, or of errors and flags
	handed    domain.Table[*domain.Loan, bool] // what callers have to release, on some way out
	abandoned map[[2]any]bool                  // what goroutines leave, with the variables that they share with the function: where both are made
	loops     []eachLoop                       // see eachLoops
	held      map[heldKey]domain.Held          // see heldBy
	Doubts    int                              // releases that no caller can tell when they happen
	aside     bool                             // what is executed is executed to see what comes of it
}

// New makes what executes fn on its own.
func New(p *Program, fs *interp.Functions, fn *ssa.Function) *Calls {
	m := domain.NewMachine()
	m.Fixed, m.Guarded = p.Fixed, p.Guarded
	if !p.InTest(fn) {
		m.HeldFields = p.HeldFields
	}
	in := &interp.Interp{
		Machine: m, Functions: fs, Root: fn, MaxPaths: interp.MaxPaths, MaxSteps: interp.MaxSteps,
		Asserted: make(map[*domain.Symbol]interp.Assertion),
	}
	c := &Calls{Rules: &rules.Rules{Interp: in, Unit: p.Unit, Ranges: make(map[*domain.Symbol]rules.RangeOf), Iterators: make(map[*domain.Symbol]rules.Iterator)}, program: p, byErrors: make(map[token.Pos]bool), lendable: make(map[summary.Path]bool), abandoned: make(map[[2]any]bool)}
	in.Up = c
	c.GlobalPath = c.fromGlobal
	return c
}

// Call executes a call, and returns the states behind it.
func (in *Calls) Call(st *domain.State, i *ssa.Call) []*domain.State {
	if b, ok := i.Call.Value.(*ssa.Builtin); ok {
		return in.Builtin(st, i, b)
	}
	var args []domain.Value
	for _, a := range i.Call.Args {
		args = append(args, in.Eval(st, a))
	}
	c := in.callSite(st, i, in.Eval(st, i.Call.Value), args)
	var out []*domain.State
	for _, r := range in.perform(st, c) {
		in.bind(r.St, i, r.Results)
		out = append(out, r.St)
	}
	return out
}

// DeferredCall executes a deferred call when it runs.
func (in *Calls) DeferredCall(st *domain.State, d domain.Pending) []*domain.State {
	c := in.callSite(st, d.Instr, d.Fn, d.Args)
	c.Deferred = true
	var out []*domain.State
	for _, r := range in.perform(st, c) {
		out = append(out, r.St)
	}
	return out
}

// Started executes, in place, what a goroutine does.
func (in *Calls) Started(st *domain.State, i *ssa.Go) []*domain.State {
	var args []domain.Value
	for _, a := range i.Call.Args {
		args = append(args, in.Eval(st, a))
	}
	var out []*domain.State
	for _, r := range in.perform(st, in.callSite(st, i, in.Eval(st, i.Call.Value), args)) {
		out = append(out, r.St)
	}
	return out
}

// startedBy executes a call that starts a goroutine which the function waits for
// at once: the Go of a WaitGroup, say.
func (in *Calls) startedBy(st *domain.State, c *interp.CallSite) ([]interp.Returned, bool) {
	call, ok := c.Instr.(*ssa.Call)
	if !ok || c.Obj == nil || c.Obj.Name() != "Go" || call.Call.IsInvoke() || len(call.Call.Args) != 2 || !interp.IsAwaited(call, call.Call.Args[1], true) {
		return nil, false
	}
	if f, ok := c.Obj.(*types.Func); !ok || f.FullName() != "(*sync.WaitGroup).Go" && f.FullName() != "(*golang.org/x/sync/errgroup.Group).Go" {
		return nil, false
	}
	var out []interp.Returned
	for _, st := range in.runCallback(st, c, c.Args[1], &callback{runs: atLeast1}) {
		in.passFailure(st, c, nil)
		out = append(out, interp.Returned{St: st})
	}
	return out, true
}

// bind makes results the value of the call i.
func (in *Calls) bind(st *domain.State, i *ssa.Call, results []domain.Value) {
	f := st.Top()
	if t, ok := i.Type().(*types.Tuple); ok {
		if t.Len() > 0 {
			f.Tuples.Set(i, results)
		}
		return
	}
	if len(results) == 1 {
		f.Env.Set(i, results[0])
	}
}

// callSite resolves whom a call reaches.
func (in *Calls) callSite(st *domain.State, instr ssa.CallInstruction, callee domain.Value, args []domain.Value) *interp.CallSite {
	common := instr.Common()
	c := &interp.CallSite{Instr: instr, Pos: instr.Pos(), Sig: common.Signature(), Callee: callee, Args: args}
	for _, a := range common.Args {
		c.ArgTypes = append(c.ArgTypes, a.Type())
	}
	if common.IsInvoke() {
		c.Obj, c.HasRecv = common.Method, true
		c.Args = append([]domain.Value{callee}, args...)
		c.ArgTypes = append([]types.Type{common.Value.Type()}, c.ArgTypes...)
		if in.Contracts.Of(c.Obj) == nil || in.isWrapper(st, callee.One()) {
			in.devirtualize(st, c, callee.One())
		}
		return c
	}
	c.FuncType = common.Value.Type()
	if fn := common.StaticCallee(); fn != nil {
		in.resolveFunc(c, fn)
	} else if s := callee.One(); s != nil {
		in.resolveSymbol(st, c, s)
	}
	if c.Fn == nil && c.Obj == nil {
		c.Obj = VariableOf(common.Value)
	}
	if mc, ok := common.Value.(*ssa.MakeClosure); ok && c.Captures == nil {
		if s := callee.One(); s != nil {
			in.resolveCaptures(st, c, s, mc)
		}
	}
	return c
}

func (in *Calls) resolveSymbol(st *domain.State, c *interp.CallSite, s *domain.Symbol) {
	if s.Kind != domain.SymFunc {
		return
	}
	switch site := s.Key.Site.(type) {
	case *ssa.Function:
		in.resolveFunc(c, site)
	case *ssa.MakeClosure:
		in.resolveFunc(c, site.Fn.(*ssa.Function))
		in.resolveCaptures(st, c, s, site)
	}
}

func (in *Calls) resolveCaptures(st *domain.State, c *interp.CallSite, s *domain.Symbol, mc *ssa.MakeClosure) {
	var captures []domain.Value
	for n, b := range mc.Bindings {
		captures = append(captures, in.Captured(st, s, n, b.Type()))
	}
	fn := mc.Fn.(*ssa.Function)
	if strings.HasSuffix(fn.Name(), "$bound") && fn.Parent() == nil {
		// A method value: its receiver is what it captured.
		c.Args = append(captures, c.Args...)
		c.ArgTypes = append([]types.Type{mc.Bindings[0].Type()}, c.ArgTypes...)
		c.HasRecv = true
		return
	}
	c.Captures = captures
}

// resolveFunc makes fn the callee: what a wrapper, thunk or instance stands for.
func (in *Calls) resolveFunc(c *interp.CallSite, fn *ssa.Function) {
	c.Fn = interp.Real(fn)
	if obj, ok := c.Fn.Object().(*types.Func); ok {
		c.Obj = obj.Origin()
		c.HasRecv = obj.Signature().Recv() != nil
	}
}

// devirtualize finds the method that a call through an interface reaches,
// where it is known what the interface holds.
func (in *Calls) devirtualize(st *domain.State, c *interp.CallSite, recv *domain.Symbol) {
	if m := in.lendingMethod(recv, c.Obj.Name()); m != nil {
		in.resolveMethod(c, m)
		c.ArgTypes[0] = recv.OfField
	} else if recv != nil && recv.HeldType() != nil {
		in.resolveHeld(st, c, recv)
	} else if m := in.methodOf(recv, c.Obj.Name()); m != nil {
		in.resolveMethod(c, m)
		if recv.IsTypedNil() {
			c.Args[0], c.ArgTypes[0] = domain.Value{in.NilSymbol()}, recv.Typ
		}
	}
}

// resolveHeld finds the method that c reaches by way of recv, of which the callee that made it has told what it holds: that of
// the type, or of what this embeds, which may be another interface.
func (in *Calls) resolveHeld(st *domain.State, c *interp.CallSite, recv *domain.Symbol) {
	t := recv.HeldType()
	obj, index, _ := types.LookupFieldOrMethod(t, true, in.Pass.Pkg, c.Obj.Name())
	m, ok := obj.(*types.Func)
	if !ok {
		return
	}
	v := domain.Value{recv}
	for _, i := range index[:len(index)-1] {
		part := domain.Embedded(t, i)
		if !gotypes.IsPointer(t) {
			v = st.Part(in.Machine, v, i, part)
		} else if v = (domain.Value{in.Address(v[0], i, types.NewPointer(gotypes.FieldOf(t, i).Type()))}); !types.Identical(v[0].Typ, part) {
			v = st.Load(in.Machine, c.Site(), v, part)
		}
		if t = part; v.One() == nil || v.One().IsNil() {
			return
		}
	}
	c.Args[0], c.ArgTypes[0] = v, t
	if !types.IsInterface(t) {
		in.resolveMethod(c, m.Origin())
		return
	}
	c.Obj = m.Origin()
	if in.Contracts.Of(c.Obj) == nil || in.isWrapper(st, v.One()) {
		in.devirtualize(st, c, v.One())
	}
}

// lendingMethod is the method called name of what recv, which a field held, is known to be, where that hands something out; nil if it is
// none. What other methods do is not asked: who ends what is inside of a field goes by the interface.
func (in *Calls) lendingMethod(recv *domain.Symbol, name string) *types.Func {
	if recv == nil || recv.OfField == nil {
		return nil
	}
	m, _, _ := types.LookupFieldOrMethod(recv.OfField, true, in.Pass.Pkg, name)
	f, ok := m.(*types.Func)
	if !ok || !in.program.HandsOut(f) {
		return nil
	}
	return f.Origin()
}

// isWrapper reports whether s was made here, or is known to hold something that a callee made, and is itself no guard: what a contract says of its
// method concerns what the method of its type does with what it holds.
func (in *Calls) isWrapper(st *domain.State, s *domain.Symbol) bool {
	return s != nil && (s.Kind == domain.SymAlloc || s.HeldType() != nil) && len(in.GuardedBy(st, s)) == 0 && len(s.AllLoans()) == 0
}

// methodOf is the method called name of what recv is known to be.
func (in *Calls) methodOf(recv *domain.Symbol, name string) *types.Func {
	if recv == nil || recv.Typ == nil || recv.Kind == domain.SymConst && !recv.IsTypedNil() {
		return nil
	}
	t := recv.Typ
	if types.IsInterface(t) {
		if t = recv.HeldType(); t == nil {
			return nil
		}
	}
	if gotypes.IsParameter(t) {
		return nil
	}
	if recv.Kind == domain.SymAddr && recv.Retyped || recv.Kind == domain.SymDerived {
		return nil
	}
	m, index, _ := types.LookupFieldOrMethod(t, true, in.Pass.Pkg, name)
	f, ok := m.(*types.Func)
	if !ok || len(index) > 1 { // promoted: the receiver is a part of recv
		return nil
	}
	if r := f.Signature().Recv(); r == nil || types.IsInterface(r.Type()) {
		return nil
	}
	return f.Origin()
}

func (in *Calls) resolveMethod(c *interp.CallSite, m *types.Func) {
	c.Obj = m
	if fn := in.program.Prog.FuncValue(m); fn != nil {
		in.resolveFunc(c, fn)
	}
}

// VariableOf is the field or package-level variable that holds the function v.
func VariableOf(v ssa.Value) types.Object {
	switch v := v.(type) {
	case *ssa.UnOp:
		switch x := v.X.(type) {
		case *ssa.FieldAddr:
			return gotypes.FieldOf(x.X.Type(), x.Field)
		case *ssa.Global:
			return x.Object()
		}
	case *ssa.Field:
		return gotypes.FieldOf(v.X.Type(), v.Field)
	}
	return nil
}

// perform executes a call: by its contract, by its body where that is a
// closure of this function, by its summary, or as unknown.
func (in *Calls) perform(st *domain.State, c *interp.CallSite) []interp.Returned {
	if c.Instr != nil && c.Instr.Common().IsInvoke() {
		in.InvokeNil(st, c)
	}
	in.noteCaller(st, c)
	in.TakeOut(st, c)
	in.CheckOwner(st, c)
	in.useNumbers(st, c)
	in.giveNumber(st, c)
	if !hasFailed(st) {
		in.TakenEarly(st, c)
	}
	if failsTest(c.Obj) && len(c.Args) > 0 {
		in.failed(st, c.Args[0], c)
	}
	if ct := in.contractOf(c); ct != nil && isLoose(ct) {
		return in.hung(c, ct, in.byBody(st, c))
	} else if ct != nil {
		in.toAbsent(st, c, ct)
		return in.belonging(c, in.byContract(st, c, ct))
	}
	return in.byBody(st, c)
}

// isLoose reports whether ct says no more than what results hang on, which go on being used: all else is as the
// body has it.
func isLoose(ct *contract.Contract) bool {
	return !slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool { return cl.Verb != contract.Borrow || !cl.Loose })
}

// hung begins the loans of a contract that is loose, on each way out.
func (in *Calls) hung(c *interp.CallSite, ct *contract.Contract, out []interp.Returned) []interp.Returned {
	for _, r := range out {
		for n := range ct.Claims {
			in.Issue(r.St, c, &ct.Claims[n], n, r.Results)
		}
	}
	return out
}

// byBody executes a call that no contract speaks of, or none that says more than what its results hang on.
func (in *Calls) byBody(st *domain.State, c *interp.CallSite) []interp.Returned {
	if startsLastWord(c) {
		in.Dies(st)
		return nil
	}
	if out, ok := in.asClient(st, c); ok {
		return out
	}
	in.registered(st, c)
	if out, ok := in.startedBy(st, c); ok {
		return out
	}
	if out, ok := in.onceDone(st, c); ok {
		return out
	}
	if out, ok := in.finalized(st, c); ok {
		return out
	}
	if out, ok := in.AsRelease(st, c); ok {
		return out
	}
	if out, ok := in.asRange(st, c); ok {
		return out
	}
	if fns := several(c.Callee); fns != nil && !c.Instr.Common().IsInvoke() {
		return in.mergedReturns(c, in.callSeveral(st, fns, func(st *domain.State, s *domain.Symbol) []interp.Returned {
			one := in.callSite(st, c.Instr, domain.Value{s}, c.Args)
			one.Deferred = c.Deferred
			return in.perform(st, one)
		}))
	}
	if c.Fn != nil && c.Fn.Parent() != nil && in.CanInline(c.Fn) {
		return in.Inline(st, c, nil)
	}
	if s := in.summaryOf(c); s != nil {
		in.useOperation(st, c)
		in.printed(st, c)
		owed := in.owedBy(st, c)
		out := in.bySummary(st, c, s)
		for _, r := range out {
			if !in.mayAnswerReceiver(c, r.Results) {
				in.StayOwed(r.St, owed)
			}
		}
		return in.belonging(c, out)
	}
	in.called(st, c)
	return in.belonging(c, in.unknown(st, c))
}

// registered hands the tokens that callbacks capture to them, where a method of
// a token is given the callbacks: unless it is seen to call them only while it
// runs, it keeps them for later, when their own scope is over.
func (in *Calls) registered(st *domain.State, c *interp.CallSite) {
	if !c.HasRecv || len(c.Args) == 0 || !in.Contracts.IsToken(c.ArgTypes[0]) || in.Contracts.OwnsToken(c.ArgTypes[0]) {
		return
	}
	for i, a := range c.Args {
		if gotypes.IsFunc(c.ArgTypes[i]) && in.keeps(c, i) {
			in.handTokens(st, a, c)
		}
	}
}

// useNumbers looks at the arguments that are numbers on loan themselves, a
// file descriptor or a handle (decision 30): to pass one is to use it.
func (in *Calls) useNumbers(st *domain.State, c *interp.CallSite) {
	if st.Loans.Len() == 0 {
		return
	}
	ct := in.contractOf(c)
	for i, a := range c.Args {
		s := a.One()
		if s == nil || gotypes.IsReference(c.ArgTypes[i]) || len(s.Loans) == 0 || ct != nil && in.releases(c, ct, i) {
			continue
		}
		if _, ok := c.ArgTypes[i].Underlying().(*types.Basic); ok {
			in.Use(st, a, c.Site())
		}
	}
}

// useOperation looks at a handle of another package on which something is done that can
// fail. What its package looks at itself is no use (see isOwnState), for it may be how that
// keeps track of whether the handle is over; but what can fail is more than a question.
func (in *Calls) useOperation(st *domain.State, c *interp.CallSite) {
	f, ok := c.Obj.(*types.Func)
	if !ok || !c.HasRecv || f.Pkg() == in.Pass.Pkg || !f.Exported() || isStatus(f) || !in.IsHandleType(c.ArgTypes[0]) {
		return
	}
	if n := c.Sig.Results().Len(); n > 0 && gotypes.IsError(c.Sig.Results().At(n-1).Type()) {
		in.Use(st, c.Args[0], c.Site())
	}
}

// owedBy are the loans that the receiver of c guards, where it is a handle of another
// package: its methods leave the debt to the one that releases it, wherever they put it. What
// else c is given may have the handle as well, in an object that is not known any more.
func (in *Calls) owedBy(st *domain.State, c *interp.CallSite) (owed []*domain.Loan) {
	if st.Loans.Len() == 0 || !in.isOfHandle(c) {
		return nil
	}
	s := c.Args[0].One()
	if s == nil {
		return nil
	}
	for _, l := range in.GuardedBy(st, s) {
		if st.Loans.At(l).Phase == domain.Live && !in.isGivenHolder(st, c, l) {
			owed = append(owed, l)
		}
	}
	return owed
}

// mayAnswerReceiver reports whether one of results is something of which nothing is known, where the
// receiver of c can be meant.
func (in *Calls) mayAnswerReceiver(c *interp.CallSite, results []domain.Value) bool {
	for i, r := range results {
		if s := r.One(); s != nil && s.Kind == domain.SymFresh && c.HasRecv && canBe(c.Sig.Results().At(i).Type(), c.ArgTypes[0]) {
			return true
		}
	}
	return false
}

// isOfHandle reports whether c calls a method of a handle of another package.
func (in *Calls) isOfHandle(c *interp.CallSite) bool {
	f, ok := c.Obj.(*types.Func)
	return ok && c.HasRecv && f.Pkg() != in.Pass.Pkg && in.IsHandleType(c.ArgTypes[0])
}

// leavesDebt reports whether c calls a method of a handle of another package that leaves the handle to
// whoever releases it: it neither does that itself, nor gives it away, nor can it answer with the handle.
func (in *Calls) leavesDebt(c *interp.CallSite) bool {
	if !in.isOfHandle(c) || ends(c.Obj.Name()) {
		return false
	}
	for v := range c.Sig.Results().Variables() {
		if canBe(v.Type(), c.ArgTypes[0]) {
			return false
		}
	}
	ct := in.contractOf(c)
	return ct == nil || !slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool {
		return (cl.Verb == contract.Release || cl.Verb == contract.Move) && slices.ContainsFunc(cl.Values, func(p contract.Path) bool { return p.Root == contract.Recv })
	})
}

// StayOwed makes the loans live again that a method, or a goroutine, has moved.
func (in *Calls) StayOwed(st *domain.State, owed []*domain.Loan) {
	for _, l := range owed {
		if stand := st.Loans.At(l); stand.Phase == domain.Moved && !stand.Unsure && !stand.Given {
			stand.Phase = domain.Live
			st.Loans.Set(l, stand)
		}
	}
}

// deepen puts what a method returned on the deep loans of its receiver, where
// the method is out of sight.
func (in *Calls) deepen(st *domain.State, c *interp.CallSite, results []domain.Value) {
	if !c.HasRecv || len(c.Args) == 0 || st.Loans.Len() == 0 || in.summaryOf(c) != nil || in.contractOf(c) != nil {
		return
	}
	recv := c.Args[0].One()
	if recv == nil || !recv.Deep() {
		return
	}
	for i, r := range results {
		if t := c.Sig.Results().At(i).Type(); gotypes.IsReference(t) && !gotypes.IsError(t) && r.One() != nil && r.One().Kind == domain.SymFresh {
			results[i] = domain.Value{in.Derived(domain.Slot{Index: i, Tuple: nil}, c.Args[0], t)}
		}
	}
}

// called ends what lasts until this method is called.
func (in *Calls) called(st *domain.State, c *interp.CallSite) {
	if c.HasRecv && len(c.Args) > 0 {
		in.Event(st, c.Args[0], c, false)
	}
}

// belonging notes to whose token's owner the results of a call belong.
func (in *Calls) belonging(c *interp.CallSite, rs []interp.Returned) []interp.Returned {
	for _, r := range rs {
		in.deepen(r.St, c, r.Results)
		in.Belong(r.St, c, r.Results)
	}
	return rs
}

func (in *Calls) contractOf(c *interp.CallSite) *contract.Contract {
	if c.Obj != nil {
		ct := in.Contracts.Of(c.Obj)
		if call := c.Instr.Common(); call.IsInvoke() {
			ct = in.Contracts.OfCall(c.Obj, call.Value.Type())
		}
		if ct != nil {
			return ct
		}
	}
	if c.FuncType != nil && c.Fn == nil {
		return in.Contracts.OfType(c.FuncType)
	}
	return nil
}
