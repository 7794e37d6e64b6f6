package tokens

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/source"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// A Checker finds what the syntax of a package shows of its tokens.
type Checker struct {
	Options   *diag.Options
	Pass      *analysis.Pass
	Contracts *contract.Set
	Names     *source.Names
	Findings  []diag.Finding
}

// ReportForged reports the tokens that this package makes though their types
// are of another: by literals, new, make, zero values, copies, conversions and
// reflection, as far as the expression itself shows it.
func (e *Checker) ReportForged() {
	for _, f := range e.Pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				t := e.Pass.TypesInfo.TypeOf(n)
				if n.Type == nil && t != nil {
					t = gotypes.Deref(t) // in []*T{{}}, the inner one makes a T
				}
				e.forged(n, t, "a literal")
			case *ast.CallExpr:
				e.forgedByCall(n)
			case *ast.StarExpr:
				if tv := e.Pass.TypesInfo.Types[n]; tv.IsValue() {
					e.forged(n, tv.Type, "a copy")
				}
			case *ast.ValueSpec:
				// A variable without a value is a token nobody gave.
				if n.Type != nil && len(n.Values) == 0 {
					e.forged(n, e.inside(e.Pass.TypesInfo.TypeOf(n.Type)), "a zero value")
				}
			}
			return true
		})
	}
}

func (e *Checker) forgedByCall(call *ast.CallExpr) {
	tv, ok := e.Pass.TypesInfo.Types[call.Fun]
	switch {
	case !ok:
	case tv.IsBuiltin() && len(call.Args) > 0:
		id, ok := ast.Unparen(call.Fun).(*ast.Ident)
		arg := e.Pass.TypesInfo.Types[call.Args[0]]
		switch {
		case !ok || !arg.IsType():
		case id.Name == "new":
			e.forged(call, e.inside(arg.Type), "new")
		case id.Name == "make" && len(call.Args) > 1:
			if s, ok := arg.Type.Underlying().(*types.Slice); ok {
				e.forged(call, e.inside(s.Elem()), "make")
			}
		}
	case tv.IsType() && len(call.Args) == 1:
		arg := e.Pass.TypesInfo.Types[call.Args[0]]
		if arg.IsNil() || arg.Type == nil || types.Identical(arg.Type, tv.Type) || e.Contracts.IsToken(arg.Type) {
			return
		}
		if e.Contracts.IsToken(tv.Type) {
			e.forged(call, gotypes.Deref(tv.Type), "a conversion")
		}
	case len(call.Args) > 0 && e.isReflect(call, "New", "Zero", "NewAt"):
		e.forged(call, e.inside(e.reflected(call.Args[0])), "reflection")
	}
}

// inside is the token that a variable of type t holds, itself or in a field or
// an element, if any.
func (e *Checker) inside(t types.Type) types.Type {
	if t == nil || e.Contracts.IsToken(t) {
		return t
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if held := e.inside(f.Type()); held != nil {
				return held
			}
		}
	case *types.Array:
		return e.inside(u.Elem())
	}
	return nil
}

// isReflect reports whether call is one of a function or method of package
// reflect that is so called.
func (e *Checker) isReflect(call *ast.CallExpr, names ...string) bool {
	fun := ast.Unparen(call.Fun)
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	f, ok := e.Pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	return ok && f.Pkg() != nil && f.Pkg().Path() == "reflect" && slices.Contains(names, f.Name())
}

// reflected is the type that an expression of type reflect.Type stands for,
// where it says so: TypeFor[T](), TypeOf(x), TypeOf(x).Elem().
func (e *Checker) reflected(x ast.Expr) types.Type {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return nil
	}
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.IndexExpr:
		if e.isReflect(call, "TypeFor") {
			return e.Pass.TypesInfo.TypeOf(fun.Index)
		}
	case *ast.SelectorExpr:
		switch {
		case len(call.Args) == 1 && e.isReflect(call, "TypeOf"):
			return e.Pass.TypesInfo.TypeOf(call.Args[0])
		case len(call.Args) == 0 && e.isReflect(call, "Elem"):
			if t := e.reflected(fun.X); t != nil {
				return gotypes.Deref(t)
			}
		}
	}
	return nil
}

// forged reports n if it makes a token, a value of type t, outside its package.
func (e *Checker) forged(n ast.Node, t types.Type, how string) {
	if t == nil {
		return
	}
	if _, ok := t.Underlying().(*types.Pointer); ok || !e.Contracts.IsToken(t) || e.Contracts.OwnsToken(t) {
		return
	}
	e.Findings = append(e.Findings, diag.Finding{
		Analyzer: "revbound", Pos: n.Pos(), End: n.End(),
		Message: fmt.Sprintf("%s made by %s proves nothing: only the callback that is given one has a proof", types.TypeString(t, shortName), how),
	})
}

// shortName qualifies a type with the name of its package, as code does.
func shortName(p *types.Package) string { return p.Name() }
