package diag

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
)

// Extent is where the piece of syntax ends that a finding or note at pos is
// about: what begins there, a simple statement or an expression, or the head of
// a larger statement; where nothing does, what pos is in.
func Extent(pass *analysis.Pass, pos token.Pos) token.Pos {
	for _, f := range pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return extentIn(f, pos)
		}
	}
	return token.NoPos
}

func extentIn(f *ast.File, pos token.Pos) token.Pos {
	path, _ := astutil.PathEnclosingInterval(f, pos, pos+1)
	var around ast.Node // the innermost that could be meant
	for i := len(path) - 1; i >= 0; i-- {
		end := headEnd(path[i])
		if !end.IsValid() || end <= pos {
			continue
		}
		if path[i].Pos() == pos {
			return end
		}
		around = path[i]
	}
	if around == nil {
		return token.NoPos
	}
	return headEnd(around)
}

// headEnd is where a simple statement or an expression ends, or the head of a
// statement or declaration with a body; none for what is a part of these.
func headEnd(n ast.Node) token.Pos {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Type.End()
	case *ast.IfStmt:
		return n.Cond.End()
	case *ast.ForStmt:
		return n.Body.Lbrace
	case *ast.RangeStmt:
		return n.X.End()
	case *ast.SwitchStmt:
		return n.Body.Lbrace
	case *ast.TypeSwitchStmt:
		return n.Assign.End()
	case *ast.SelectStmt:
		return n.Select + token.Pos(len("select"))
	case *ast.CaseClause:
		return n.Colon
	case *ast.CommClause:
		return n.Colon
	case *ast.FuncLit:
		return n.Type.End()
	case *ast.BlockStmt, *ast.LabeledStmt:
		return token.NoPos
	case ast.Stmt, ast.Expr:
		return n.End()
	}
	return token.NoPos
}
