package engine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
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
