package corpus

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// A Rewrite changes a file into another one that does the same, so that what
// is found in each of its functions must stay the same. The file has no
// comments: a rewrite need not care where they go.
type Rewrite struct {
	Name  string
	Apply func(*ast.File)
}

// Rewrites are the changes that a person might make without a second thought.
var Rewrites = []Rewrite{
	{"inserted-no-ops", insertNoOps},
	{"inverted-ifs", invertIfs},
	{"bodies-in-literals", wrapBodies},
	{"named-results", nameResults},
	{"extracted-helpers", extractHelpers},
}

// folder is where, in the corpus, the rewritten packages seem to be.
const folder = "rewritten"

// Rewritten loads the packages of the corpus rewritten, each with every
// rewrite, and all at once, so that what they import is analysed once.
// Packages with contracts are left out, for those are in the comments; the
// others import them as they are.
func (c *Corpus) Rewritten(t testing.TB, rewrites ...Rewrite) *Corpus {
	t.Helper()
	overlay := make(map[string][]byte)
	for _, p := range c.Packages {
		if hasContracts(p) {
			continue
		}
		for _, name := range p.CompiledGoFiles {
			for _, rewrite := range rewrites {
				fset := token.NewFileSet()
				file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
				if err != nil {
					t.Fatal(err)
				}
				rewrite.Apply(file)
				var out bytes.Buffer
				if err := format.Node(&out, fset, file); err != nil {
					t.Fatalf("%s, %s: %v", name, rewrite.Name, err)
				}
				overlay[filepath.Join(c.root, source, folder, rewrite.Name, c.shorten(name))] = out.Bytes()
			}
		}
	}
	return Load(t, overlay, folder+"/...")
}

func hasContracts(p *packages.Package) bool {
	for _, file := range p.Syntax {
		for _, group := range file.Comments {
			for _, comment := range group.List {
				if strings.HasPrefix(comment.Text, "//revlint:") {
					return true
				}
			}
		}
	}
	return false
}

// insertNoOps puts a call that does nothing before each statement.
func insertNoOps(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			if !hasClauses(n) {
				n.List = withNoOps(n.List)
			}
		case *ast.CaseClause:
			n.Body = withNoOps(n.Body)
		case *ast.CommClause:
			n.Body = withNoOps(n.Body)
		}
		return true
	})
}

func hasClauses(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch b.List[0].(type) {
	case *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

func withNoOps(list []ast.Stmt) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range list {
		out = append(out, &ast.ExprStmt{X: callLiteral(&ast.BlockStmt{})}, s)
	}
	return out
}

// callLiteral returns the expression func() { body }().
func callLiteral(body *ast.BlockStmt) ast.Expr {
	return &ast.CallExpr{Fun: &ast.FuncLit{Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: body}}
}

// invertIfs turns if c {A} else {B} into if !(c) {B} else {A}.
func invertIfs(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.IfStmt)
		if !ok {
			return true
		}
		then := &ast.BlockStmt{}
		switch e := s.Else.(type) {
		case *ast.BlockStmt:
			then = e
		case *ast.IfStmt:
			then.List = []ast.Stmt{e}
		}
		s.Cond = &ast.UnaryExpr{Op: token.NOT, X: &ast.ParenExpr{X: s.Cond}}
		s.Body, s.Else = then, s.Body
		return true
	})
}

// wrapBodies puts the body of each function without results in a literal that
// is called at once.
func wrapBodies(file *ast.File) {
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil && f.Type.Results == nil {
			f.Body = &ast.BlockStmt{List: []ast.Stmt{&ast.ExprStmt{X: callLiteral(f.Body)}}}
		}
	}
}

// nameResults gives names to results that have none.
func nameResults(file *ast.File) {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Type.Results == nil {
			continue
		}
		for i, r := range f.Type.Results.List {
			if r.Names == nil {
				r.Names = []*ast.Ident{ast.NewIdent("result" + string(rune('A'+i)))}
			}
		}
	}
}

// extracted is the end of the name of a function that extractHelpers made.
const extracted = "Extracted"

// extractHelpers moves the body of each function into another one, which it
// calls. Functions that mean something by their name, or would infer their
// type parameters, stay.
func extractHelpers(file *ast.File) {
	var helpers []ast.Decl
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil || f.Name.Name == "init" || f.Name.Name == "main" || f.Name.Name == "_" || f.Type.TypeParams != nil {
			continue
		}
		call := &ast.CallExpr{Fun: ast.NewIdent(f.Name.Name + extracted)}
		if f.Recv != nil {
			recv := f.Recv.List[0]
			if len(recv.Names) == 0 || recv.Names[0].Name == "_" {
				continue
			}
			call.Fun = &ast.SelectorExpr{X: ast.NewIdent(recv.Names[0].Name), Sel: ast.NewIdent(f.Name.Name + extracted)}
		}
		if !passParameters(call, f.Type.Params) {
			continue
		}
		helper := *f
		helper.Name = ast.NewIdent(f.Name.Name + extracted)
		helpers = append(helpers, &helper)
		f.Body = &ast.BlockStmt{List: []ast.Stmt{&ast.ExprStmt{X: call}}}
		if f.Type.Results != nil {
			f.Body.List[0] = &ast.ReturnStmt{Results: []ast.Expr{call}}
		}
	}
	file.Decls = append(file.Decls, helpers...)
}

// passParameters makes the parameters the arguments of call. It reports
// whether they have names to be passed by.
func passParameters(call *ast.CallExpr, params *ast.FieldList) bool {
	for _, p := range params.List {
		if len(p.Names) == 0 {
			return false
		}
		for _, name := range p.Names {
			if name.Name == "_" {
				return false
			}
			call.Args = append(call.Args, ast.NewIdent(name.Name))
		}
		if _, ok := p.Type.(*ast.Ellipsis); ok {
			call.Ellipsis = 1
		}
	}
	return true
}

// Verdicts says which analyzers found something in which function, "file
// function: analyzer", for each rewrite by its name, and for what was not
// rewritten by none. Functions that a rewrite made count as those they were
// made from. Packages with contracts, which are not rewritten, are left out.
func (c *Corpus) Verdicts(found []Finding) map[string]map[string]bool {
	functions := make(map[string][]lines)
	left := make(map[string]bool) // files that are left out
	for _, p := range c.Packages {
		if hasContracts(p) {
			for _, file := range p.Syntax {
				left[c.shorten(p.Fset.Position(file.Pos()).Filename)] = true
			}
			continue
		}
		for _, file := range p.Syntax {
			name := c.shorten(p.Fset.Position(file.Pos()).Filename)
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok {
					functions[name] = append(functions[name], lines{f.Name.Name,
						p.Fset.Position(f.Pos()).Line, p.Fset.Position(f.End()).Line})
				}
			}
		}
	}
	verdicts := make(map[string]map[string]bool)
	for _, f := range found {
		if left[f.File] {
			continue
		}
		function := "(no function)"
		for _, l := range functions[f.File] {
			if l.from <= f.Line && f.Line <= l.to {
				function = strings.TrimSuffix(l.function, extracted)
			}
		}
		rewrite, file := "", f.File
		if rest, ok := strings.CutPrefix(f.File, folder+"/"); ok {
			rewrite, file, _ = strings.Cut(rest, "/")
		}
		if verdicts[rewrite] == nil {
			verdicts[rewrite] = make(map[string]bool)
		}
		verdicts[rewrite][file+" "+function+": "+f.Analyzer] = true
	}
	return verdicts
}

// lines are those of a function.
type lines struct {
	function string
	from, to int
}
