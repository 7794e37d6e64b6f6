package contract

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inModule makes the world's packages those of a module with the given stubs.
func inModule(t *testing.T, stubs map[string]string) *world {
	w := newWorld(t)
	w.dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(w.dir, userStubs), 0o755); err != nil {
		t.Fatal(err)
	}
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("go.mod", "module user\n")
	for name, text := range stubs {
		put(filepath.Join(userStubs, name), text)
	}
	return w
}

const dep = `package dep

type Bucket struct{ Hook, hidden func(p []byte) }

//revlint:borrow value from b
func (b *Bucket) Get(key []byte) (value []byte) { return }

//revlint:borrow value from b
func (b *Bucket) Last() (value []byte) { return }

func (b *Bucket) Each(fn func(k, v []byte) error) error { return nil }

type closer interface{ Close() error }

type Store interface {
	closer
	Put(p []byte) error
}

type Handle[T any] struct{}

func (h Handle[T]) Get() *T { return nil }

func Pair[A, B any](a Handle[A], b Handle[B], c chan<- int) {}

type Func func(n int) (p []byte)

var Default func(p []byte)

func quiet() {}
`

const use = `package user

import "dep"

var Bucket dep.Bucket
`

func TestUserStubs(t *testing.T) {
	stub := `//revlint:package dep
package dep

//revlint:release b idempotent
func (b *Bucket) Get(k []byte) []byte

//revlint:none
func (b *Bucket) Last() []byte

//revlint:scoped fn(k)
func (b *Bucket) Each(fn func(k []byte, _ []byte) error) error

type Bucket struct {
	//revlint:scoped b
	Hook func(b []byte)
}

type Store interface {
	//revlint:scoped p
	Put(p []byte) error
}

//revlint:acquire p optional
func (h Handle[E]) Get() (p *E)

//revlint:scoped x
func Pair[X, Y any](x Handle[X], y Handle[Y], c chan<- int)

//revlint:maynil q
type Func func(int) (q []byte)

//revlint:scoped b
var Default func(b []byte)
`
	w := inModule(t, map[string]string{"dep.go": stub})
	before := w.analyse("dep", "v1.0.0", dep)
	s := w.analyse("user", "", use)
	if len(w.problems) > 0 {
		t.Errorf("problems %q", w.problems)
	}
	for name, want := range map[string]string{
		"Bucket.Get":  "release recv idempotent",
		"Bucket.Last": "-",
		"Bucket.Each": "scoped param0(arg0)",
		"Bucket.Hook": "scoped param0",
		"Store.Put":   "scoped param0",
		"Handle.Get":  "acquire result0 optional",
		"Pair":        "scoped param0",
		"Func":        "maynil result0",
		"Default":     "scoped param0",
	} {
		if got := write(s.Of(lookup(t, w.packages["dep"], name))); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	// A dependency is analysed without them.
	if got := write(before.Of(lookup(t, w.packages["dep"], "Bucket.Get"))); got != "borrow result0 from recv" {
		t.Errorf("in its own module: %s", got)
	}
	if other := w.analyse("other", "v1.0.0", strings.Replace(use, "user", "other", 1)); write(other.Of(lookup(t, w.packages["dep"], "Bucket.Last"))) != "borrow result0 from recv" {
		t.Error("another module sees the user's stub")
	}
}

func TestNoneOnPackage(t *testing.T) {
	w := inModule(t, map[string]string{"dep.go": `//revlint:package dep
//
//revlint:none
package dep

//revlint:maynil p
func (b *Bucket) Get(k []byte) (p []byte)
`})
	w.analyse("dep", "v1.0.0", dep)
	s := w.analyse("user", "", use)
	if len(w.problems) > 0 {
		t.Errorf("problems %q", w.problems)
	}
	for name, want := range map[string]string{"Bucket.Get": "maynil result0", "Bucket.Last": "-"} {
		if got := write(s.Of(lookup(t, w.packages["dep"], name))); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestStubErrors(t *testing.T) {
	for _, test := range []struct{ stub, want string }{
		{"//revlint:package dep\npackage dep\n\nfunc (b *Bucket) Gte(k []byte) []byte\n", "4:1: dep does not have Bucket.Gte: did you mean \"Get\"?"},
		{"//revlint:package dep\npackage dep\n\n//revlint:release b\nfunc (b *Buket) Get(k []byte) []byte\n", "5:1: dep does not have Buket.Get: did you mean \"Bucket\"?"},
		{"//revlint:package dep\npackage dep\n\n//revlint:unsafe\nfunc (b *Bucket) Get(k string) []byte\n", "5:1: Bucket.Get is func([]byte) []byte there, func(string) []byte here"},
		{"//revlint:package dep\npackage dep\n\nfunc (b *Bucket) Each(fn func(k []byte) error) error\n", "4:1: Bucket.Each is func(func([]byte, []byte) error) error there, func(func([]byte) error) error here"},
		{"//revlint:package dep\npackage dep\n\nfunc (b Bucket) Get(k []byte) []byte\n", "4:1: the receiver of Bucket.Get is *Bucket there, Bucket here"},
		{"//revlint:package dep\npackage dep\n\nfunc Pair[A, B any](a Handle[A], b Handle[A], c chan<- int)\n", "4:1: Pair is func(Handle[A], Handle[B], chan<- int) there, func(Handle[A], Handle[A], chan<- int) here"},
		{"//revlint:package dep\npackage dep\n\nfunc Pair[A, B any](a Handle[A], b Handle[B], c <-chan int)\n", "4:1: Pair is func(Handle[A], Handle[B], chan<- int) there, func(Handle[A], Handle[B], <-chan int) here"},
		{"//revlint:package dep\npackage dep\n\ntype Store interface {\n\t//revlint:release self\n\tClose() error\n}\n", "6:2: dep does not have Store.Close"},
		{"//revlint:package dep\npackage dep\n\ntype Store struct {\n\t//revlint:release self\n\tF func()\n}\n", "4:6: Store is an interface there, a struct here"},
		{"//revlint:package dep\npackage dep\n\ntype Bucket struct{ Hook func() }\n", "4:21: Bucket.Hook is func([]byte) there, func() here"},
		{"//revlint:package dep\npackage dep\n\nvar Defaults func()\n", "4:5: dep does not have Defaults: did you mean \"Default\"?"},
		{"//revlint:package dep\npackage dep\n\ntype Func func()\n", "4:6: Func is func(int) []byte there, func() here"},
		{"//revlint:package dep\npackage dep\n\n//revlint:unsafe\nfunc quiet()\n", "5:1: quiet is not exported: a user's stub cannot speak of it"},
		{"//revlint:package dep\npackage dep\n\ntype Bucket struct{ hidden func(p []byte) }\n", "4:21: Bucket.hidden is not exported: a user's stub cannot speak of it"},
		{"//revlint:package dep\npackage dpe\n", "2:9: dep is package dep, not dpe"},
		{"//revlint:package dep since v1.0.0\npackage dep\n", "1:23: a user's stub is for the version in use: it takes no also, since or before"},
		{"//revlint:package\npackage dep\n", "1:18: //revlint:package lacks an import path"},
		{"//revlint:package dep since\npackage dep\n", `1:28: "since" lacks a version`},
		{"//revlint:package dep since 1.0\npackage dep\n", `1:29: "1.0" is no version`},
		{"//revlint:package dep before v2.0.0 since v1.0.0\npackage dep\n", `1:37: "since" is not expected here: the order is path also since before`},
		{"//revlint:package dep also\npackage dep\n", `1:27: "also" lacks an import path`},
		{"//revlint:package dep also old/dep\npackage dep\n", "1:23: a user's stub is for the version in use: it takes no also, since or before"},
		{"//revlint:package dep of v1.0.0 // text\npackage dep\n", `1:23: "of" is not expected here`},
		{"package dep\n", "1:1: a stub begins with //revlint:package and an import path"},
		{"//revlint:package dep\n\n//revlint:waits b\npackage dep\n", "3:11: waits cannot stand on a package clause: only none can"},
		{"//revlint:package dep\npackage dep\n\nfunc (b *Bucket) Get(k []byte []byte\n", "4:32: expected type argument list"},
		{"//revlint:package dep\npackage dep\n\n//revlint:none\n", "4:1: this directive stands on no declaration"},
		{"//revlint:package dep\npackage dep\n\n//revlint:borrow valeu from b\nfunc (b *Bucket) Get(key []byte) (value []byte)\n", `4:18: borrow names "valeu", but Bucket.Get has only b, key, value: did you mean "value"?`},
		{"//revlint:package dep\n//go:build ||\npackage dep\n", "2:1: unexpected token ||"},
		{"//revlint:package dep\n//go:build never\npackage dep\n\nfunc Gone()\n", ""},
		{"//revlint:package elsewhere\npackage elsewhere\n\nfunc Gone()\n", ""},
	} {
		w := inModule(t, map[string]string{"x.go": test.stub})
		w.analyse("dep", "v1.0.0", dep)
		w.analyse("user", "", use)
		var want []string
		if test.want != "" {
			want = []string{"x.go:" + test.want + " (contract)"}
		}
		if !slices.Equal(w.problems, want) {
			t.Errorf("%s\n got %q\nwant %q", test.stub, w.problems, want)
		}
	}
}
