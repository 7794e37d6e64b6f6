package tokens

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// variable is the variable that e names, if it is no field.
func (h *hinter) variable(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := h.Pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || v.Name() == "_" {
		return nil
	}
	return v
}

// tokenIn is the token of type t that the innermost of the functions has, and
// how it is written: its only parameter of the type; or a variable that holds
// what the function has borrowed from another token among its parameters; or
// what it can so borrow. It must be what its name means where the call is.
func (h *hinter) tokenIn(stack []ast.Node, t types.Type, call *ast.CallExpr) (token *types.Var, how string) {
	fn := stack[len(stack)-1]
	var found []*types.Var
	for _, p := range h.parameters(fn) {
		if types.Identical(p.Type(), t) {
			found = append(found, p)
		}
	}
	if len(found) == 0 {
		for v := range h.borrowedTokens(fn) {
			if types.Identical(v.Type(), t) && v.Pos() < call.Pos() {
				found = append(found, v)
			}
		}
	}
	if len(found) == 0 {
		for _, p := range h.parameters(fn) {
			if m := h.borrows(p.Type(), t); m != nil {
				found, how = append(found, p), p.Name()+"."+m.Name()+"()"
			}
		}
	}
	if len(found) != 1 || len(h.assignments(found[0])) > 0 {
		return nil, ""
	}
	token = found[0]
	if how == "" {
		how = token.Name()
	}
	scope := h.Pass.Pkg.Scope().Innermost(call.Pos())
	if scope == nil {
		return nil, ""
	}
	if _, visible := scope.LookupParent(token.Name(), call.Pos()); visible != types.Object(token) {
		return nil, ""
	}
	return token, how
}

// borrows is the method by which a token of type t is borrowed from one of
// another type.
func (h *hinter) borrows(from, t types.Type) *types.Func {
	if !h.Contracts.IsToken(from) {
		return nil
	}
	set := types.NewMethodSet(from)
	for i := range set.Len() {
		m := set.At(i).Obj().(*types.Func)
		results := m.Signature().Results()
		c := h.Contracts.Of(m)
		if c == nil || m.Signature().Params().Len() > 0 || results.Len() != 1 || !types.Identical(results.At(0).Type(), t) {
			continue
		}
		if slices.ContainsFunc(c.Claims, func(c contract.Claim) bool {
			return c.Verb == contract.Borrow && c.From != nil && c.From.Root == contract.Recv && c.If == nil && c.When == nil
		}) {
			return m
		}
	}
	return nil
}

// borrowedTokens are the variables that the function fn defines as tokens
// which it borrows from those it is given, with these.
func (h *hinter) borrowedTokens(fn ast.Node) map[*types.Var]*types.Var {
	given := h.parameters(fn)
	borrowed := make(map[*types.Var]*types.Var)
	h.definitions(fn, func(v *types.Var, call *ast.CallExpr) {
		if !h.Contracts.IsToken(v.Type()) {
			return
		}
		if from := h.tokenOf(call); from != nil && slices.Contains(given, from) {
			borrowed[v] = from
		}
	})
	return borrowed
}

// tokenOf is the variable of the token that e is, or is borrowed from.
func (h *hinter) tokenOf(e ast.Expr) *types.Var {
	e = ast.Unparen(e)
	if t := h.Pass.TypesInfo.TypeOf(e); t == nil || !h.Contracts.IsToken(t) {
		return nil
	}
	if call, ok := e.(*ast.CallExpr); ok {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || len(call.Args) > 0 {
			return nil
		}
		from := h.tokenOf(sel.X)
		if from == nil || h.borrows(from.Type(), h.Pass.TypesInfo.TypeOf(e)) == nil {
			return nil
		}
		return from
	}
	return h.variable(e)
}

// definitions calls visit for each variable that is defined as the result of
// a call in the function fn, but not in a literal within.
func (h *hinter) definitions(fn ast.Node, visit func(*types.Var, *ast.CallExpr)) {
	ast.Inspect(fn, func(n ast.Node) bool {
		if isFunction(n) && n != fn {
			return false
		}
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Lhs) == 0 || len(a.Rhs) != 1 {
			return true
		}
		id, isIdent := a.Lhs[0].(*ast.Ident)
		call, isCall := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
		if isIdent && isCall {
			if v, ok := h.Pass.TypesInfo.Defs[id].(*types.Var); ok {
				visit(v, call)
			}
		}
		return true
	})
}

// parameters are those of a function, its receiver among them.
func (h *hinter) parameters(fn ast.Node) (vars []*types.Var) {
	var lists []*ast.FieldList
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		lists = []*ast.FieldList{fn.Recv, fn.Type.Params}
	case *ast.FuncLit:
		lists = []*ast.FieldList{fn.Type.Params}
	}
	for _, list := range lists {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			for _, name := range field.Names {
				if v, ok := h.Pass.TypesInfo.Defs[name].(*types.Var); ok {
					vars = append(vars, v)
				}
			}
		}
	}
	return vars
}

// assignments lists where v is assigned to after its definition, and where its
// address is taken.
func (h *hinter) assignments(v *types.Var) (nodes []ast.Node) {
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && h.Pass.TypesInfo.Uses[id] == types.Object(v)
	}
	ast.Inspect(h.decl, func(n ast.Node) bool {
		found := false
		switch n := n.(type) {
		case *ast.AssignStmt:
			found = slices.ContainsFunc(n.Lhs, is)
		case *ast.RangeStmt:
			found = is(n.Key) || is(n.Value)
		case *ast.UnaryExpr:
			found = n.Op == token.AND && is(n.X)
		}
		if found {
			nodes = append(nodes, n)
		}
		return true
	})
	return nodes
}
