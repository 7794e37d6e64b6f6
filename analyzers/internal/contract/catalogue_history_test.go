package contract

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// With what is on by default, revlint finds the bugs of the past, and is silent about their fixes.
func TestCatalogueHistory(t *testing.T) {
	needModules(t)
	revlint := filepath.Join(t.TempDir(), "revlint")
	if out, err := exec.Command("go", "build", "-o", revlint, "../../../cmd/revlint").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir, err := filepath.Abs(examples)
	if err != nil {
		t.Fatal(err)
	}
	compareExamples(t, dir, revlint, "", "./history")
}

// Each bug has its fix beside it, and the fix has no label.
func TestHistoryHasFixes(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(examples, "history", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	bugs, fixes := make(map[string]int), make(map[string]int)
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n := 0
			for _, g := range f.Comments {
				if fn.Pos() < g.Pos() && g.End() < fn.End() && exampleLabel.MatchString(g.List[0].Text) {
					n++
				}
			}
			if bug, ok := strings.CutSuffix(fn.Name.Name, "Before"); ok {
				bugs[bug] += n
			} else if fix, ok := strings.CutSuffix(fn.Name.Name, "After"); ok {
				fixes[fix] += n
			}
		}
	}
	for bug := range bugs {
		if _, ok := fixes[bug]; !ok {
			t.Errorf("%sBefore has no fix", bug)
		}
	}
	for fix, n := range fixes {
		if _, ok := bugs[fix]; !ok || n > 0 {
			t.Errorf("%sAfter: %d labels", fix, n)
		}
	}
}
