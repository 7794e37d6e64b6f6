package loan

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// An engine analyses the functions of one package.
type engine struct {
	pass      *analysis.Pass
	prog      *ssa.Program
	pkg       *ssa.Package
	contracts *contract.Set
	names     *names
	flows     map[*ssa.Function]*flow
	summaries map[*ssa.Function]*summary.Summary // nil: unknown
	facts     map[*types.Func]*summary.Summary   // see imported
	calls     map[*ssa.Function][]*ssa.Function  // see callees
	visited   map[*ssa.Function]bool             // analysed, or executed in place
	lent      map[*ssa.Function][]scopedArg      // functions that are handed over as callbacks
	findings  []finding
	stats     Stats
	last      map[*ssa.Function]result // of recursive functions: what their last run found
}

func (e *engine) flowOf(fn *ssa.Function) *flow {
	f := e.flows[fn]
	if f == nil {
		f = newFlow(fn)
		e.flows[fn] = f
	}
	return f
}

// forgetFlows makes room: fn, and the literals in it, are not executed again.
func (e *engine) forgetFlows(fn *ssa.Function) {
	delete(e.flows, fn)
	for _, anon := range fn.AnonFuncs {
		e.forgetFlows(anon)
	}
}

// analyse analyses every function of the package: first those with names,
// callees before callers; then the literals that no function executed in place.
func (e *engine) analyse() {
	fns := e.functions()
	for _, fn := range fns {
		e.findLent(fn)
	}
	var named []*ssa.Function
	for _, fn := range fns {
		if fn.Parent() == nil {
			named = append(named, fn)
		}
	}
	for _, c := range components(named, e.callees) {
		if len(c) > 1 || slices.Contains(e.callees(c[0]), c[0]) {
			e.solveRecursion(c)
		}
		for _, fn := range c {
			e.commit(fn)
			e.forgetFlows(fn)
		}
	}
	for _, fn := range fns {
		if fn.Parent() != nil && !e.visited[fn] {
			e.commit(fn)
			e.forgetFlows(fn)
		}
	}
	e.reportForged()
	e.reportHints()
	slices.SortStableFunc(e.findings, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Analyzer, b.Analyzer))
	})
}

// callees lists the functions of this package that fn, or a literal in it,
// calls or mentions.
func (e *engine) callees(fn *ssa.Function) []*ssa.Function {
	if out, ok := e.calls[fn]; ok {
		return out
	}
	var out []*ssa.Function
	var ops []*ssa.Value
	var scan func(fn *ssa.Function)
	scan = func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				ops = i.Operands(ops[:0])
				for _, op := range ops {
					if f, ok := (*op).(*ssa.Function); ok {
						if f = real(f); f.Pkg == e.pkg && f.Parent() == nil && len(f.Blocks) > 0 && !slices.Contains(out, f) {
							out = append(out, f)
						}
					}
				}
			}
		}
		for _, a := range fn.AnonFuncs {
			scan(a)
		}
	}
	scan(fn)
	e.calls[fn] = out
	return out
}

// real is the declared function that a wrapper, thunk or instance stands for.
func real(fn *ssa.Function) *ssa.Function {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		if f := fn.Prog.FuncValue(obj.Origin()); f != nil {
			return f
		}
	}
	return fn
}

// maxIterations is how often recursive functions are summarised anew before
// they count as unknown.
const maxIterations = 4

// maxComponent is how many functions that call each other are summarised
// together; a larger knot of them is unknown, each to the others.
const maxComponent = 16

// solveRecursion summarises functions that call each other: at first none of
// them is taken to return, then as the last round has it, until that is
// stable.
func (e *engine) solveRecursion(fns []*ssa.Function) {
	rounds := maxIterations
	if len(fns) > maxComponent {
		rounds = 0
	}
	for _, fn := range fns {
		e.summaries[fn] = &summary.Summary{Version: summary.Version}
	}
	dirty := make(map[*ssa.Function]bool)
	last := make(map[*ssa.Function]result)
	for _, fn := range fns {
		dirty[fn] = true
	}
	for range rounds {
		stable := true
		for _, fn := range fns {
			if !dirty[fn] {
				continue
			}
			dirty[fn] = false
			r := e.run(fn)
			last[fn] = r
			if !r.summary.Equal(e.summaries[fn]) {
				stable = false
				for _, g := range fns {
					if slices.Contains(e.callees(g), fn) {
						dirty[g] = true
					}
				}
			}
			e.summaries[fn] = r.summary
		}
		if stable {
			e.last = last
			return
		}
	}
	for _, fn := range fns {
		e.summaries[fn] = nil
	}
}

