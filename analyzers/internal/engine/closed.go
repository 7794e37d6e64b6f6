package engine

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/calls"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
)

// Functions of which all callers are known: what is found in one of them must hold for what its callers pass.

// A committed is what the analysis of fn found for good.
type committed struct {
	fn *ssa.Function
	result
}

// findClosed notes the functions that only this package can call, and the calls of them: each of the package's
// uses of them is a call, which is executed where it stands.
func (e *engine) findClosed(fns []*ssa.Function) {
	e.Closed = make(map[*ssa.Function]*calls.Callers)
	for _, fn := range fns {
		if obj, ok := fn.Object().(*types.Func); ok && fn.Parent() == nil && !ast.IsExported(obj.Name()) && obj.Name() != "main" && obj.Name() != "init" &&
			len(fn.Params) > 0 && fn.TypeParams().Len() == 0 && len(e.BoundsOf(fn)) == 0 && len(e.Lent[fn]) == 0 {
			e.Closed[fn] = &calls.Callers{}
		}
	}
	invoked := make(map[string]bool)
	var ops []*ssa.Value
	scan := func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				var callee *ssa.Function
				if c, ok := i.(ssa.CallInstruction); ok {
					if c.Common().IsInvoke() {
						invoked[c.Common().Method.Name()] = true
					}
					_, starts := i.(*ssa.Go)
					if f, ok := c.Common().Value.(*ssa.Function); ok && !starts && e.Closed[f] != nil {
						callee = f
						e.Closed[f].Sites = append(e.Closed[f].Sites, c)
					}
				}
				ops = i.Operands(ops[:0])
				for n, op := range ops {
					if f, ok := (*op).(*ssa.Function); ok && !(n == 0 && f == callee) {
						delete(e.Closed, interp.Real(f))
					}
				}
			}
		}
	}
	for _, fn := range fns {
		scan(fn)
	}
	if init := e.Pkg.Func("init"); init != nil {
		scan(init)
	}
	for fn := range e.Closed {
		if fn.Signature.Recv() != nil && invoked[fn.Name()] {
			delete(e.Closed, fn)
		}
	}
}

// confirm analyses those functions again, callers before callees, in which something was found, or in what they call,
// and of which all callers pass something of which more is known than nothing: what they pass is then what it is given.
func (e *engine) confirm() {
	concerned := make(map[*ssa.Function]bool)
	for _, r := range e.done {
		concerned[r.fn] = !r.gaveUp && (r.found() || slices.ContainsFunc(e.callees(r.fn), func(f *ssa.Function) bool { return concerned[f] && e.Closed[f] != nil }))
	}
	for i := range slices.Backward(e.done) {
		r := &e.done[i]
		callers := e.Closed[r.fn]
		if !concerned[r.fn] || callers == nil || !callers.All() || len(callers.Facts()) == 0 {
			continue
		}
		for _, f := range e.callees(r.fn) {
			if callees := e.Closed[f]; callees != nil && f != r.fn {
				callees.Forget(r.fn)
			}
		}
		again := e.runGiven(r.fn, callers.Facts())
		e.ForgetFlows(r.fn)
		if r.found() && !again.gaveUp {
			r.result = again
		}
	}
}

// found reports whether there are findings.
func (r result) found() bool {
	return slices.ContainsFunc(r.findings, func(f diag.Finding) bool { return !f.Unproved })
}
