package loan

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// names finds what values are called in the source, and where expressions
// begin, for messages and positions. It reads a file when first asked about it.
type names struct {
	pass  *analysis.Pass
	files map[*token.File]*sourceIndex
}

// A sourceIndex finds syntax by the positions that go/ssa keeps of it.
type sourceIndex struct {
	calls   map[token.Pos]*ast.CallExpr // by Lparen
	exprs   map[token.Pos]ast.Expr      // by the position that SSA gives the operation
	assigns map[ast.Expr][]ast.Expr     // what the results of a call are assigned to
}

func (n *names) index(pos token.Pos) *sourceIndex {
	tf := n.pass.Fset.File(pos)
	if tf == nil {
		return &sourceIndex{}
	}
	if x := n.files[tf]; x != nil {
		return x
	}
	x := &sourceIndex{
		calls:   make(map[token.Pos]*ast.CallExpr),
		exprs:   make(map[token.Pos]ast.Expr),
		assigns: make(map[ast.Expr][]ast.Expr),
	}
	n.files[tf] = x
	for _, f := range n.pass.Files {
		if n.pass.Fset.File(f.FileStart) == tf {
			ast.Inspect(f, x.visit)
		}
	}
	return x
}

func (x *sourceIndex) visit(node ast.Node) bool {
	switch e := node.(type) {
	case *ast.CallExpr:
		x.calls[e.Lparen] = e
	case *ast.SelectorExpr:
		x.exprs[e.Sel.Pos()] = e
	case *ast.StarExpr:
		x.exprs[e.Star] = e
	case *ast.IndexExpr:
		x.exprs[e.Lbrack] = e
	case *ast.SliceExpr:
		x.exprs[e.Lbrack] = e
	case *ast.AssignStmt:
		if len(e.Rhs) == 1 {
			x.assigns[ast.Unparen(e.Rhs[0])] = e.Lhs
		}
	case *ast.ValueSpec:
		if len(e.Values) == 1 {
			lhs := make([]ast.Expr, len(e.Names))
			for i, n := range e.Names {
				lhs[i] = n
			}
			x.assigns[ast.Unparen(e.Values[0])] = lhs
		}
	}
	return true
}

// start is where the expression or statement of site begins.
func (n *names) start(site ssa.Instruction) (token.Pos, token.Pos) {
	pos := site.Pos()
	if pos == token.NoPos {
		// Instructions that the compiler of the SSA form added: take the
		// nearest one in the block that has a position.
		for _, i := range site.Block().Instrs {
			if i.Pos() != token.NoPos {
				pos = i.Pos()
			}
			if i == site && pos != token.NoPos {
				break
			}
		}
		return pos, token.NoPos
	}
	x := n.index(pos)
	if call := x.calls[pos]; call != nil {
		return call.Pos(), call.End()
	}
	if e := x.exprs[pos]; e != nil {
		return e.Pos(), e.End()
	}
	return pos, token.NoPos
}

// result names the variable that the index-th result of a call is assigned to.
func (n *names) result(call ssa.CallInstruction, index int) string {
	x := n.index(call.Pos())
	e := x.calls[call.Pos()]
	if e == nil {
		return ""
	}
	lhs := x.assigns[e]
	if index >= len(lhs) {
		return ""
	}
	if id, ok := lhs[index].(*ast.Ident); ok && id.Name == "_" {
		return ""
	}
	return types.ExprString(lhs[index])
}

// symbol names a parameter or field.
func (n *names) symbol(s *symbol) string {
	switch s.kind {
	case symParam:
		if p, ok := s.key.site.(*ssa.Parameter); ok {
			return p.Name()
		}
	case symContent:
		if a := s.key.base; a.kind == symAddr {
			if f := fieldOf(a.key.base.typ, max(a.key.index, 0)); f != nil && a.key.index >= 0 {
				return f.Name()
			}
		}
	}
	if v, ok := s.key.site.(ssa.Value); ok {
		if c, ok := v.(ssa.CallInstruction); ok {
			return n.result(c, s.key.index)
		}
	}
	return ""
}

