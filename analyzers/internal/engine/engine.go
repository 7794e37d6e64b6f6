package engine

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/calls"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
	"github.com/revlint/revlint/analyzers/internal/tokens"
)

// An engine analyses the functions of one package.
type engine struct {
	options *diag.Options
	*interp.Functions
	*calls.Program
	calls    map[*ssa.Function][]*ssa.Function // see callees
	findings []diag.Finding
	stats    report.Stats
	tests    report.Stats // what of stats is of test files
	accesses []report.Access
	done     []committed
	last     map[*ssa.Function]result // of recursive functions: what their last run found
	spent    int                      // steps, on all functions so far
	allowed  int                      // steps, to one function
}

// A package has enoughSteps for all its functions: each of them may take a share of what is left, and
// fewestSteps in any case. So all but the largest packages have interp.MaxSteps for each, and the time that
// one of these takes grows as it does. What is executed with few steps tells fewer paths apart, and has more that is unknown.
const (
	enoughSteps = 5_000_000
	shares      = 64
	fewestSteps = 1_000
)

// allow works out how many steps the functions have that are executed next.
func (e *engine) allow() {
	e.allowed = min(max((enoughSteps-e.spent)/shares, fewestSteps), interp.MaxSteps)
}

// analyse analyses every function of the package: first those with names,
// callees before callers; then the literals that no function executed in place.
func (e *engine) analyse() {
	fns := e.declared()
	e.Declared = fns
	for _, fn := range fns {
		e.findLent(fn)
	}
	e.findClosed(fns)
	e.LeftLocks = rules.LeftLocks(e.Contracts, e.Pass.Pkg, fns)
	e.Relayed = rules.Relayed(e.Contracts, fns, func(fn *ssa.Function) []ssa.CallInstruction {
		if c := e.Closed[fn]; c != nil {
			return c.Sites
		}
		return nil
	})
	for _, c := range domain.Components(e.named(fns), e.callees) {
		e.allow()
		if len(c) > 1 || slices.Contains(e.callees(c[0]), c[0]) {
			e.solveRecursion(c)
		}
		for _, fn := range c {
			e.commit(fn)
			e.ForgetFlows(fn)
		}
	}
	for _, fn := range fns {
		if fn.Parent() != nil && !e.Visited[fn] {
			e.allow()
			e.commit(fn)
			e.ForgetFlows(fn)
		}
	}
	e.confirm()
	for _, r := range e.done {
		e.add(r.fn, r.result)
	}
	tokens := &tokens.Checker{Options: e.options, Pass: e.Pass, Contracts: e.Contracts, Names: e.Names}
	tokens.ReportForged()
	tokens.ReportHints()
	e.findings = append(e.findings, tokens.Findings...)
	slices.SortStableFunc(e.findings, func(a, b diag.Finding) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Analyzer, b.Analyzer))
	})
}

// named are those of fns with names. Methods of what functions return as an interface, or fields hold, come first, as far as they do not call those
// functions: who calls such a method knows whose it is. Those of tests come last: what they take of the package's steps is not missing elsewhere.
func (e *engine) named(fns []*ssa.Function) (out []*ssa.Function) {
	var tests, rest []*ssa.Function
	held := e.heldTypes(fns)
	for _, fn := range fns {
		switch {
		case fn.Parent() != nil:
		case e.inTest(fn):
			tests = append(tests, fn)
		case fn.Signature.Recv() != nil && held.Has(gotypes.Deref(fn.Signature.Recv().Type())):
			out = append(out, fn)
		default:
			rest = append(rest, fn)
		}
	}
	return slices.Concat(out, rest, tests)
}

// heldTypes are the types of what fns make the interface of that is a result of theirs, and of what fields hold.
func (e *engine) heldTypes(fns []*ssa.Function) *gotypes.Set {
	out := gotypes.NewSet()
	for _, t := range e.HeldFields {
		out.Add(gotypes.Deref(t))
	}
	for _, fn := range fns {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				m, ok := i.(*ssa.MakeInterface)
				if !ok || gotypes.IsError(m.Type()) {
					continue
				}
				for r := range fn.Signature.Results().Variables() {
					if types.Identical(r.Type(), m.Type()) {
						out.Add(gotypes.Deref(m.X.Type()))
					}
				}
			}
		}
	}
	return out
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
						if f = interp.Real(f); f.Pkg == e.Pkg && f.Parent() == nil && len(f.Blocks) > 0 && !slices.Contains(out, f) {
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
		e.Summaries[fn] = &summary.Summary{Version: summary.Version}
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
			if r, ran := last[fn]; ran && r.summary == nil {
				continue // unknown once is unknown for good: nothing is less
			}
			r := e.run(fn)
			last[fn] = r
			if !r.summary.Equal(e.Summaries[fn]) {
				stable = false
				for _, g := range fns {
					if slices.Contains(e.callees(g), fn) {
						dirty[g] = true
					}
				}
			}
			e.Summaries[fn] = r.summary
		}
		if stable {
			e.last = last
			return
		}
	}
	e.last = make(map[*ssa.Function]result)
	for _, fn := range fns {
		e.Summaries[fn] = nil
		if r, ran := last[fn]; ran && r.gaveUp {
			e.last[fn] = r // it would end as it did
		}
	}
}

