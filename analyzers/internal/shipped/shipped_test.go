package shipped

import (
	"bytes"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// A world is packages that import each other, with their facts.
type world struct {
	fset  *token.FileSet
	types map[string]*types.Package
	facts map[string]Fact
}

// key type-checks the package called path, of one file, in the world, and returns its key.
func (w *world) key(t *testing.T, path, text string, module *analysis.Module) (string, bool) {
	t.Helper()
	f, err := parser.ParseFile(w.fset, path+".go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := (&types.Config{Importer: w}).Check(path, w.fset, []*ast.File{f}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.types[path] = pkg
	return Key(&analysis.Pass{
		Fset: w.fset, Files: []*ast.File{f}, Pkg: pkg, Module: module, TypesSizes: types.SizesFor("gc", "amd64"),
		ReadFile: func(string) ([]byte, error) { return []byte(text), nil },
		ImportPackageFact: func(p *types.Package, f analysis.Fact) bool {
			known, ok := w.facts[p.Path()]
			*f.(*Fact) = known
			return ok
		},
		ExportPackageFact: func(f analysis.Fact) { w.facts[path] = *f.(*Fact) },
	})
}

func (w *world) Import(path string) (*types.Package, error) {
	if p := w.types[path]; p != nil {
		return p, nil
	}
	return importer.Default().Import(path)
}

// TestKey holds a key to what it must cover: the package's text, and that of what it imports
// through another that says nothing new; not where the sources lie.
func TestKey(t *testing.T) {
	keys := func(deepest string) (all [3]string) {
		w := &world{token.NewFileSet(), make(map[string]*types.Package), make(map[string]Fact)}
		for i, p := range []struct{ path, text string }{
			{"deepest", deepest},
			{"middle", "package middle\nimport \"deepest\"\nvar X = deepest.X\n"},
			{"top", "package top\nimport \"middle\"\nvar X = middle.X\n"},
		} {
			var ok bool
			if all[i], ok = w.key(t, p.path, p.text, nil); !ok {
				t.Fatalf("no key for %s", p.path)
			}
		}
		return all
	}
	first := keys("package deepest\n//line /here/deepest.go:1:1\nvar X = 1\n")
	for i, k := range keys("package deepest\n//line /there/deepest.go:1:1\nvar X = 1\n") {
		if k != first[i] {
			t.Errorf("package %d has another key where the sources lie elsewhere", i)
		}
	}
	for i, k := range keys("package deepest\n//line /here/deepest.go:1:1\nvar X = 2\n") {
		if k == first[i] {
			t.Errorf("package %d has the same key, though the deepest package changed", i)
		}
	}
}

// TestNoKey has packages that are none of the standard library's, or import one that is not.
func TestNoKey(t *testing.T) {
	w := &world{token.NewFileSet(), make(map[string]*types.Package), make(map[string]Fact)}
	if _, ok := w.key(t, "example.com/p", "package p\n", nil); ok {
		t.Error("a package with a dot in its path has a key")
	}
	if _, ok := w.key(t, "p", "package p\nvar X = 1\n", &analysis.Module{Path: "p"}); ok {
		t.Error("a package of a module has a key")
	}
	if _, ok := w.key(t, "q", "package q\nimport \"p\"\nvar _ = p.X\n", nil); ok {
		t.Error("a package that imports one without a key has one")
	}
}

func TestArchive(t *testing.T) {
	var b, again bytes.Buffer
	content := map[string][]byte{"two": []byte("2"), "one": []byte("1")}
	for _, w := range []*bytes.Buffer{&b, &again} {
		if err := Write(w, "engine", content); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same content gives other bytes")
	}
	a, err := Open(b.Bytes(), "engine")
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Get("two"); string(got) != "2" {
		t.Errorf("got %q", got)
	}
	if got := a.Get("three"); got != nil {
		t.Errorf("got %q for what is not there", got)
	}
	if _, err := Open(b.Bytes(), "another"); !errors.Is(err, ErrOther) {
		t.Errorf("another engine's archive: %v", err)
	}
	if _, err := Open(b.Bytes()[:b.Len()/2], "engine"); err == nil || errors.Is(err, ErrOther) {
		t.Errorf("half an archive: %v", err)
	}
}
