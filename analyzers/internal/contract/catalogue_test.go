package contract

import (
	"go/ast"
	"go/token"
	"go/types"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// stubNames are the stubs of the catalogue, on or off.
func stubNames(t *testing.T) (names []string) {
	files, err := fs.Glob(catalogueFiles, "_catalogue/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d stubs, %v", len(files), err)
	}
	for _, f := range files {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(f, "_catalogue/"), ".go"))
	}
	return names
}

// Every stub is of the language, whether its package can be had here or not.
func TestCatalogueParses(t *testing.T) {
	names := stubNames(t)
	for _, name := range names {
		fset := token.NewFileSet()
		s, err := embedded(fset, name)
		if err != nil {
			t.Error(err)
			continue
		}
		if pathOf(name) != s.path {
			t.Errorf("the first line of %s is not its header", name)
		}
		for _, g := range s.file.Comments {
			for _, c := range g.List {
				if !isDirective(c.Text) || c == s.head {
					continue
				}
				if _, err := parse(c.Text); err != nil {
					p := fset.Position(c.Pos() + token.Pos(err.off))
					t.Errorf("%v: %s", p, err.msg)
				}
			}
		}
	}
	for _, name := range enabled {
		if !slices.Contains(names, name) {
			t.Errorf("%s is on, but there is no such stub", name)
		}
	}
	if !slices.IsSorted(enabled) {
		t.Error("the list of what is on is not in order")
	}
}

