package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// Names finds what values are called in the source, and where expressions
// begin, for messages and positions. It reads a file when first asked about it.
type Names struct {
	Pass  *analysis.Pass
	Files map[*token.File]*Index
}

// A Index finds syntax by the positions that go/ssa keeps of it.
type Index struct {
	Calls   map[token.Pos]*ast.CallExpr // by Lparen
	exprs   map[token.Pos]ast.Expr      // by the position that SSA gives the operation
	later   map[token.Pos]*ast.CallExpr // of defer and go, by the position of that word
	Assigns map[ast.Expr][]ast.Expr     // what the results of a call are assigned to
}

// Index is that of the file that pos is in, made when it is first asked for.
func (n *Names) Index(pos token.Pos) *Index {
	tf := n.Pass.Fset.File(pos)
	if tf == nil {
		return &Index{}
	}
	if x := n.Files[tf]; x != nil {
		return x
	}
	x := &Index{
		Calls:   make(map[token.Pos]*ast.CallExpr),
		exprs:   make(map[token.Pos]ast.Expr),
		later:   make(map[token.Pos]*ast.CallExpr),
		Assigns: make(map[ast.Expr][]ast.Expr),
	}
	n.Files[tf] = x
	for _, f := range n.Pass.Files {
		if n.Pass.Fset.File(f.FileStart) == tf {
			ast.Inspect(f, x.visit)
		}
	}
	return x
}

func (x *Index) visit(node ast.Node) bool {
	switch e := node.(type) {
	case *ast.CallExpr:
		x.Calls[e.Lparen] = e
	case *ast.SelectorExpr:
		x.exprs[e.Sel.Pos()] = e
	case *ast.StarExpr:
		x.exprs[e.Star] = e
	case *ast.IndexExpr:
		x.exprs[e.Lbrack] = e
	case *ast.SliceExpr:
		x.exprs[e.Lbrack] = e
	case *ast.DeferStmt:
		x.later[e.Defer] = e.Call
	case *ast.GoStmt:
		x.later[e.Go] = e.Call
	case *ast.AssignStmt:
		if len(e.Rhs) == 1 {
			x.Assigns[ast.Unparen(e.Rhs[0])] = e.Lhs
		}
	case *ast.ValueSpec:
		if len(e.Values) == 1 {
			lhs := make([]ast.Expr, len(e.Names))
			for i, n := range e.Names {
				lhs[i] = n
			}
			x.Assigns[ast.Unparen(e.Values[0])] = lhs
		}
	}
	return true
}

// Start is where the expression or statement of site begins.
func (n *Names) Start(site ssa.Instruction) (token.Pos, token.Pos) {
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
	x := n.Index(pos)
	if call := x.Calls[pos]; call != nil {
		return call.Pos(), call.End()
	}
	if e := x.exprs[pos]; e != nil {
		return e.Pos(), e.End()
	}
	return pos, token.NoPos
}

// Result names the variable that the index-th result of a call is assigned to.
func (n *Names) Result(call ssa.CallInstruction, index int) string {
	x := n.Index(call.Pos())
	e := x.Calls[call.Pos()]
	if e == nil {
		return ""
	}
	lhs := x.Assigns[e]
	if index >= len(lhs) {
		return ""
	}
	if id, ok := lhs[index].(*ast.Ident); ok && id.Name == "_" {
		return ""
	}
	return types.ExprString(lhs[index])
}

// At names the expression that is looked at by site.
func (n *Names) At(site ssa.Instruction) string {
	x := n.Index(site.Pos())
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
	call := x.Calls[site.Pos()]
	if call == nil {
		call = x.later[site.Pos()]
	}
	if call != nil {
		c, _ := site.(ssa.CallInstruction)
		isMethod := c != nil && (c.Common().IsInvoke() || c.Common().Signature().Recv() != nil)
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && (c == nil || isMethod) {
			return types.ExprString(sel.X)
		}
		if len(call.Args) == 1 {
			return nameOf(call.Args[0])
		}
	}
	return ""
}

// Argument names the i-th operand of a call, where it is an expression that a
// message can name.
func (n *Names) Argument(c ssa.CallInstruction, i int) string {
	call := n.Index(c.Pos()).Calls[c.Pos()]
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

// Arguments names those operands of a call, from the i-th on, that are right, where a message can name them: "v or w".
func (n *Names) Arguments(c ssa.CallInstruction, i int, right func(ast.Expr) bool) string {
	call := n.Index(c.Pos()).Calls[c.Pos()]
	if call == nil {
		return ""
	}
	if !c.Common().IsInvoke() && c.Common().Signature().Recv() != nil {
		i--
	}
	var names []string
	for _, e := range call.Args[min(i, len(call.Args)):] {
		if name := strings.TrimPrefix(nameOf(e), "&"); name != "" && right(e) {
			names = append(names, name)
		}
	}
	return strings.Join(names, " or ")
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

// Statement is the extent of the innermost simple statement that holds site.
func (n *Names) Statement(site ssa.Instruction) (token.Pos, token.Pos) {
	pos, end := n.Start(site)
	start, stop := pos, end
	n.Around(pos, func(node ast.Node) {
		switch node.(type) {
		case *ast.AssignStmt, *ast.SendStmt, *ast.GoStmt, *ast.ExprStmt, *ast.ReturnStmt, *ast.DeclStmt, *ast.DeferStmt:
			start, stop = node.Pos(), node.End()
		}
	})
	return start, stop
}

// StatementIn finds the statement in a block that holds pos: the innermost
// list of statements, and its place there.
func (n *Names) StatementIn(pos token.Pos) (list []ast.Stmt, i int) {
	n.Around(pos, func(node ast.Node) {
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

// Around calls visit for the nodes that enclose pos, outermost first.
func (n *Names) Around(pos token.Pos, visit func(ast.Node)) {
	tf := n.Pass.Fset.File(pos)
	for _, f := range n.Pass.Files {
		if n.Pass.Fset.File(f.FileStart) != tf {
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

// Indent is the white space before the statement at pos, as gofmt has it.
func (n *Names) Indent(pos token.Pos) string {
	return strings.Repeat("\t", max(n.Pass.Fset.Position(pos).Column-1, 0))
}

// Returned is the i-th expression of the return statement at pos.
func (n *Names) Returned(pos token.Pos, i int) (e ast.Expr) {
	n.Around(pos, func(node ast.Node) {
		if r, ok := node.(*ast.ReturnStmt); ok && i < len(r.Results) {
			e = r.Results[i]
		}
	})
	return e
}

// Stored is what the assignment at pos assigns, if that is one value.
func (n *Names) Stored(pos token.Pos) (e ast.Expr) {
	n.Around(pos, func(node ast.Node) {
		if a, ok := node.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN {
			e = nil
			if len(a.Rhs) == 1 && len(a.Lhs) == 1 {
				e = a.Rhs[0]
			}
		}
	})
	return e
}
