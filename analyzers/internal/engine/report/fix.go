package report

import (
	"go/ast"
	"slices"
)

// IsLook reports whether the innermost of the nodes around id looks at it.
func IsLook(stack []ast.Node, id *ast.Ident) bool {
	for _, n := range stack[1:] {
		switch n.(type) {
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt:
			return false
		}
	}
	switch p := stack[len(stack)-1].(type) {
	case *ast.SelectorExpr, *ast.StarExpr, *ast.BinaryExpr:
		return true
	case *ast.IndexExpr:
		return p.X == id
	case *ast.CallExpr:
		fn, ok := p.Fun.(*ast.Ident)
		return slices.Contains(p.Args, ast.Expr(id)) && !(ok && fn.Name == "append") // that keeps it
	case *ast.AssignStmt:
		blank, ok := p.Lhs[0].(*ast.Ident)
		return ok && len(p.Lhs) == 1 && blank.Name == "_"
	}
	return false
}

// Leaves reports whether the block ends by leaving the statements around it.
func Leaves(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch s := b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "panic"
	}
	return false
}
