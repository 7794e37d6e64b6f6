package contract

import (
	"go/types"
	"maps"
	"reflect"
	"slices"
	"testing"
)

// claims declares something of every kind, with every verb and clause; each
// contract is written out below, as the importer of the package has it.
const claims = `package lib

import (
	"bytes"
	"io"
	"iter"
)

type Options struct{ NoCopy bool }

type base struct{ raw []byte }

type Rec struct {
	*base
	Body io.ReadCloser
	Reuse bool
}

type DB struct{ opts Options }

//revlint:acquire value guard closer from d once if err == nil // text for people
func (d *DB) Get(key []byte) (value []byte, closer io.Closer, err error) { return }

//revlint:acquire b optional deep when d.opts.NoCopy if ok
func (d *DB) Buf() (b *bytes.Buffer, ok bool) { return }

//revlint:acquire return
func (d *DB) Txn() *Tx { return nil }

//revlint:acquire _ guard d if ok
func (d *DB) Lock() (ok bool) { return }

//revlint:release d idempotent
//revlint:waits d
func (*DB) none() {}

//revlint:release d of Lock, Try* idempotent
//revlint:waits d of Lock
func (d *DB) Unlock() {}

func (d *DB) TryLock() {}

type Tx struct{}

//revlint:borrow r.raw, r.Body from t until Next*, Rec.Peek, * deep when !t.Fast() if err != nil
func (t *Tx) Read(r *Rec) (err error) { return }

//revlint:borrow *dest.(*[]byte, *bytes.Buffer, map[string][2]base, Handle[func(a, b int)]) from t until Next
func (t *Tx) Scan(dest ...any) {}

//revlint:lend key, val to return until Next, Read
func Lend(key, val []byte) *Tx { return nil }

func (t *Tx) Next() {}
func (t *Tx) Fast() bool { return false }
func (r *Rec) Peek() {}

//revlint:release b to p prefix
//revlint:move p if ok
func Put(p *Tx, b []byte) (ok bool) { return }

//revlint:release b whole if !ok
func Unmap(b []byte) (ok bool) { return }

//revlint:scoped fn, fn(k, v.raw) from t deep
func (t *Tx) Each(fn func(k []byte, v *Rec) error) error { return nil }

//revlint:scoped range seq from t when t.Fast()
func (t *Tx) All() (seq iter.Seq[*Rec]) { return nil }

//revlint:maynil p
//revlint:unsafe
func Weak() (p *Rec) { return nil }

//revlint:noreturn
func Die() { panic(0) }

type Sink interface {
	//revlint:scoped p
	Put(p []byte) error
	//revlint:release self
	Close() error
}

type Stream[K comparable, V any] interface {
	//revlint:scoped batch
	Emit(key K, batch []*V) error
	Each(fn func(map[K]Handle[V]))
}

//revlint:scoped t, r.Body
type Handler func(t *Tx, r *Rec)

//revlint:scoped t
type Alias = func(t *Tx)

type Config struct {
	//revlint:scoped groups
	//revlint:waits self
	Replace func(groups []string) string
}

//revlint:scoped b
var Hook func(b []byte)

//revlint:scoped b
var Literal = func(b []byte) {}

//revlint:token
type Bound struct{}

type Handle[T any] struct{ p *T }

//revlint:acquire res guard g from h if res != nil
func (h Handle[T]) Try() (res *T, g Guard) { return }

type Guard struct{}

//revlint:release g
func (g *Guard) Release() {}

//revlint:scoped fn(pa) from a
//revlint:scoped fn(pb) from b
func With2[A, B any](a Handle[A], b Handle[B], fn func(pa *A, pb *B)) {}
`

var claimsWant = map[string]string{
	"DB.Get":         "acquire result0 guard result1 from recv once if result2 is nil",
	"DB.Buf":         "acquire result0 optional deep when true recv.opts[0].NoCopy[0] if result1 is true",
	"DB.Txn":         "acquire result0",
	"DB.Lock":        "acquire guard recv if result0 is true",
	"DB.none":        "-",
	"DB.Unlock":      "release recv of #Lock #Try* idempotent; waits recv of #Lock",
	"Tx.Read":        "borrow param0.raw[0 0], param0.Body[1] from recv until #Next* lib.Rec#Peek #* deep when false recv has called Fast if result0 is not nil",
	"Tx.Scan":        "borrow *param0.([*[]byte *bytes.Buffer map[string][2]lib.base lib.Handle[func(a int, b int)]]) from recv until #Next",
	"Lend":           "lend param0, param1 to result0 until #Next #Read",
	"Put":            "release param1 to param0 prefix; move param0 if result0 is true",
	"Unmap":          "release param0 whole if result0 is false",
	"Tx.Each":        "scoped param0, param0(arg0, arg1.raw[0 0]) from recv deep",
	"Tx.All":         "scoped range result0 from recv when true recv has called Fast",
	"Weak":           "maynil result0; unsafe",
	"Die":            "noreturn",
	"Sink.Put":       "scoped param0",
	"Sink.Close":     "release recv",
	"Stream.Emit":    "scoped param1",
	"Handler":        "scoped param0, param1.Body[1]",
	"Alias":          "scoped param0",
	"Config.Replace": "scoped param0; waits recv",
	"Hook":           "scoped param0",
	"Literal":        "scoped param0",
	"Bound":          "token",
	"Handle.Try":     "acquire result0 guard result1 from recv if result0 is not nil",
	"Guard.Release":  "release recv",
	"With2":          "scoped param2(arg0) from param0; scoped param2(arg1) from param1",
	"Options":        "-",
	"DB.opts":        "-",
}