// commit analyses fn for good.
func (e *engine) commit(fn *ssa.Function) {
	r, done := e.last[fn]
	if !done {
		r = e.run(fn)
	}
	delete(e.last, fn)
	if _, ok := e.summaries[fn]; !ok {
		e.summaries[fn] = r.summary
	}
	e.findings = append(e.findings, r.findings...)
	e.stats.add(r.stats)
}

// functions lists the functions and literals of the package in source order.
func (e *engine) functions() []*ssa.Function {
	var out []*ssa.Function
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		if fn == nil || len(fn.Blocks) == 0 {
			return
		}
		out = append(out, fn)
		for _, anon := range fn.AnonFuncs {
			add(anon)
		}
	}
	for _, f := range e.pass.Files {
		if diag.Skips(e.pass.Fset, f.FileStart) {
			continue
		}
		for _, d := range f.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok {
				if obj, ok := e.pass.TypesInfo.Defs[fd.Name].(*types.Func); ok {
					add(e.prog.FuncValue(obj))
				}
			}
		}
	}
	// Literals in the initialisers of package-level variables.
	if init := e.pkg.Func("init"); init != nil {
		for _, anon := range init.AnonFuncs {
			add(anon)
		}
	}
	return out
}

// A result is what the analysis of one function found.
type result struct {
	summary  *summary.Summary // nil: unknown
	findings []finding
	stats    Stats
}

// run analyses fn on its own.
func (e *engine) run(fn *ssa.Function) (r result) {
	e.visited[fn] = true
	in := &interpreter{
		engine: e, machine: newMachine(), root: fn, maxPaths: maxPaths, maxSteps: maxSteps,
		ranges: make(map[*symbol]rangeOf), asserted: make(map[*symbol]assertion),
	}
	st := newState(e.flowOf(fn))
	in.enterRoot(st, fn)
	if !e.mayLoan(fn) {
		in.maxPaths, in.maxSteps = 2, maxPlainSteps
		if watched := in.watched(fn); len(watched) > 0 {
			st.watched, in.maxPaths = watched, 4
		}
	}
	exits := in.exec(fn, st)
	if in.gaveUp {
		r.stats.giveUp("too complex")
		return r
	}
	for _, x := range exits {
		in.leave(x)
	}
	in.reportReleases()
	in.reportUnpaid()
	return result{in.summarize(), append(in.found, in.tally.findings(in)...), in.tally.stats()}
}

// watched are the parameters of a predicate, a function that answers with a
// bool or an error: what it answers often tells whether they are nil.
func (in *interpreter) watched(fn *ssa.Function) (out []*symbol) {
	answers := false
	for v := range fn.Signature.Results().Variables() {
		answers = answers || isBoolean(v.Type()) || isError(v.Type())
	}
	for _, p := range fn.Params {
		if _, ok := p.Type().Underlying().(*types.Pointer); ok && answers && len(out) < 2 {
			out = append(out, in.param(fn, p))
		}
	}
	return out
}

// mayLoan reports whether a loan can arise in fn: it calls something that has
// a contract, or whose summary hands on loans or releases, or it is lent
// something itself.
func (e *engine) mayLoan(fn *ssa.Function) bool {
	if len(e.lent[fn]) > 0 {
		return true
	}
	for _, p := range fn.Params {
		if e.contracts.IsToken(p.Type()) {
			return true
		}
	}
	if len(e.boundsOf(fn)) > 0 {
		return true
	}
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			if c, ok := i.(ssa.CallInstruction); ok && e.lends(c.Common()) {
				return true
			}
		}
	}
	return slices.ContainsFunc(fn.AnonFuncs, e.mayLoan)
}

// boundsOf are the claims on interfaces and func types that bind the body of fn.
func (e *engine) boundsOf(fn *ssa.Function) []contract.Bound {
	switch syntax := fn.Syntax().(type) {
	case *ast.FuncLit:
		return e.contracts.ScopedLiteral(syntax)
	case *ast.FuncDecl:
		if obj, ok := fn.Object().(*types.Func); ok {
			return e.contracts.ScopedBy(obj)
		}
	}
	return nil
}

// lends reports whether a call can begin or end a loan.
func (e *engine) lends(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return e.contracts.Of(c.Method) != nil
	}
	fn := c.StaticCallee()
	if fn == nil {
		return variableOf(c.Value) != nil && e.contracts.Of(variableOf(c.Value)) != nil || e.contracts.OfType(c.Value.Type()) != nil
	}
	fn = real(fn)
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return false // a literal: looked at with the rest
	}
	if e.contracts.Of(obj) != nil {
		return true
	}
	s := e.summaries[fn]
	if s == nil && obj.Pkg() != e.pass.Pkg {
		s = e.imported(obj)
	}
	return s != nil && s.Lends()
}

