package contract

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"testing"
)

// Of a package that is imported by way of another, export data may hold a part
// alone. A stub for it is not wrong because the rest is not in sight.
func TestPartOfPackageInSight(t *testing.T) {
	w := inModule(t, map[string]string{"dep.go": "//revlint:package dep\npackage dep\n\n//revlint:unsafe\nfunc Gone()\n"})
	dep := types.NewPackage("dep", "dep")
	mid := types.NewPackage("mid", "mid")
	mid.SetImports([]*types.Package{dep})
	mid.MarkComplete()
	w.packages["mid"] = mid
	const src = "package user\n\nimport _ \"mid\"\n"
	w.analyse("user", "", src)
	if len(w.problems) > 0 {
		t.Errorf("part of dep in sight: %q", w.problems)
	}
	dep.MarkComplete()
	w.analyse("user", "", src)
	if want := []string{"dep.go:5:1: dep does not have Gone (contract)"}; !slices.Equal(w.problems, want) {
		t.Errorf("dep in sight: got %q, want %q", w.problems, want)
	}
}

// A package's first file need not be in its folder: cgo writes some elsewhere.
func TestStubsOfModuleWithCgo(t *testing.T) {
	w := inModule(t, map[string]string{"dep.go": "//revlint:package dep\npackage dep\n\nfunc Gone()\n"})
	w.analyse("dep", "v1.0.0", dep)
	root := w.dir
	w.dir = filepath.Join(t.TempDir(), "cache")
	w.analyse("user", "", "//line "+filepath.Join(root, "user.go")+":1\n"+use)
	if len(w.problems) != 1 {
		t.Errorf("problems %q", w.problems)
	}
}

// Two contracts for one declaration are not merged, nor is one picked quietly.
func TestTwoUserStubs(t *testing.T) {
	const stub = "//revlint:package dep\npackage dep\n\n//revlint:waits b\nfunc (b *Bucket) Get(k []byte) []byte\n"
	w := inModule(t, map[string]string{"a.go": stub, "b.go": stub})
	w.analyse("dep", "v1.0.0", dep)
	w.analyse("user", "", use)
	want := []string{"b.go:4:17: another stub, or another declaration, has directives for Bucket.Get (contract)"}
	if !slices.Equal(w.problems, want) {
		t.Errorf("got %q, want %q", w.problems, want)
	}
}

func TestStubsWithTypeParameters(t *testing.T) {
	for _, test := range []struct{ decl, want string }{
		{"func Pair[A any](a Handle[A], b Handle[A], c chan<- int)", "Pair has 2 type parameters there, 1 here"},
		{"func (h Handle) Get() *int", "Handle.Get has 1 type parameter there, 0 here"},
	} {
		w := inModule(t, map[string]string{"x.go": "//revlint:package dep\npackage dep\n\n" + test.decl + "\n"})
		w.analyse("dep", "v1.0.0", dep)
		w.analyse("user", "", use)
		if want := []string{"x.go:4:1: " + test.want + " (contract)"}; !slices.Equal(w.problems, want) {
			t.Errorf("%s\n got %q\nwant %q", test.decl, w.problems, want)
		}
	}
}

// Func types that are written elsewhere have the names that they have there.
func TestNamedFuncTypes(t *testing.T) {
	w := newWorld(t)
	s := w.analyse("lib", "", `package lib

type Tx struct{}

type View interface{}

type frame struct{ data []byte }

type Plain func(tx *Tx, each func(k []byte) error) (ok bool)

//revlint:scoped tx, each(k)
type Named Plain

//revlint:scoped tx
type Alias = Plain

type Config struct {
	//revlint:scoped tx
	Hook Plain
}

//revlint:scoped tx if ok
//revlint:scoped tx
var Hook Plain

//revlint:scoped fns(tx)
func All(fns ...func(tx *Tx)) {}

//revlint:borrow v.(*frame).data from tx
func (tx *Tx) View() (v View) { return nil }
`)
	want := []string{`lib.go:22:21: scoped does not take "if" (contract)`}
	if !slices.Equal(w.problems, want) {
		t.Errorf("got %q, want %q", w.problems, want)
	}
	for name, want := range map[string]string{
		"Plain":       "-",
		"Named":       "scoped param0, param1(arg0)",
		"Alias":       "scoped param0",
		"Config.Hook": "scoped param0",
		"Hook":        "scoped param0",
		"All":         "scoped param0(arg0)",
		"Tx.View":     "borrow result0.([*lib.frame]).data[0] from recv",
	} {
		if got := write(s.Of(lookup(t, w.packages["lib"], name))); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// A package that never writes the name of a handler's type may still have one.
func TestReachesUnnamedTypes(t *testing.T) {
	const lib = `package lib

type Ctx struct{}

//revlint:scoped c
type Handler func(c *Ctx)

//revlint:scoped c
type Alias = func(c *Ctx)

func Serve(h Handler)        {}
func Use(routes ...Alias)    {}
func Default() (h Handler)   { return }
func Plain(f func(c *Ctx))   {}

var Routes map[string][]Handler

type Server struct{ Handler Handler }
`
	for body, want := range map[string]bool{
		"lib.Serve(func(c *lib.Ctx) {})":                  true,
		"lib.Use(func(c *lib.Ctx) {})":                    true,
		"lib.Default()(nil)":                              true,
		"lib.Routes[``][0](nil)":                          true,
		"_ = lib.Server{Handler: func(c *lib.Ctx) {}}":    true,
		"lib.Plain(func(c *lib.Ctx) {})":                  false,
		"_ = lib.Server{}; _ = new(lib.Ctx); _ = len(``)": false,
	} {
		w := newWorld(t)
		w.analyse("lib", "", lib)
		s := w.analyse("user", "", "package user\n\nimport \"lib\"\n\nfunc f() { "+body+" }\n")
		if got := s.Reaches(); got != want {
			t.Errorf("%s: %t", body, got)
		}
	}
	w := inModule(t, map[string]string{"user.go": "//revlint:package user\npackage user\n\n//revlint:unsafe\nfunc F()\n"})
	if s := w.analyse("user", "", "package user\n\nfunc F() {}\n"); !s.Reaches() || len(w.problems) > 0 {
		t.Errorf("a stub for the package itself: %q", w.problems)
	}
}

// What does not fit is counted, and none of it said.
func TestMisfits(t *testing.T) {
	w := newWorld(t)
	s := w.analyse("go.etcd.io/bbolt", "v1.4.0", "package bbolt\n\ntype Bucket struct{}\n\nfunc (b *Bucket) Get(key []byte) []byte { return nil }\n")
	stub, err := embedded(w.fset, "bbolt")
	if err != nil {
		t.Fatal(err)
	}
	declared := slices.DeleteFunc(stub.file.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return ok && g.Tok == token.IMPORT
	})
	if got, want := s.Misfits(), len(declared)-1; got != want {
		t.Errorf("%d misfits, want %d: all declarations but one", got, want)
	}
	if len(w.problems) > 0 {
		t.Errorf("problems %q", w.problems)
	}
	if (*Set)(nil).Misfits() != 0 {
		t.Error("no set, no misfits")
	}
}