func TestClaims(t *testing.T) {
	w := newWorld(t)
	own := w.analyse("lib", "", claims)
	user := w.analyse("user", "", `package user

import "lib"

var db lib.DB
`)
	for _, name := range slices.Sorted(maps.Keys(claimsWant)) {
		obj := lookup(t, w.packages["lib"], name)
		if got := write(own.Of(obj)); got != claimsWant[name] {
			t.Errorf("%s:\n got %s\nwant %s", name, got, claimsWant[name])
		}
		if got, want := user.Of(obj), own.Of(obj); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: an importer has %s", name, write(got))
		}
	}
	want := []string{`lib.go:33:19: release names "d", but DB.none has only self (contract)`, `lib.go:34:17: waits names "d", but DB.none has only self (contract)`}
	if !reflect.DeepEqual(w.problems, want) {
		t.Errorf("problems %q", w.problems)
	}
}

// An instance, and what is reached through it, has the contract of its origin.
func TestInstances(t *testing.T) {
	w := newWorld(t)
	w.analyse("lib", "", claims)
	s := w.analyse("user", "", `package user

import "lib"

type Int = lib.Handle[int]

var (
	_  Int
	fn lib.Alias
	hd lib.Handler
	bd *lib.Bound
)
`)
	pkg := w.packages["user"]
	if got := write(s.Of(lookup(t, pkg, "Int.Try"))); got != claimsWant["Handle.Try"] {
		t.Errorf("Handle[int].Try: %s", got)
	}
	if got := write(s.OfType(pkg.Scope().Lookup("fn").Type())); got != claimsWant["Alias"] {
		t.Errorf("a variable declared by the alias: %s", got)
	}
	if got := write(s.OfType(pkg.Scope().Lookup("hd").Type())); got != claimsWant["Handler"] {
		t.Errorf("a value of the named type: %s", got)
	}
	if got := s.OfType(pkg.Scope().Lookup("fn").Type().Underlying()); got != nil {
		t.Errorf("a func type by itself: %s", write(got))
	}
	if !s.IsToken(pkg.Scope().Lookup("bd").Type()) || s.IsToken(pkg.Scope().Lookup("hd").Type()) {
		t.Error("*Bound alone is a token")
	}
	if !s.Reaches() {
		t.Error("the package uses contracts")
	}
	if w.analyse("other", "", "package other\n\nimport _ \"lib\"\n\nfunc F() int { return 0 }\n").Reaches() {
		t.Error("the package uses no contract")
	}
}

func TestScopedBy(t *testing.T) {
	w := newWorld(t)
	w.analyse("lib", "", claims)
	s := w.analyse("user", "", `package user

import "lib"

type ints struct{}

func (ints) Emit(key string, batch []*int) error { return nil }
func (*ints) Each(fn func(map[string]lib.Handle[int])) {}

type boxes[T any] struct{}

func (boxes[T]) Emit(key int, batch []*T) error { return nil }
func (boxes[T]) Each(fn func(map[int]lib.Handle[T])) {}

type mixed struct{}

func (mixed) Emit(key string, batch []*int) error { return nil }
func (mixed) Each(fn func(map[string]lib.Handle[bool])) {}

type half struct{}

func (half) Emit(key string, batch []*int) error { return nil }

type slices struct{}

func (slices) Emit(key []byte, batch []*int) error { return nil }
func (slices) Each(fn func(map[string]lib.Handle[int])) {}

type whole struct{}

func (whole) Put(p []byte) error { return nil }
func (*whole) Close() error { return nil }

type part struct{}

func (part) Put(p []byte) error { return nil }

type other struct{}

func (other) Put(p string) error { return nil }
func (other) Close() error { return nil }
`)
	for name, want := range map[string]string{
		"whole.Put": "lib.Sink: scoped param0", "whole.Close": "", "part.Put": "", "other.Put": "",
		"ints.Emit": "lib.Stream: scoped param1", "ints.Each": "", "boxes.Emit": "lib.Stream: scoped param1",
		"mixed.Emit": "", "half.Emit": "", "slices.Emit": "",
	} {
		got := ""
		for _, b := range s.ScopedBy(lookup(t, w.packages["user"], name).(*types.Func)) {
			got += b.Interface + ": " + writeClaim(b.Claim)
		}
		if got != want {
			t.Errorf("%s is bound by %q, want %q", name, got, want)
		}
	}
	if !s.Reaches() {
		t.Error("the package implements an interface that binds it")
	}
}

// Facts are the same bytes in every run: build caches compare them.
func TestFactsAreDeterministic(t *testing.T) {
	first := newWorld(t)
	first.analyse("lib", "", claims)
	second := newWorld(t)
	second.analyse("lib", "", claims)
	if len(first.facts) < 20 {
		t.Fatalf("%d facts", len(first.facts))
	}
	of := func(w *world) map[string]string {
		out := make(map[string]string)
		for obj, data := range w.facts {
			out[obj.String()] = string(data)
		}
		return out
	}
	if !maps.Equal(of(first), of(second)) {
		t.Error("facts differ from run to run")
	}
}