// commit analyses fn for good.
func (e *engine) commit(fn *ssa.Function) {
	r, done := e.last[fn]
	if !done {
		r = e.run(fn)
	}
	delete(e.last, fn)
	if _, ok := e.Summaries[fn]; !ok {
		e.Summaries[fn] = r.summary
	}
	e.done = append(e.done, committed{fn, r})
}

// inTest reports whether fn is of a test file.
func (e *engine) inTest(fn *ssa.Function) bool { return isTest(e.Pass.Fset, fn) }

func isTest(fset *token.FileSet, fn *ssa.Function) bool {
	return strings.HasSuffix(fset.Position(fn.Pos()).Filename, "_test.go")
}

// add adds what was found in fn to what was found in the package.
func (e *engine) add(fn *ssa.Function, r result) {
	e.findings = append(e.findings, r.findings...)
	e.stats.Add(r.stats)
	if e.inTest(fn) {
		e.tests.Add(r.stats)
	}
	e.accesses = append(e.accesses, r.accesses...)
}

// declared lists the functions and literals of the package in source order.
func (e *engine) declared() []*ssa.Function {
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
	for _, f := range e.Pass.Files {
		if e.options.Skips(e.Pass.Fset, f.FileStart) {
			continue
		}
		for _, d := range f.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok {
				if obj, ok := e.Pass.TypesInfo.Defs[fd.Name].(*types.Func); ok {
					add(e.Prog.FuncValue(obj))
				}
			}
		}
	}
	// Literals in the initialisers of package-level variables.
	if init := e.Pkg.Func("init"); init != nil {
		for _, anon := range init.AnonFuncs {
			add(anon)
		}
	}
	return out
}

// A result is what the analysis of one function found.
type result struct {
	summary  *summary.Summary // nil: unknown
	gaveUp   bool             // it took too long
	findings []diag.Finding
	stats    report.Stats
	accesses []report.Access
}

// Watch, if set, is shown the states of each function: for tests, which alone set it.
var Watch interp.Watch

// run analyses fn on its own.
func (e *engine) run(fn *ssa.Function) result { return e.runGiven(fn, nil) }

// runGiven analyses fn on its own, where facts hold of what it is given. Where that left in doubt when something of its callers' is
// released, because paths were merged that two conditions at once tell apart, fn is analysed once more with these kept apart.
func (e *engine) runGiven(fn *ssa.Function, facts []summary.ParamFact) result {
	r, in := e.runOnce(fn, facts, false)
	if in.Doubts == 0 || r.summary == nil || in.Executed() > maxTwice {
		return r
	}
	if again, apart := e.runOnce(fn, facts, true); again.summary != nil && apart.Doubts < in.Doubts {
		return again
	}
	return r
}

// maxTwice is how many steps a function may have taken to be analysed once more.
const maxTwice = 3_000

// runOnce does so once; apart says that paths are told apart by all that is asked of what was passed.
func (e *engine) runOnce(fn *ssa.Function, facts []summary.ParamFact, apart bool) (r result, in *calls.Calls) {
	e.Visited[fn] = true
	e.options.SetAt(func() string { return fmt.Sprintf("%v (%v)", fn, e.Pass.Fset.Position(fn.Pos())) })
	in = calls.New(e.Program, e.Functions, fn)
	in.Apart = apart
	in.Sanity = e.options.Sanity
	in.Watch = Watch
	if e.options.Dumps(fn.String()) {
		in.Dump = os.Stderr
	}
	st := domain.NewState(e.FlowOf(fn))
	in.EnterRoot(st, fn)
	in.Assume(st, fn, facts)
	if st.Splits = e.mayLoan(fn); !st.Splits {
		in.MaxPaths, in.MaxSteps = 3, interp.MaxPlainSteps
		if watched := in.Watched(fn); len(watched) > 0 {
			st.Watched, in.MaxPaths = watched, 4
		}
	}
	in.MaxSteps = min(in.MaxSteps, e.allowed)
	exits := in.Exec(fn, st)
	e.spent += in.Executed()
	if in.GaveUp {
		r.gaveUp = true
		r.stats.GiveUp(report.TooComplex)
		if e.mayLoan(fn) {
			r.findings = []diag.Finding{{
				Analyzer: "revuse", Pos: fn.Pos(), Unproved: true,
				Message: fmt.Sprintf("nothing in %s can be proved: it is too complex", fn.Name()),
				Related: []diag.Related{{Pos: fn.Pos(), Message: "to have it proved: " + report.Cure(report.TooComplex)}},
			}}
		}
		return r, in
	}
	for _, x := range exits {
		in.Leave(x)
	}
	in.ReportReleases()
	in.ReportUnpaid()
	in.ReportLax()
	return result{
		summary:  in.Summarize(),
		findings: in.Findings(),
		stats:    in.Tally.Stats(),
		accesses: e.accessesOf(in),
	}, in
}

