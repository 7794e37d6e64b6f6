package analyzers_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestContractsOfTheRunTimeHaveCases asks that each function and method of the run time that has a contract be called in the
// corpus, both in a function with a label, which uses it wrongly, and in one without. Two are exempt from one half: Work.Cancel is
// used wrongly by none, because nothing is ever acquired from a Work; and each call of UnsafeAccess is found, unless it is suppressed.
func TestContractsOfTheRunTimeHaveCases(t *testing.T) {
	const module = "github.com/revlint/revlint/revocable"
	cases := make(map[string]struct{ right, wrong int })
	for _, folder := range []string{"", "device", "registry"} {
		for _, name := range contracted(t, filepath.Join("..", "revocable", folder)) {
			cases[path.Join(module, folder)+"."+name] = struct{ right, wrong int }{}
		}
	}
	if len(cases) < 30 {
		t.Fatalf("only %d functions have a contract", len(cases))
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedExportFile,
		Dir:  "..",
	}, "./testdata/src/...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, f := range p.Syntax {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				labelled := slices.ContainsFunc(f.Comments, func(c *ast.CommentGroup) bool {
					return fn.Pos() < c.Pos() && c.Pos() < fn.End() &&
						slices.ContainsFunc(c.List, func(c *ast.Comment) bool {
							return strings.HasPrefix(c.Text, "// want ") || strings.HasPrefix(c.Text, "// missed: ")
						})
				})
				called := make(map[string]bool)
				ast.Inspect(fn, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						if f, ok := p.TypesInfo.Uses[id].(*types.Func); ok && f.Pkg() != nil {
							called[fullName(f)] = true
						}
					}
					return true
				})
				for name := range called {
					if n, ok := cases[name]; ok {
						if labelled {
							n.wrong++
						} else {
							n.right++
						}
						cases[name] = n
					}
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		n := cases[name]
		if n.right == 0 && name != module+".Handle.UnsafeAccess" || n.wrong == 0 && name != module+"/device.Work.Cancel" {
			t.Errorf("%s: %d functions of testdata/src use it rightly, %d wrongly", name, n.right, n.wrong)
		}
	}
}

// fullName is a function's name, with its package's path and the name of the type that it is a method of.
func fullName(f *types.Func) string {
	name := f.Name()
	if recv := f.Signature().Recv(); recv != nil {
		t := recv.Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if n, ok := t.(*types.Named); ok {
			name = n.Obj().Name() + "." + name
		}
	}
	return f.Pkg().Path() + "." + name
}

// contracted returns the exported functions and methods in a folder that have a contract.
func contracted(t *testing.T, folder string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	has := func(doc *ast.CommentGroup) bool {
		return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//revlint:") })
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if !d.Name.IsExported() || !has(d.Doc) {
					continue
				}
				name := d.Name.Name
				if d.Recv != nil {
					name = receiver(d.Recv.List[0].Type) + "." + name
				}
				names = append(names, name)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					s, ok := s.(*ast.TypeSpec)
					if !ok {
						continue
					}
					if i, ok := s.Type.(*ast.InterfaceType); ok {
						for _, m := range i.Methods.List {
							if len(m.Names) > 0 && has(m.Doc) {
								names = append(names, s.Name.Name+"."+m.Names[0].Name)
							}
						}
					}
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// receiver is the name of the type that e says.
func receiver(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}
