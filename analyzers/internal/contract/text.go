package contract

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// shortNames qualifies types by the names of their packages.
func shortNames(p *types.Package) string { return p.Name() }

// nameOf writes a named type without its parameters.
func nameOf(t types.Type) string {
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil {
		return n.Obj().Pkg().Name() + "." + n.Obj().Name()
	}
	return types.TypeString(t, shortNames)
}

// typeText writes a type as a file of the package would, for messages. It
// leaves out the names of parameters, in which a stub may differ.
func (env *environment) typeText(t types.Type) string {
	return types.TypeString(unnamed(t), func(p *types.Package) string {
		if p == env.pkg {
			return ""
		}
		return p.Name()
	})
}

// kindText writes what a type is, without its members.
func (env *environment) kindText(t types.Type) string {
	switch t.(type) {
	case *types.Struct:
		return "a struct"
	case *types.Interface:
		return "an interface"
	}
	return env.typeText(t)
}

func unnamed(t types.Type) types.Type {
	sig, ok := t.(*types.Signature)
	if !ok {
		return t
	}
	tuple := func(t *types.Tuple) *types.Tuple {
		var vars []*types.Var
		for v := range t.Variables() {
			vars = append(vars, types.NewVar(token.NoPos, nil, "", unnamed(v.Type())))
		}
		return types.NewTuple(vars...)
	}
	return types.NewSignatureType(nil, nil, nil, tuple(sig.Params()), tuple(sig.Results()), sig.Variadic())
}

// exprText writes a type of a stub, likewise.
func exprText(e ast.Expr) string {
	ft, ok := ast.Unparen(e).(*ast.FuncType)
	if !ok {
		return types.ExprString(e)
	}
	list := func(fl *ast.FieldList) (out []string) {
		if fl == nil {
			return nil
		}
		for _, f := range fl.List {
			for range max(len(f.Names), 1) {
				out = append(out, exprText(f.Type))
			}
		}
		return out
	}
	s := "func(" + strings.Join(list(ft.Params), ", ") + ")"
	switch results := list(ft.Results); len(results) {
	case 0:
		return s
	case 1:
		return s + " " + results[0]
	default:
		return s + " (" + strings.Join(results, ", ") + ")"
	}
}