// Stubs of the standard library fit it, each declaration and directive.
func TestCatalogueFitsTheStandardLibrary(t *testing.T) {
	fset := token.NewFileSet()
	stubs := make(map[string][]*stub)
	var paths []string
	for _, name := range stubNames(t) {
		s, err := embedded(fset, name)
		if err != nil {
			t.Fatal(err)
		}
		if first, _, _ := strings.Cut(s.path, "/"); s.build && !strings.Contains(first, ".") {
			stubs[s.path] = append(stubs[s.path], s)
			paths = append(paths, s.path)
		}
	}
	if len(paths) < 15 {
		t.Fatalf("only %q", paths)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range pkgs {
		for _, e := range pkg.Errors {
			t.Fatal(e)
		}
		for _, s := range stubs[pkg.PkgPath] {
			compareStub(t, fset, s, pkg.Types)
		}
		delete(stubs, pkg.PkgPath)
	}
	for path := range stubs {
		t.Errorf("%s was not loaded", path)
	}
}

// compareStub compares a stub with its package: each declaration and
// directive fits, and what is said to be documented somewhere is there.
func compareStub(t *testing.T, fset *token.FileSet, s *stub, pkg *types.Package) {
	t.Helper()
	b := bindStub(s, pkg, importsOf(pkg), false)
	for _, p := range b.problems {
		t.Errorf("%s: %v: %s", pkg.Path(), fset.Position(p.pos), p.msg)
	}
	if want := directives(s.file); len(b.bound) == 0 || claimCount(b.bound) != want {
		t.Errorf("%s: %d claims of %d directives", pkg.Path(), claimCount(b.bound), want)
	}
	for _, said := range saidIn(s.file) {
		for _, name := range said.names() {
			base, member, isMember := strings.Cut(name, ".")
			in := pkg
			if i := slices.IndexFunc(pkg.Imports(), func(p *types.Package) bool { return p.Name() == base }); i >= 0 {
				in = pkg.Imports()[i]
				base, member, isMember = strings.Cut(member, ".")
			}
			obj := in.Scope().Lookup(base)
			if obj != nil && isMember {
				obj, _, _ = types.LookupFieldOrMethod(obj.Type(), true, in, member)
			}
			if obj == nil {
				t.Errorf("%s: %s is documented by %s, which is not there", pkg.Path(), said.Row, name)
			}
		}
	}
}

func directives(f *ast.File) (n int) {
	for _, g := range f.Comments {
		for _, c := range g.List {
			if isDirective(c.Text) && !isHeader(c.Text) {
				n++
			}
		}
	}
	return n
}

func claimCount(bound []bound) (n int) {
	for _, b := range bound {
		n += len(b.contract.Claims)
	}
	return n
}

// The catalogue is known of packages that were never analysed, and a directive
// in the source, or a user's stub, goes before it.
func TestCatalogueIsKnown(t *testing.T) {
	w := newWorld(t)
	s := w.analyse("user", "", "package user\n\nimport (\n\t\"bufio\"\n\t\"sync\"\n)\n\nvar (\n\ts bufio.Scanner\n\tp sync.Pool\n)\n")
	bufio, _ := w.Import("bufio")
	sync, _ := w.Import("sync")
	if got := write(s.Of(lookup(t, bufio, "Scanner.Bytes"))); got != "borrow result0 from recv until #Scan" {
		t.Errorf("Scanner.Bytes: %s", got)
	}
	if got := write(s.Of(lookup(t, sync, "Pool.Get"))); got != "acquire result0 optional" {
		t.Errorf("Pool.Get: %s", got)
	}
	if len(w.problems) > 0 {
		t.Errorf("problems %q", w.problems)
	}

	w = inModule(t, map[string]string{"sync.go": "//revlint:package sync\npackage sync\n\n//revlint:none\nfunc (p *Pool) Get() any\n"})
	s = w.analyse("user", "", "package user\n\nimport \"sync\"\n\nvar p sync.Pool\n")
	sync, _ = w.Import("sync")
	if got := write(s.Of(lookup(t, sync, "Pool.Get"))); got != "-" {
		t.Errorf("Pool.Get, switched off: %s", got)
	}
	if got := write(s.Of(lookup(t, sync, "Pool.Put"))); got != "release param0" {
		t.Errorf("Pool.Put: %s", got)
	}
}

// The source of bbolt, say, goes before the catalogue, and what has changed in
// it since is dropped without a word.
func TestSourceBeforeCatalogue(t *testing.T) {
	const path = "go.etcd.io/bbolt"
	w := newWorld(t)
	w.analyse(path, "v1.4.0", `package bbolt

type DB struct{}
type Tx struct{}
type Bucket struct{}

//revlint:borrow value from b deep
func (b *Bucket) Get(key []byte) (value []byte) { return }

func (tx *Tx) Bucket(name []byte) *Bucket { return nil }

func (b *Bucket) Put(key, value string) error { return nil }
`)
	s := w.analyse("user", "", "package user\n\nimport \"go.etcd.io/bbolt\"\n\nvar tx bbolt.Tx\n")
	for name, want := range map[string]string{
		"Bucket.Get": "borrow result0 from recv deep",
		"Tx.Bucket":  "borrow result0 from recv",
		"Bucket.Put": "-",
	} {
		if got := write(s.Of(lookup(t, w.packages[path], name))); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	// Of a version before those that the stub is for, there is nothing to know.
	w = newWorld(t)
	w.analyse(path, "v1.2.9", "package bbolt\n\ntype Bucket struct{}\n\nfunc (b *Bucket) Get(key []byte) []byte { return nil }\n")
	s = w.analyse("user", "", "package user\n\nimport \"go.etcd.io/bbolt\"\n\nvar b bbolt.Bucket\n")
	if got := write(s.Of(lookup(t, w.packages[path], "Bucket.Get"))); got != "-" {
		t.Errorf("of an old version: %s", got)
	}
	if len(w.problems) > 0 {
		t.Errorf("problems %q", w.problems)
	}
}

func TestVersions(t *testing.T) {
	for _, test := range []struct {
		since, before, module, goVersion string
		want                             bool
	}{
		{"", "", "", "", true},
		{"v1.4.0", "", "", "go1.26", true},
		{"", "v1.4.0", "", "go1.26", false},
		{"v1.4.0", "v1.6.0", "v1.4.0", "", true},
		{"v1.4.0", "v1.6.0", "v1.5.9", "", true},
		{"v1.4.0", "v1.6.0", "v1.6.0", "", false},
		{"v1.4.0", "v1.6.0", "v1.4.0-rc.1", "", false},
		{"v1.4.0", "", "v1.3.12-0.20240101000000-abcdefabcdef", "", false},
		{"v2.0.0", "", "v2.1.0+incompatible", "", true},
		{"go1.26", "", "", "go1.26", true},
		{"go1.26", "", "", "go1.25.3", false},
		{"", "go1.26", "", "go1.25", true},
		{"", "go1.26", "", "", false},
		{"v1.0.0", "", "(devel)", "", true},
	} {
		s := &stub{since: test.since, before: test.before}
		if got := s.covers(test.module, test.goVersion); got != test.want {
			t.Errorf("since %q before %q covers %q, %q: %t", test.since, test.before, test.module, test.goVersion, got)
		}
	}
}

func TestBuildTags(t *testing.T) {
	for tag, want := range map[string]bool{"go1.20": true, "go1.999": false, "integration": false, "goexperiment.never": false} {
		if isBuildTag(tag) != want {
			t.Errorf("%s: %t", tag, !want)
		}
	}
}
