package contract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// errorHead declares what the directives of TestErrors stand on; the directive
// is its last line but one.
const errorHead = `package store

type Cursor struct{ Reuse bool; n int }
func (c *Cursor) Next() {}
func (c *Cursor) Release() {}

type Bucket struct{}

//revlint:release c
func Free(c *Cursor) {}

//revlint:release b
func (b *Bucket) Close() {}

`

const (
	get  = "func (b *Bucket) Get(key []byte) (value []byte)"
	seek = "func (c *Cursor) Seek(fn func(k []byte) error, v ...*Cursor) (n int, ok bool, err error)"
	open = "func Open() (b *Bucket, err error)"
	pull = "func Pull() (next func() (ok bool), stop func())"
)

func TestErrors(t *testing.T) {
	for _, test := range []struct{ directive, decl, column, want string }{
		// verbs and words
		{"//revlint:borow value from b", get, "11", `there is no contract "borow": did you mean "borrow"?`},
		{"//revlint:", get, "11", `a contract is missing here`},
		{"//revlint:, value", get, "11", `a contract is expected here, not ","`},
		{"//revlint: borrow value from b", get, "11", `a directive begins with "//revlint:", without a space`},
		{"// revlint:borrow value from b", get, "1", `a directive begins with "//revlint:", without a space`},
		{"//revlint :borrow value from b", get, "1", `a directive begins with "//revlint:", without a space`},
		{"//revlint:borrow value from b $", get, "31", `illegal character U+0024 '$'`},
		{"//revlint:borrow value from b; release b", get, "30", `";" is not expected here`},
		{"//revlint:borrow value b", get, "24", `"b" is not expected here`},
		{"//revlint:borrow value form b", get, "24", `"form" is not expected here: did you mean "from"?`},
		{"//revlint:acquire value optinal", get, "25", `"optinal" is not expected here: did you mean "optional"?`},
		{"//revlint:package store", get, "1", `//revlint:package begins a stub file, and stands nowhere else`},

		// clauses
		{"//revlint:borrow value", get, "23", `borrow lacks "from"`},
		{"//revlint:lend key", get, "19", `lend lacks "to"`},
		{"//revlint:acquire _", get, "20", `acquire _ lacks "guard"`},
		{"//revlint:borrow value from", get, "28", `a name is missing here`},
		{"//revlint:borrow value from b until", get, "36", `a method is missing here`},
		{"//revlint:borrow value,", get, "24", `a name is missing here`},
		{"//revlint:acquire value loose", get, "25", `"loose" wants a value that goes on being used, and a guard`},
		{"//revlint:acquire value once guard b", get, "30", `"guard" comes too late: the order is guard from optional lax brief once deep loose when if`},
		{"//revlint:acquire value once once", get, "30", `"once" comes twice`},
		{"//revlint:release key once", get, "23", `release does not take "once"`},
		{"//revlint:release key prefix whole", get, "30", `"whole" comes too late: the order is of to whole prefix idempotent if`},
		{"//revlint:release key whole prefix", get, "29", `"whole" and "prefix" exclude each other`},
		{"//revlint:unsafe if value", get, "18", `unsafe does not take "if"`},
		{"//revlint:unsafe value", get, "18", `"value" is not expected here`},
		{"//revlint:acquire b if err ==", open, "30", `"nil" is missing here`},
		{"//revlint:acquire b if err == io.EOF", open, "31", `"nil" is expected here, not "io"`},

		// names
		{"//revlint:borrow valeu from b", get, "18", `borrow names "valeu", but Bucket.Get has only b, key, value: did you mean "value"?`},
		{"//revlint:borrow value from self", get, "29", `borrow names "self", but Bucket.Get has only b, key, value`},
		{"//revlint:borrow return from b", get, "18", `borrow names "return", but Bucket.Get has only b, key, value`},
		{"//revlint:acquire r", "func Make() *Cursor", "19", `acquire names "r", but Make has only return: name the result: (r *Cursor)`},
		{"//revlint:acquire c if err == nil", "func Make() (*Cursor, error)", "19", `acquire names "c", but Make has no names: name the results: (c *Cursor, err error)`},
		{"//revlint:acquire c", "func Make() (int, *Cursor, error)", "19", `acquire names "c", but Make has no names: name the results: (r0 int, c *Cursor, err error)`},
		{"//revlint:acquire return if err == nil", "func Make() (*Cursor, error)", "19", `acquire names "return", but Make has no names: name the results: (r0 *Cursor, err error)`},
		{"//revlint:release c", "func Nop()", "19", `release names "c", but Nop has no names`},
		{"//revlint:borrow c.k from c", seek, "20", `*Cursor has no field k`},
		{"//revlint:borrow *n from c", seek, "18", `n is no pointer`},
		{"//revlint:borrow v.(*Bukket) from c", seek, "21", `*Bukket: undefined: Bukket`},
		{"//revlint:borrow v.(*Bucket, io.Reader) from c", seek, "30", `io.Reader: undefined: io`},
		{"//revlint:borrow v.(error, Free) from c", seek, "28", `Free: this is no type`},
		{"//revlint:borrow v.(error,) from c", seek, "27", `a type is expected here, not ")"`},
		{"//revlint:borrow v.() from c", seek, "21", `a type is expected here, not ")"`},
		{"//revlint:borrow v.(*Bucket from c", seek, "35", `")" is missing here`},
		{"//revlint:scoped fn(x)", seek, "21", `scoped names "x", but fn has only k`},
		{"//revlint:scoped v(k)", seek, "18", `no func type is written for v: its contract stands on its type`},
		{"//revlint:scoped c(k)", seek, "18", `c cannot be called here: fn(x) wants a parameter`},
		{"//revlint:scoped fn(k", seek, "22", `")" is missing here`},

		// slots
		{"//revlint:borrow key from b", get, "18", `key cannot be borrowed: borrow wants a result, or a field or * of a parameter`},
		{"//revlint:release value", get, "19", `value cannot be released: release wants a receiver or a parameter`},
		{"//revlint:move value", get, "16", `value cannot be moved: move wants a receiver or a parameter`},
		{"//revlint:waits value", get, "17", `value cannot be waited for: waits wants a receiver or a parameter`},
		{"//revlint:lend value to b", get, "16", `value cannot be lent: lend wants a receiver or a parameter`},
		{"//revlint:maynil b", get, "18", `b cannot be nil by contract: maynil wants a result`},
		{"//revlint:maynil n", seek, "18", `n cannot be nil`},
		{"//revlint:scoped value", get, "18", `value cannot be scoped: scoped wants a receiver or a parameter`},
		{"//revlint:scoped range b", get, "24", `b cannot be ranged over: range wants a result or a parameter`},
		{"//revlint:borrow value from value", get, "29", `value cannot stand after "from": it is a result`},
		{"//revlint:acquire b if n", open, "24", `acquire names "n", but Open has only b, err`},
		{"//revlint:release v if v", seek, "24", `v cannot be a condition: if wants a result`},
		{"//revlint:release v if n", seek, "24", `n is no bool`},
		{"//revlint:release v if n == nil", seek, "24", `n cannot be nil`},
		{"//revlint:borrow *v from c when ok", seek, "33", `ok cannot be asked about before the call: when wants a receiver or a parameter`},
		{"//revlint:borrow *v from c when c.n", seek, "33", `c.n is no bool`},
		{"//revlint:borrow *v from c when c.Fast()", seek, "35", `Cursor has no method Fast`},
		{"//revlint:borrow *v from c when c()", seek, "33", `c() names no method`},

		{"//revlint:release stop if !next(n)", pull, "33", `release names "n", but next has only ok`},
		{"//revlint:release stop if !stop(ok)", pull, "33", `release names "ok", but stop has no names`},
		{"//revlint:release stop if !next(ok", pull, "35", `")" is missing here`},
		{"//revlint:acquire stop if !next(ok)", pull, "28", `acquire does not ask what a result answers: release does`},
		{"//revlint:release value if !b(ok)", get, "29", `b cannot be a condition: if wants a result`},
		{"//revlint:release value if !value(ok)", get, "29", `no func type is written for value: what it answers has no name`},
		{"//revlint:release stop if !next(ok)", pull, "19", `stop cannot be released: no acquire of Pull has it to release`},
		{"//revlint:release n if !next(ok)", "func Pull(n int) (next func() (ok bool), stop func())", "19", `n cannot be released: what a result answers ends the loan of another result`},
		{"//revlint:acquire _ guard stop\n//revlint:release stop if !next(ok)", pull, "", ""},

		// events
		{"//revlint:borrow *v from c until Nxet", seek, "34", `until Nxet: Cursor has no such method: did you mean "Next"?`},
		{"//revlint:borrow *v from c until Next, Nx*", seek, "40", `until Nx*: Cursor has no such method`},
		{"//revlint:borrow *v from c until Bucket.Next", seek, "34", `until Next: Bucket has no such method`},
		{"//revlint:borrow *v from c until Buket.Get", seek, "34", `until Buket: store has no such type: did you mean "Bucket"?`},
		{"//revlint:borrow *v from c until Next.", seek, "39", `a method is missing here`},
		{"//revlint:release c of Nxet", "func Done(c *Cursor)", "24", `of Nxet: Cursor has no such method: did you mean "Next"?`},
		{"//revlint:release c of Bucket.Close", "func Done(c *Cursor)", "24", `of wants methods of c alone`},
		{"//revlint:release c to b of Next", "func Done(b *Bucket, c *Cursor)", "26", `"of" comes too late: the order is of to whole prefix idempotent if`},
		{"//revlint:release c of", "func Done(c *Cursor)", "23", `a method is missing here`},
		{"//revlint:waits c of Nxet", "func Done(c *Cursor)", "22", `of Nxet: Cursor has no such method: did you mean "Next"?`},
		{"//revlint:waits c of Bucket.Close", "func Done(c *Cursor)", "22", `of wants methods of c alone`},
		{"//revlint:waits c until Next", "func Done(c *Cursor)", "19", `waits does not take "until"`},

		// places
		{"//revlint:token", get, "11", `token stands on a type, not on a function`},
		{"//revlint:borrow value from b", "type T struct{}", "11", `borrow cannot stand on a type: only token and none can`},
		{"//revlint:release b", "var x = 1", "1", `this directive stands on no declaration`},
		{"//revlint:release b", "const x = 1", "1", `this directive stands on no declaration`},
		{"//revlint:release b\n", "var x = 1", "1", `this directive stands on no declaration`},

		// debts nobody can pay
		{"//revlint:acquire r", "func Make() (r *[4]int)", "19", `no release in sight takes r, which Make acquires`},
		{"//revlint:acquire _ guard x", "func Take(x chan int)", "27", `no release in sight takes x, which Take acquires`},

		// what is right
		{"//revlint:acquire r optional", "func Make() (r *[4]int)", "", ""},
		{"//revlint:acquire c", "func Make() (c *Cursor)", "", ""},
		{"//revlint:acquire b", "func Make() (b *struct{ n int; *Bucket })", "", ""}, // Bucket's method is promoted
		{"//revlint:acquire c", "func Make() (c *struct{ c Cursor })", "19", `no release in sight takes c, which Make acquires`},
		{"//revlint:acquire b if err == nil", open, "", ""},
		{"//revlint:acquire _ guard stop", "func Watch() (stop func())", "", ""},
		{"//revlint:borrow value from b until Cl* deep", get, "", ""},
		{"//revlint:borrow value from b /* text */ // more", get, "", ""},
		{"//revlint:none", get, "", ""},
		{"// revlint: finds misuse", get, "", ""},
		{"// See revlint:borrow", get, "", ""},
	} {
		w := newWorld(t)
		body := "\n"
		if strings.HasPrefix(test.decl, "func") {
			body = " { panic(0) }\n"
		}
		head := errorHead + test.directive + "\n" + test.decl + body
		w.analyse("store", "", head)
		var want []string
		if test.want != "" {
			line := strings.Count(errorHead, "\n") + 1
			want = []string{fmt.Sprintf("store.go:%d:%s: %s (contract)", line, test.column, test.want)}
		}
		if !slices.Equal(w.problems, want) {
			t.Errorf("%s\n%s\n got %q\nwant %q", test.directive, test.decl, w.problems, want)
		}
	}
}

