package engine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/revlint/revlint/analyzers/internal/engine/calls"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
)

func TestRunsFunctions(t *testing.T) {
	for _, test := range []struct {
		src  string
		want bool
	}{
		{"func (g *G) Go(f func() error) { go f() }", true},
		{"func (p *P) Submit(f func()) { p.c <- f }; func (p *P) run() { go func() { (<-p.c)() }() }", true},
		{"func Do(f func()) { f() }", false},
		{"func run(f func()) { go f() }", false},
		{"func Serve() { go serve() }; func serve() {}", false},
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "p.go", "package p; "+test.src, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := runsFunctions([]*ast.File{f}); got != test.want {
			t.Errorf("%s: %v", test.src, got)
		}
	}
}

// TestTestsComeLast: functions of test files are analysed after the others, whatever their files are called.
func TestTestsComeLast(t *testing.T) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, file := range [][2]string{{"a_test.go", "package p; func T() { func() {}(); F() }"}, {"b.go", "package p; func F() {}; func G() {}"}} {
		f, err := parser.ParseFile(fset, file[0], file[1], 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{}, fset, types.NewPackage("p", "p"), files, 0)
	if err != nil {
		t.Fatal(err)
	}
	var fns []*ssa.Function
	for _, name := range []string{"T", "F", "G"} {
		fns = append(append(fns, pkg.Func(name)), pkg.Func(name).AnonFuncs...)
	}
	e := &engine{Program: &calls.Program{Unit: &rules.Unit{Pass: &analysis.Pass{Fset: fset}}}}
	var got []string
	for _, fn := range e.named(fns) {
		got = append(got, fn.Name())
	}
	if want := []string{"F", "G", "T"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