// enterRoot gives the parameters of fn their symbols, and lends it what
// contracts say is lent to it.
func (in *interpreter) enterRoot(st *state, fn *ssa.Function) {
	f := st.top()
	for _, p := range fn.Params {
		f.env.set(p, value{in.param(fn, p)})
	}
	for i, v := range fn.FreeVars {
		s := in.intern(symbolKey{kind: symParam, index: len(fn.Params) + i}, v.Type(), nil)
		f.env.set(v, value{s})
	}
	args := slices.Clone(in.lent[fn])
	for _, b := range in.boundsOf(fn) {
		for _, pl := range b.Claim.Places {
			if pl.Kind == contract.Value && pl.Path.Root == contract.Param {
				p := pl.Path
				if fn.Signature.Recv() != nil {
					p.Index++
				}
				args = append(args, scopedArg{claim: b.Claim, path: p, by: b.Interface})
			}
		}
	}
	for i, p := range fn.Params {
		s := f.env.at(p).one()
		lent := false
		for n, a := range args {
			if a.path.Index == i {
				in.lend(st, fn, p, s, a, n)
				lent = true
			}
		}
		if !lent && in.contracts.IsToken(p.Type()) && !in.ownsToken(p.Type()) {
			in.lendToken(st, fn, p, s)
		}
	}
}

// lendTo notes that fn is handed over as a callback, to which args are lent.
func (e *engine) lendTo(fn *ssa.Function, args []scopedArg) {
	for _, a := range args {
		a.owner = nil // a value of another function
		if fn.Signature.Recv() != nil {
			a.path.Index++
		}
		have := slices.ContainsFunc(e.lent[fn], func(b scopedArg) bool { return b.claim == a.claim && b.path.Index == a.path.Index })
		if !have {
			e.lent[fn] = append(e.lent[fn], a)
		}
	}
}

// findLent notes which functions of the package fn hands over as callbacks
// that are lent their arguments, before any of them is analysed.
func (e *engine) findLent(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			call, ok := i.(ssa.CallInstruction)
			if !ok {
				continue
			}
			c := call.Common()
			var obj types.Object
			if c.IsInvoke() {
				obj = c.Method
			} else if f := c.StaticCallee(); f != nil {
				obj = real(f).Object()
			} else {
				obj = variableOf(c.Value)
			}
			if obj == nil || e.contracts.Of(obj) == nil {
				continue
			}
			e.findLentBy(c, obj)
		}
	}
}

func (e *engine) findLentBy(c *ssa.CallCommon, obj types.Object) {
	first := 0
	if f, ok := obj.(*types.Func); ok && f.Signature().Recv() != nil && !c.IsInvoke() {
		first = 1
	}
	ct := e.contracts.Of(obj)
	for n := range ct.Claims {
		cl := &ct.Claims[n]
		for _, pl := range cl.Places {
			i := first + pl.Path.Index
			if pl.Kind != contract.Callback || pl.Path.Root != contract.Param || i >= len(c.Args) {
				continue
			}
			fn := functionOf(c.Args[i])
			if fn == nil || fn.Pkg != e.pkg || fn.Parent() != nil {
				continue
			}
			var args []scopedArg
			for _, a := range pl.Args {
				args = append(args, scopedArg{cl, a, nil, obj.Name()})
			}
			e.lendTo(fn, args)
		}
	}
}

// functionOf is the declared function or method that v is.
func functionOf(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return real(v)
	case *ssa.MakeClosure:
		return real(v.Fn.(*ssa.Function))
	case *ssa.ChangeType:
		return functionOf(v.X)
	}
	return nil
}

// summaryOf is what is known of the callee of c: from its body in this
// package, or from the package it is of.
func (in *interpreter) summaryOf(c *callSite) *summary.Summary {
	if c.fn != nil && c.fn.Pkg == in.pkg && c.fn.Parent() == nil {
		if len(c.fn.Blocks) == 0 {
			return bodyless(c.fn)
		}
		return in.summaries[c.fn]
	}
	if f, ok := c.obj.(*types.Func); ok && f.Pkg() != nil && f.Pkg() != in.pass.Pkg {
		return in.imported(f.Origin())
	}
	return nil
}

// imported is the summary that came with another package's f.
func (e *engine) imported(f *types.Func) *summary.Summary {
	if s, ok := e.facts[f]; ok {
		return s
	}
	s := new(summary.Summary)
	if !e.pass.ImportObjectFact(f, s) || s.Version != summary.Version {
		s = nil
	}
	e.facts[f] = s
	return s
}
