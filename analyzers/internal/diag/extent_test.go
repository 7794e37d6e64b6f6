package diag

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestExtent(t *testing.T) {
	const src = `package x

func f(p *T, q int) (err error) {
	v, err := p.Get().(*U)
	defer p.Close()
	if v == nil {
		return err
	}
	for i := range q {
		v.next.x = i
	}
	go func(v *U) {
		v.n++
	}(v)
	select {
	case c <- v:
	}
	x := []int{
		1,
	}
	return nil
}
`
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "x.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pass := &analysis.Pass{Fset: fset, Files: []*ast.File{f}}
	for at, want := range map[string]string{
		"f(p *T":     "f",
		"p *T":       "p",
		"p.Get":      "p.Get().(*U)",
		"v, err :=":  "v, err := p.Get().(*U)",
		":= p.Get":   ":= p.Get().(*U)", // in the assignment
		"defer":      "defer p.Close()",
		"p.Close":    "p.Close()",
		"if v":       "if v == nil",
		"return err": "return err",
		"for i":      "for i := range q",
		"v.next":     "v.next.x = i",
		"next.x":     "next",
		"go func":    "go func(v *U) {\n\t\tv.n++\n\t}(v)",
		"func(v *U)": "func(v *U) {\n\t\tv.n++\n\t}(v)",
		"v.n++":      "v.n++",
		"case c":     "case c <- v",
		"c <- v":     "c <- v",
		"[]int":      "[]int{\n\t\t1,\n\t}",
		"return nil": "return nil",
	} {
		i := strings.Index(src, at)
		pos := f.FileStart + token.Pos(i)
		end := Extent(pass, pos)
		got := "nothing"
		if end.IsValid() {
			got = src[i : i+int(end-pos)]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}
