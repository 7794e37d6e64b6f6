package analyzers_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestExportedNamesAreDocumented: each exported function, type, constant, variable, and
// method of an exported type, has a comment. Methods that the language or the standard
// library has given their meaning need none.
func TestExportedNamesAreDocumented(t *testing.T) {
	known := map[string]bool{"String": true, "Error": true, "AFact": true}
	fset := token.NewFileSet()
	check := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		for _, c := range comments {
			if c.Text() != "" {
				return
			}
		}
		if name.IsExported() {
			t.Errorf("%s: %s has no comment", fset.Position(name.Pos()), name.Name)
		}
	}
	files := 0
	err := filepath.WalkDir("internal", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), "_"):
			return fs.SkipDir
		case filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files++
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if !isMethodOf(d, ast.IsExported) || d.Recv != nil && known[d.Name.Name] {
					continue
				}
				check(d.Name, d.Doc)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						check(s.Name, d.Doc, s.Doc, s.Comment)
					case *ast.ValueSpec:
						for _, id := range s.Names {
							check(id, d.Doc, s.Doc, s.Comment)
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files were looked at", files)
	}
}

// isMethodOf reports whether d is a function, or a method of a type of such a name.
func isMethodOf(d *ast.FuncDecl, such func(string) bool) bool {
	if d.Recv == nil {
		return true
	}
	e := d.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.Ident:
			return such(x.Name)
		default:
			return true
		}
	}
}