// mayLoan reports whether a loan can arise in fn: it calls something that has
// a contract, or whose summary hands on loans or releases, or it is lent
// something itself.
func (e *engine) mayLoan(fn *ssa.Function) bool {
	if len(e.Lent[fn]) > 0 {
		return true
	}
	for _, p := range fn.Params {
		if e.Contracts.IsToken(p.Type()) {
			return true
		}
	}
	if len(e.BoundsOf(fn)) > 0 {
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

// lends reports whether a call can begin or end a loan.
func (e *engine) lends(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return e.Contracts.Of(c.Method) != nil || e.HandsOutBy(c)
	}
	fn := c.StaticCallee()
	if fn == nil {
		return calls.VariableOf(c.Value) != nil && e.Contracts.Of(calls.VariableOf(c.Value)) != nil || e.Contracts.OfType(c.Value.Type()) != nil
	}
	fn = interp.Real(fn)
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return false // a literal: looked at with the rest
	}
	if e.Contracts.Of(obj) != nil {
		return true
	}
	s := e.Summaries[fn]
	if s == nil && obj.Pkg() != e.Pass.Pkg {
		s = e.Imported(obj)
	}
	return s != nil && s.Lends()
}

// lendable lists the types of which, by contract, something is on loan in the
// package: pointers to types with a name, for of bytes there is too much; and the
// interfaces by which such a loan is released.
func (e *engine) lendable() (values, guards *gotypes.Set) {
	values, guards = gotypes.NewSet(), gotypes.NewSet()
	add := func(t types.Type) {
		if p, ok := types.Unalias(t).(*types.Pointer); ok && gotypes.IsConcrete(p) {
			values.Add(t)
		}
	}
	for _, fn := range e.declared() {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				c, ok := i.(ssa.CallInstruction)
				if !ok {
					continue
				}
				ct := e.Contracts.Of(calledObject(c.Common()))
				if ct == nil {
					e.lentBySummary(c.Common(), add, guards)
					continue
				}
				for _, cl := range ct.Claims {
					if g := cl.Guard; g != nil && g.Root == contract.Result && len(g.Steps) == 0 {
						if t := c.Common().Signature().Results().At(g.Index).Type(); types.IsInterface(t) {
							guards.Add(t)
						}
					}
					for _, v := range cl.Values {
						if cl.Verb != contract.Release && v.Root == contract.Result && len(v.Steps) == 0 {
							add(c.Common().Signature().Results().At(v.Index).Type())
						}
					}
				}
			}
		}
	}
	return values, guards
}

// lentBySummary gives add the types of which c hands out something on loan, as the summary has it of what
// another package's function took for its callers; and adds the interfaces that release such a loan to guards.
func (e *engine) lentBySummary(c *ssa.CallCommon, add func(types.Type), guards *gotypes.Set) {
	f, ok := calledObject(c).(*types.Func)
	if !ok || f.Pkg() == nil || f.Pkg() == e.Pass.Pkg {
		return
	}
	s := e.Imported(f.Origin())
	if s == nil {
		return
	}
	results := c.Signature().Results()
	typeOf := func(p summary.Path) types.Type {
		if letter, i, steps := p.Root(); letter == 'r' && steps == "" && i < results.Len() {
			return results.At(i).Type()
		}
		return nil
	}
	for _, o := range s.Outcomes {
		for _, l := range o.Loans {
			for _, p := range l.Values {
				if t := typeOf(p); t != nil {
					add(t)
				}
			}
			for _, p := range slices.Concat(l.Guards, l.Outside) {
				if t := typeOf(p); t != nil && types.IsInterface(t) {
					guards.Add(t)
				}
			}
		}
	}
}

// calledObject is the function, method, field or variable that is called, nil if
// that is not known.
func calledObject(c *ssa.CallCommon) types.Object {
	if c.IsInvoke() {
		return c.Method
	}
	if f := c.StaticCallee(); f != nil {
		return interp.Real(f).Object()
	}
	return calls.VariableOf(c.Value)
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
			obj := calledObject(c)
			if obj == nil || e.Contracts.Of(obj) == nil {
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
	ct := e.Contracts.Of(obj)
	for n := range ct.Claims {
		cl := &ct.Claims[n]
		for _, pl := range cl.Places {
			i := first + pl.Path.Index
			if pl.Kind != contract.Callback || pl.Path.Root != contract.Param || i >= len(c.Args) {
				continue
			}
			fn := calls.FunctionOf(c.Args[i])
			if fn == nil || fn.Pkg != e.Pkg || fn.Parent() != nil {
				continue
			}
			var args []calls.ScopedArg
			for _, a := range pl.Args {
				args = append(args, calls.ScopedArg{Claim: cl, Path: a, Owner: nil, By: obj.Name()})
			}
			e.LendTo(fn, args)
		}
	}
}
