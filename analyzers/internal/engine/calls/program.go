package calls

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A Program is the package under analysis and what is known of all that it calls.
type Program struct {
	*rules.Unit
	Prog       *ssa.Program
	Pkg        *ssa.Package
	Fixed      domain.Fixed
	HeldFields domain.HeldFields
	InTest     func(fn *ssa.Function) bool // whether it is of a test file
	Guarded    domain.Guarded
	Summaries  map[*ssa.Function]*summary.Summary             // nil: unknown
	Facts      map[*types.Func]*summary.Summary               // see Imported
	Lent       map[*ssa.Function][]ScopedArg                  // functions that are handed over as callbacks
	Closed     map[*ssa.Function]*Callers                     // functions that nobody else calls
	imported   map[string]*types.Package                      // see packageAt
	likes      map[[2]types.Type]bool                         // what releasesLike has answered
	onceAtMost map[*ssa.Parameter]bool                        // see callsAtMostOnce
	packages   map[*types.Package]map[string]*summary.Encoded // see summariesOf
}

// Watched are the parameters of a predicate, a function that answers with a
// bool or an error: what it answers often tells whether they are nil.
func (in *Calls) Watched(fn *ssa.Function) (out []*domain.Symbol) {
	answers := false
	for v := range fn.Signature.Results().Variables() {
		answers = answers || gotypes.IsBoolean(v.Type()) || gotypes.IsError(v.Type())
	}
	for _, p := range fn.Params {
		if _, ok := p.Type().Underlying().(*types.Pointer); (ok || gotypes.IsError(p.Type())) && answers && len(out) < 2 {
			out = append(out, in.param(fn, p))
		}
	}
	return out
}

// BoundsOf are the claims on interfaces and func types that bind the body of fn.
func (e *Program) BoundsOf(fn *ssa.Function) []contract.Bound {
	switch syntax := fn.Syntax().(type) {
	case *ast.FuncLit:
		return e.Contracts.ScopedLiteral(syntax)
	case *ast.FuncDecl:
		if obj, ok := fn.Object().(*types.Func); ok {
			return e.Contracts.ScopedBy(obj)
		}
	}
	return nil
}

// boundArgs are the parameters of fn that are lent to it by what it is: a method that an interface
// declares, or a function that becomes one of a func type.
func (e *Program) boundArgs(fn *ssa.Function) (args []ScopedArg) {
	for _, b := range e.BoundsOf(fn) {
		for _, pl := range b.Claim.Places {
			if pl.Kind == contract.Value && pl.Path.Root == contract.Param {
				p := pl.Path
				if fn.Signature.Recv() != nil {
					p.Index++
				}
				args = append(args, ScopedArg{Claim: b.Claim, Path: p, By: b.Interface})
			}
		}
	}
	return args
}

// EnterRoot gives the parameters of fn their symbols, and lends it what
// contracts say is lent to it.
func (in *Calls) EnterRoot(st *domain.State, fn *ssa.Function) {
	f := st.Top()
	for _, p := range fn.Params {
		f.Env.Set(p, domain.Value{in.param(fn, p)})
	}
	for i, v := range fn.FreeVars {
		s := in.Intern(domain.SymbolKey{Kind: domain.SymParam, Index: len(fn.Params) + i}, v.Type(), nil)
		f.Env.Set(v, domain.Value{s})
	}
	args := slices.Concat(in.program.Lent[fn], in.program.boundArgs(fn))
	for i, p := range fn.Params {
		s := f.Env.At(p).One()
		lent := false
		for n, a := range args {
			if a.Path.Index == i {
				in.lend(st, fn, p, s, a, n)
				lent = true
			}
		}
		if !lent && in.Contracts.IsToken(p.Type()) && !in.Contracts.OwnsToken(p.Type()) {
			in.lendToken(st, fn, p, s)
		}
	}
}

// LendTo notes that fn is handed over as a callback, to which args are lent.
func (e *Program) LendTo(fn *ssa.Function, args []ScopedArg) {
	for _, a := range args {
		a.Owner = nil // a value of another function
		if fn.Signature.Recv() != nil {
			a.Path.Index++
		}
		have := slices.ContainsFunc(e.Lent[fn], func(b ScopedArg) bool { return b.Claim == a.Claim && b.Path.Index == a.Path.Index })
		if !have {
			e.Lent[fn] = append(e.Lent[fn], a)
		}
	}
}

// summaryOf is what is known of the callee of c: from its body in this
// package, or from the package it is of.
func (in *Calls) summaryOf(c *interp.CallSite) *summary.Summary {
	if c.Fn != nil && c.Fn.Pkg == in.program.Pkg && c.Fn.Parent() == nil {
		if len(c.Fn.Blocks) == 0 {
			return Bodyless(c.Fn)
		}
		return in.program.Summaries[c.Fn]
	}
	if f, ok := c.Obj.(*types.Func); ok && f.Pkg() != nil && f.Pkg() != in.Pass.Pkg {
		s := in.program.Imported(f.Origin())
		if s != nil && prints(f) {
			s = onlyPrinting(c, f, s)
		}
		return s
	}
	return nil
}

// Imported is the summary that came with another package's f.
func (e *Program) Imported(f *types.Func) *summary.Summary {
	if s, ok := e.Facts[f]; ok {
		return s
	}
	var s *summary.Summary
	if fact := e.summariesOf(f.Pkg())[summary.Name(f)]; fact != nil {
		s = fact.Decode()
	}
	e.Facts[f] = s
	return s
}

// summariesOf are the summaries that came with another package, by their names.
func (e *Program) summariesOf(pkg *types.Package) map[string]*summary.Encoded {
	if facts, ok := e.packages[pkg]; ok {
		return facts
	}
	facts := make(map[string]*summary.Encoded)
	if fact := new(summary.Package); e.Pass.ImportPackageFact(pkg, fact) {
		for _, f := range fact.All() {
			facts[f.Name] = f.Encoded
		}
	}
	if e.packages == nil {
		e.packages = make(map[*types.Package]map[string]*summary.Encoded)
	}
	e.packages[pkg] = facts
	return facts
}

// FunctionOf is the declared function or method that v is.
func FunctionOf(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return interp.Real(v)
	case *ssa.MakeClosure:
		return interp.Real(v.Fn.(*ssa.Function))
	case *ssa.ChangeType:
		return FunctionOf(v.X)
	}
	return nil
}