// at names the expression that is looked at by site.
func (n *names) at(site ssa.Instruction) string {
	x := n.index(site.Pos())
	switch e := x.exprs[site.Pos()].(type) {
	case *ast.SelectorExpr:
		return types.ExprString(e.X)
	case *ast.StarExpr:
		return types.ExprString(e.X)
	case *ast.IndexExpr:
		return types.ExprString(e.X)
	case *ast.SliceExpr:
		return types.ExprString(e.X)
	}
	if call := x.calls[site.Pos()]; call != nil {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
			return types.ExprString(sel.X)
		}
	}
	return ""
}

// argument names the i-th operand of a call, where it is an expression that a
// message can name.
func (n *names) argument(c ssa.CallInstruction, i int) string {
	call := n.index(c.Pos()).calls[c.Pos()]
	if call == nil {
		return ""
	}
	if !c.Common().IsInvoke() && c.Common().Signature().Recv() != nil {
		if i == 0 {
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
				return nameOf(sel.X)
			}
			return ""
		}
		i--
	}
	if i >= len(call.Args) {
		return ""
	}
	return nameOf(call.Args[i])
}

// nameOf is e as written, if it is a variable, a field, or the address of one.
func nameOf(e ast.Expr) string {
	for x := ast.Unparen(e); ; {
		switch y := x.(type) {
		case *ast.Ident:
			return types.ExprString(e)
		case *ast.SelectorExpr:
			x = ast.Unparen(y.X)
		case *ast.UnaryExpr:
			x = ast.Unparen(y.X)
		case *ast.StarExpr:
			x = ast.Unparen(y.X)
		default:
			return ""
		}
	}
}

// statement is the extent of the innermost simple statement that holds site.
func (n *names) statement(site ssa.Instruction) (token.Pos, token.Pos) {
	pos, end := n.start(site)
	start, stop := pos, end
	n.around(pos, func(node ast.Node) {
		switch node.(type) {
		case *ast.AssignStmt, *ast.SendStmt, *ast.GoStmt, *ast.ExprStmt, *ast.ReturnStmt, *ast.DeclStmt, *ast.DeferStmt:
			start, stop = node.Pos(), node.End()
		}
	})
	return start, stop
}

// statementIn finds the statement in a block that holds pos: the innermost
// list of statements, and its place there.
func (n *names) statementIn(pos token.Pos) (list []ast.Stmt, i int) {
	n.around(pos, func(node ast.Node) {
		var stmts []ast.Stmt
		switch b := node.(type) {
		case *ast.BlockStmt:
			stmts = b.List
		case *ast.CaseClause:
			stmts = b.Body
		case *ast.CommClause:
			stmts = b.Body
		}
		for k, s := range stmts {
			if s.Pos() <= pos && pos < s.End() {
				list, i = stmts, k
			}
		}
	})
	return list, i
}

// around calls visit for the nodes that enclose pos, outermost first.
func (n *names) around(pos token.Pos, visit func(ast.Node)) {
	tf := n.pass.Fset.File(pos)
	for _, f := range n.pass.Files {
		if n.pass.Fset.File(f.FileStart) != tf {
			continue
		}
		ast.Inspect(f, func(node ast.Node) bool {
			if node == nil || pos < node.Pos() || node.End() <= pos {
				return false
			}
			visit(node)
			return true
		})
	}
}

// indent is the white space before the statement at pos, as gofmt has it.
func (n *names) indent(pos token.Pos) string {
	return strings.Repeat("\t", max(n.pass.Fset.Position(pos).Column-1, 0))
}

// returned is the i-th expression of the return statement at pos.
func (n *names) returned(pos token.Pos, i int) (e ast.Expr) {
	n.around(pos, func(node ast.Node) {
		if r, ok := node.(*ast.ReturnStmt); ok && i < len(r.Results) {
			e = r.Results[i]
		}
	})
	return e
}

// stored is what the assignment at pos assigns, if that is one value.
func (n *names) stored(pos token.Pos) (e ast.Expr) {
	n.around(pos, func(node ast.Node) {
		if a, ok := node.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN {
			e = nil
			if len(a.Rhs) == 1 && len(a.Lhs) == 1 {
				e = a.Rhs[0]
			}
		}
	})
	return e
}