// Of several errors each comes once, and what is right stays.
func TestManyErrors(t *testing.T) {
	w := newWorld(t)
	s := w.analyse("store", "", `package store

type B struct {
	//revlint:scoped q
	F, G func(p []byte)
	n int //revlint:none
}

//revlint:borrow v from b
//revlint:borrow v from b if ok
//revlint:borrow x from b
//revlint:maynil v
func (b *B) Get() (v []byte, ok bool) {
	//revlint:borrow v from b
	return
}

//revlint:borrow v from b
//revlint:borrow v from b when !b.Fast()
//revlint:borrow w.(*B) from b
//revlint:borrow w.(*int) from b
func (b *B) All() (v []byte, w any) { return }

func (b *B) Fast() bool { return false }

//revlint:token
`)
	want := []string{
		`store.go:4:19: scoped names "q", but B.F has only self, p (contract)`,
		`store.go:4:19: scoped names "q", but B.G has only self, p (contract)`,
		`store.go:6:8: this directive stands on no declaration (contract)`,
		`store.go:10:18: two directives put v of B.Get on loan, and nothing tells them apart (contract)`,
		`store.go:11:18: borrow names "x", but B.Get has only b, v, ok (contract)`,
		`store.go:14:2: this directive stands on no declaration (contract)`,
		`store.go:26:1: this directive stands on no declaration (contract)`,
	}
	if !slices.Equal(w.problems, want) {
		t.Errorf("got:\n%s", strings.Join(w.problems, "\n"))
	}
	if got := write(s.Of(lookup(t, w.packages["store"], "B.Get"))); got != "borrow result0 from recv; maynil result0" {
		t.Errorf("B.Get: %s", got)
	}
}
