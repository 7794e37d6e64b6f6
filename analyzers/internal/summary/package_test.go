package summary

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"
)

// TestPackage puts summaries together in two orders, takes them apart, and breaks them.
func TestPackage(t *testing.T) {
	f, m := Named{"F", Encode(&Summary{Version: Version})}, Named{"T.M", &Encoded{"another"}}
	p := NewPackage([]Named{m, f})
	if again := NewPackage([]Named{f, m}); *p != *again {
		t.Errorf("the same summaries in another order give %q, and not %q", again.Data, p.Data)
	}
	all := p.All()
	if len(all) != 2 || all[0].Name != f.Name || *all[0].Encoded != *f.Encoded || all[1].Name != m.Name || *all[1].Encoded != *m.Encoded {
		t.Errorf("got %v", all)
	}
	for i := range len(p.Data) {
		if got := (&Package{p.Data[:i]}).All(); len(got) > 0 {
			t.Errorf("%d of %d bytes give %v", i, len(p.Data), got)
		}
	}
	if got := (&Package{p.Data + "\x00"}).All(); len(got) > 0 {
		t.Errorf("a byte too many gives %v", got)
	}
}

// TestName has functions that must not share a name.
func TestName(t *testing.T) {
	fset := token.NewFileSet()
	const src = `package p
type T struct{}
type G[K any] struct{}
func F() {}
func (T) F() {}
func (*T) P() {}
func (*G[K]) F() {}
`
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object)}
	if _, err := new(types.Config).Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range file.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok {
			got = append(got, Name(info.Defs[fd.Name].(*types.Func)))
		}
	}
	if want := []string{"F", "T.F", "T.P", "G.F"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
