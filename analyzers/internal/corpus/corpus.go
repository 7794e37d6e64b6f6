// Package corpus runs analyzers over the labelled packages of testdata/src and
// compares what they find with the labels. It is used by tests alone.
//
// A label stands at the end of the line it speaks of and names the analyzers
// that report there, each once:
//
//	p.status++ // want revuse
//
// Where the papers leave open whose finding it is, the names are joined by a
// bar: any one of them will do, more than one will not. A line without label
// must give nothing. A function with a label in it has a name that begins with
// bad, and every function of such a name has a label: this keeps correct and
// broken variants apart, and a label from being lost.
//
// The first folder below testdata/src is the family of a case. lib holds what
// the cases use; limits holds what revlint is known to get wrong, labelled with
// what it says, so that a change there is noticed.
package corpus

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

const source = "testdata/src"

// A Finding is one report of an analyzer.
type Finding struct {
	Family   string
	File     string // relative to testdata/src, with slashes
	Line     int
	Func     string // the top-level function around it, with its receiver's type: "Sensor.badRead"
	Analyzer string
	Message  string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Func, f.Message)
}

// A Run is what analyzers found in some families of the corpus.
type Run struct {
	Packages  []*packages.Package
	Findings  []Finding // in order of place
	analyzers []*analysis.Analyzer
	root      string
}

// Analyze runs the analyzers over the given families, or over all of the
// corpus if none is given. The overlay replaces files, as in [packages.Config].
// Packages that do not compile and analyzers that fail end the test.
func Analyze(tb testing.TB, analyzers []*analysis.Analyzer, overlay map[string][]byte, families ...string) *Run {
	tb.Helper()
	run := &Run{analyzers: analyzers, root: moduleRoot(tb)}
	patterns := []string{"./" + source + "/..."}
	if len(families) > 0 {
		patterns = nil
		for _, family := range families {
			patterns = append(patterns, "./"+source+"/"+family+"/...")
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: run.root, Overlay: overlay}, patterns...)
	if err != nil {
		tb.Fatal(err)
	}
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		for _, err := range pkg.Errors {
			tb.Error(err)
		}
	})
	if tb.Failed() {
		tb.FailNow()
	}
	run.Packages = pkgs

	graph, err := checker.Analyze(analyzers, pkgs, nil)
	if err != nil {
		tb.Fatal(err)
	}
	for act := range graph.All() {
		if act.Err != nil && !strings.Contains(act.Err.Error(), "failed prerequisites") {
			tb.Errorf("%s: %v", act, act.Err)
		}
	}
	for _, act := range graph.Roots {
		for _, d := range act.Diagnostics {
			run.Findings = append(run.Findings, run.finding(act.Package, act.Analyzer.Name, d))
		}
	}
	slices.SortFunc(run.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Analyzer, b.Analyzer))
	})
	return run
}

func (run *Run) finding(pkg *packages.Package, analyzer string, d analysis.Diagnostic) Finding {
	posn := pkg.Fset.Position(d.Pos)
	file := run.relative(posn.Filename)
	return Finding{familyOf(file), file, posn.Line, enclosing(pkg, d.Pos), analyzer, d.Message}
}

// relative names a file as findings and labels do.
func (run *Run) relative(filename string) string {
	rel, err := filepath.Rel(filepath.Join(run.root, source), filename)
	if err != nil {
		return filename
	}
	return filepath.ToSlash(rel)
}

func familyOf(file string) string {
	family, _, _ := strings.Cut(file, "/")
	return family
}

// enclosing names the top-level function around pos, "" outside of all.
func enclosing(pkg *packages.Package, pos token.Pos) string {
	for _, file := range pkg.Syntax {
		if file.FileStart > pos || pos >= file.FileEnd {
			continue
		}
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= pos && pos < fn.End() {
				return funcName(fn)
			}
		}
	}
	return ""
}

// funcName is the name of fn after that of its receiver's type.
func funcName(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	expr := fn.Recv.List[0].Type
	for {
		switch x := expr.(type) {
		case *ast.StarExpr:
			expr = x.X
		case *ast.IndexExpr:
			expr = x.X
		case *ast.IndexListExpr:
			expr = x.X
		case *ast.Ident:
			return x.Name + "." + fn.Name.Name
		default:
			return fn.Name.Name
		}
	}
}

// Families lists the families of the corpus, all but lib.
func Families(tb testing.TB) []string {
	tb.Helper()
	entries, err := os.ReadDir(filepath.Join(moduleRoot(tb), source))
	if err != nil {
		tb.Fatal(err)
	}
	var families []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != "lib" {
			families = append(families, e.Name())
		}
	}
	return families
}

// moduleRoot is the folder of the go.mod around the test.
func moduleRoot(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			tb.Fatal("no go.mod around the test")
		}
		dir = parent
	}
}
