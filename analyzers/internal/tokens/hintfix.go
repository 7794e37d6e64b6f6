package tokens

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// fix rewrites
//
//	p, g := r.TryAccess()
//	if p == nil { … }
//	defer g.Release()
//
// into
//
//	p, err := r.Access(b)
//	if err != nil { … }
//
// and the same with the first line in the if. It is offered only where the
// result is sure to compile: both variables are new, the check of p follows, p
// is looked at elsewhere too, each release is alone on its line, and there is a
// name for the error that nothing else has.
func (h *hinter) fix(alt *alternative, assign *ast.AssignStmt, releases []ast.Stmt, by string, stack []ast.Node) []analysis.SuggestedFix {
	value, guard := h.defined(assign, 0), h.defined(assign, 1)
	if value == nil || guard == nil {
		return nil
	}
	check, block := h.checkAfter(assign, releases, stack)
	if check == nil || h.uses(value, block) < 2 {
		return nil
	}
	op, ok := h.comparesWithNil(check.Cond, value)
	if !ok {
		return nil
	}
	name := h.freeName(assign, block, stack)
	if name == "" {
		return nil
	}
	sel := ast.Unparen(alt.call.Fun).(*ast.SelectorExpr)
	edits := []analysis.TextEdit{
		{Pos: assign.Lhs[1].Pos(), End: assign.Lhs[1].End(), NewText: []byte(name)},
		{Pos: sel.Sel.Pos(), End: alt.call.End(), NewText: []byte(alt.lender.Name() + "(" + by + ")")},
		{Pos: check.Cond.Pos(), End: check.Cond.End(), NewText: []byte(name + op + "nil")},
	}
	for _, r := range releases {
		line, ok := h.line(r)
		if !ok {
			return nil
		}
		edits = append(edits, line)
	}
	return []analysis.SuggestedFix{{Message: "Use the token: " + types.ExprString(alt.recv) + "." + alt.lender.Name() + "(" + by + ")", TextEdits: edits}}
}

// defined is the variable that the assignment defines as its i-th.
func (h *hinter) defined(assign *ast.AssignStmt, i int) types.Object {
	id, ok := assign.Lhs[i].(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil
	}
	return h.Pass.TypesInfo.Defs[id]
}

// checkAfter is the if statement that the assignment is in or that follows it,
// apart from releases, and the node in which the variables are in scope.
func (h *hinter) checkAfter(assign *ast.AssignStmt, releases []ast.Stmt, stack []ast.Node) (*ast.IfStmt, ast.Node) {
	around := stack[len(stack)-2]
	var list []ast.Stmt
	switch n := around.(type) {
	case *ast.IfStmt:
		if n.Init == assign {
			return n, n
		}
	case *ast.BlockStmt:
		list = n.List
	case *ast.CaseClause:
		list = n.Body
	case *ast.CommClause:
		list = n.Body
	}
	for _, s := range list[slices.Index(list, ast.Stmt(assign))+1:] {
		if check, ok := s.(*ast.IfStmt); ok && check.Init == nil {
			return check, around
		}
		if !slices.Contains(releases, s) {
			break
		}
	}
	return nil, nil
}

// comparesWithNil reports whether the condition is no more than a comparison of
// v with nil, and by which operator the error is to be compared with it to say
// the same.
func (h *hinter) comparesWithNil(cond ast.Expr, v types.Object) (op string, ok bool) {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return "", false
	}
	x, y := ast.Unparen(b.X), ast.Unparen(b.Y)
	if h.Pass.TypesInfo.Types[x].IsNil() {
		x, y = y, x
	}
	id, isIdent := x.(*ast.Ident)
	if !isIdent || h.Pass.TypesInfo.Uses[id] != v || !h.Pass.TypesInfo.Types[y].IsNil() {
		return "", false
	}
	switch b.Op {
	case token.EQL:
		return " != ", true
	case token.NEQ:
		return " == ", true
	}
	return "", false
}

func (h *hinter) uses(v types.Object, in ast.Node) (n int) {
	ast.Inspect(in, func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok && h.Pass.TypesInfo.Uses[id] == v {
			n++
		}
		return true
	})
	return n
}

// freeName is a name for an error that is not declared where the assignment
// is, and not used from there on: neither is another variable assigned to, nor
// hidden from anyone. A hidden result would make returns without values fail.
func (h *hinter) freeName(assign *ast.AssignStmt, block ast.Node, stack []ast.Node) string {
	scope := h.Pass.Pkg.Scope().Innermost(assign.Pos())
	if scope == nil {
		return ""
	}
	taken := make(map[string]bool)
	ast.Inspect(block, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Pos() >= assign.Pos() {
			taken[id.Name] = true
		}
		return true
	})
	for _, n := range stack {
		for _, r := range resultsOf(n) {
			taken[r.Name] = true
		}
	}
	for _, name := range []string{"err", "accessErr"} {
		if !taken[name] && scope.Lookup(name) == nil {
			return name
		}
	}
	return ""
}

// resultsOf are the names of a function's results.
func resultsOf(fn ast.Node) (names []*ast.Ident) {
	var results *ast.FieldList
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		results = fn.Type.Results
	case *ast.FuncLit:
		results = fn.Type.Results
	}
	if results != nil {
		for _, f := range results.List {
			names = append(names, f.Names...)
		}
	}
	return names
}

// line deletes the line of a statement that has it to itself.
func (h *hinter) line(s ast.Stmt) (analysis.TextEdit, bool) {
	file := h.Pass.Fset.File(s.Pos())
	if h.Pass.ReadFile == nil || file == nil {
		return analysis.TextEdit{}, false
	}
	source, err := h.Pass.ReadFile(file.Name())
	if err != nil || len(source) != file.Size() {
		return analysis.TextEdit{}, false
	}
	n := file.PositionFor(s.Pos(), false).Line
	if n >= file.LineCount() {
		return analysis.TextEdit{}, false
	}
	from, to := file.LineStart(n), file.LineStart(n+1)
	text := string(source[file.Offset(from):file.Offset(to)])
	if strings.TrimSpace(text) != string(source[file.Offset(s.Pos()):file.Offset(s.End())]) {
		return analysis.TextEdit{}, false
	}
	return analysis.TextEdit{Pos: from, End: to}, true
}
