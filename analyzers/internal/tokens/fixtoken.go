package tokens

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// FixCaptured makes the callback in the call that begins at pos, which captures
// the token l though it is lent one of its own, use that one. Where its own has
// another name, the uses take that name; where it has none, it takes the name
// of the captured one, which it then hides.
func (in *Checker) FixCaptured(name string, pos token.Pos) []analysis.SuggestedFix {
	h := &hinter{Checker: in}
	var edits []analysis.TextEdit
	in.Names.Around(pos, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			h.decl = n
		case *ast.CallExpr:
			if n.Pos() != pos || h.decl == nil {
				return
			}
			for i, arg := range n.Args {
				if lit, ok := ast.Unparen(arg).(*ast.FuncLit); ok && h.isLent(n, i) {
					edits = h.useOwnToken(lit, name)
				}
			}
		}
	})
	if edits == nil {
		return nil
	}
	return []analysis.SuggestedFix{{Message: "Use the callback's own token, not " + name, TextEdits: edits}}
}

// isLent reports whether a contract lends something to the function that is
// the call's i-th argument.
func (h *hinter) isLent(call *ast.CallExpr, i int) bool {
	f := h.callee(call)
	if f == nil {
		return false
	}
	c := h.Contracts.Of(f)
	return c != nil && slices.ContainsFunc(c.Claims, func(claim contract.Claim) bool { return len(callbacks(claim, i)) > 0 })
}

// useOwnToken edits the literal to use its own token in place of the variable
// so called that it captures.
func (h *hinter) useOwnToken(lit *ast.FuncLit, name string) []analysis.TextEdit {
	outer, uses := h.captured(lit, name)
	if outer == nil || len(h.assignments(outer)) > 0 {
		return nil
	}
	own := h.ownToken(lit, outer.Type())
	switch {
	case own == nil:
		return nil
	case own.name == nil || own.name.Name == "_":
		return h.nameParameter(lit, own, name)
	}
	var edits []analysis.TextEdit
	param := h.Pass.TypesInfo.Defs[own.name]
	for _, use := range uses {
		scope := h.Pass.Pkg.Scope().Innermost(use.Pos())
		if _, seen := scope.LookupParent(own.name.Name, use.Pos()); seen != param {
			return nil
		}
		edits = append(edits, analysis.TextEdit{Pos: use.Pos(), End: use.End(), NewText: []byte(own.name.Name)})
	}
	return edits
}

// captured is the token of that name that the literal captures, and where. It
// is nil if there are several of its type.
func (h *hinter) captured(lit *ast.FuncLit, name string) (token *types.Var, uses []*ast.Ident) {
	several := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := h.Pass.TypesInfo.Uses[id].(*types.Var)
		if !ok || v.IsField() || !h.Contracts.IsToken(v.Type()) || lit.Pos() <= v.Pos() && v.Pos() < lit.End() {
			return true
		}
		several = several || token != nil && token != v
		token, uses = v, append(uses, id)
		return true
	})
	if several || token == nil || token.Name() != name {
		return nil, nil
	}
	return token, uses
}

// A parameter is one of a literal; its name is nil if none of them has one.
type parameter struct {
	field *ast.Field
	name  *ast.Ident
}

// ownToken is the parameter of type t, if there is just one.
func (h *hinter) ownToken(lit *ast.FuncLit, t types.Type) (own *parameter) {
	for _, f := range lit.Type.Params.List {
		if !types.Identical(h.Pass.TypesInfo.TypeOf(f.Type), t) {
			continue
		}
		if own != nil || len(f.Names) > 1 {
			return nil
		}
		own = &parameter{field: f}
		if len(f.Names) == 1 {
			own.name = f.Names[0]
		}
	}
	return own
}

// nameParameter gives own the name. Where parameters have no names, all need one.
func (h *hinter) nameParameter(lit *ast.FuncLit, own *parameter, name string) (edits []analysis.TextEdit) {
	for _, f := range lit.Type.Params.List {
		for _, n := range f.Names {
			if n.Name == name {
				return nil
			}
		}
		switch {
		case f == own.field && own.name != nil:
			edits = append(edits, analysis.TextEdit{Pos: own.name.Pos(), End: own.name.End(), NewText: []byte(name)})
		case f == own.field:
			edits = append(edits, analysis.TextEdit{Pos: f.Pos(), End: f.Pos(), NewText: []byte(name + " ")})
		case len(f.Names) == 0:
			edits = append(edits, analysis.TextEdit{Pos: f.Pos(), End: f.Pos(), NewText: []byte("_ ")})
		}
	}
	return edits
}
