package main

import (
	"fmt"
	"strings"
)

// A shape is a way in which programs grow.
type shape struct {
	name string
	n    int     // the size at which it is measured, and a half and a quarter of it
	bar  float64 // the exponent that must not be exceeded
	make func(n int) string
}

// pool is what all programs use: one thing that is taken, may be nil, and is given back.
const pool = `package p

type B struct{ n int }

//revlint:acquire b
func Get() (b *B) { return new(B) }

//revlint:acquire b if ok
func TryGet() (b *B, ok bool) { return new(B), true }

//revlint:release b
func Put(b *B) {}

func use(b *B) int { return b.n }

`

// shapes are those that people and generators write, each of them alone. The sizes are
// below the caps of the engine, but for those that have none.
var shapes = []shape{
	{"functions", 800, 1.05, func(n int) string {
		return times(n, func(i int) string {
			return fmt.Sprintf("func f%d(c bool) int {\n\tb := Get()\n\tdefer Put(b)\n\tif c {\n\t\treturn use(b)\n\t}\n\treturn b.n\n}\n\n", i)
		})
	}},
	{"chains of calls", 400, 1.05, func(n int) string {
		return "func f0(b *B) int { return use(b) }\n\n" + times(n, func(i int) string {
			return fmt.Sprintf("func f%d(b *B) int {\n\tif b.n > %d {\n\t\treturn 0\n\t}\n\treturn f%d(b)\n}\n\n", i+1, i, i)
		}) + fmt.Sprintf("func top() int {\n\tb := Get()\n\tdefer Put(b)\n\treturn f%d(b)\n}\n", n)
	}},
	{"loans in a row", 400, 1.1, func(n int) string {
		return "func f() {\n" + times(n, func(i int) string {
			return fmt.Sprintf("\tb%[1]d := Get()\n\tuse(b%[1]d)\n\tPut(b%[1]d)\n", i)
		}) + "}\n"
	}},
	{"loans open at once", 200, 1.1, func(n int) string {
		return "func f() {\n" + times(n, func(i int) string { return fmt.Sprintf("\tb%d := Get()\n", i) }) +
			times(n, func(i int) string { return fmt.Sprintf("\tuse(b%[1]d)\n\tPut(b%[1]d)\n", i) }) + "}\n"
	}},
	{"conditions", 200, 1.05, func(n int) string {
		return "func f(x []int) (n int) {\n\tb := Get()\n" + times(n, func(i int) string {
			return fmt.Sprintf("\tif x[%[1]d] > 0 {\n\t\tn += b.n\n\t}\n", i)
		}) + "\tPut(b)\n\treturn n\n}\n"
	}},
	{"conditions asked again", 100, 1.05, func(n int) string {
		return "func f(x []bool) (n int) {\n\tb := Get()\n" + times(n, func(i int) string {
			return fmt.Sprintf("\tc%[1]d := x[%[1]d]\n\tif c%[1]d {\n\t\tn += b.n\n\t}\n\tif c%[1]d {\n\t\tn++\n\t}\n", i)
		}) + "\tPut(b)\n\treturn n\n}\n"
	}},
	{"nested loops", 16, 1.65, func(n int) string {
		return "func f(x []int) (n int) {\n\tb := Get()\n" + times(n, func(i int) string { return fmt.Sprintf("\tfor i%d := range x {\n", i) }) +
			"\tn += b.n + i0\n" + times(n, func(i int) string { return fmt.Sprintf("\t_ = i%d\n\t}\n", n-1-i) }) + "\tPut(b)\n\treturn n\n}\n"
	}},
	{"loops in a row", 100, 1.1, func(n int) string {
		return "func f(x []int) (n int) {\n" + times(n, func(i int) string {
			return "\tfor range x {\n\t\tb := Get()\n\t\tn += use(b)\n\t\tPut(b)\n\t}\n"
		}) + "\treturn n\n}\n"
	}},
	{"cases of a select", 100, 1.1, func(n int) string {
		return "func f(c []chan int) (n int) {\n\tb := Get()\n\tselect {\n" + times(n, func(i int) string {
			return fmt.Sprintf("\tcase n = <-c[%d]:\n\t\tn += b.n\n", i)
		}) + "\t}\n\tPut(b)\n\treturn n\n}\n"
	}},
	{"cases of a switch", 200, 1.15, func(n int) string {
		return "func f(c int) (n int) {\n\tb := Get()\n\tswitch c {\n" + times(n, func(i int) string {
			return fmt.Sprintf("\tcase %d:\n\t\tn += b.n\n", i)
		}) + "\t}\n\tPut(b)\n\treturn n\n}\n"
	}},
	{"mutual recursion", 16, 1.05, func(n int) string {
		return times(n, func(i int) string {
			return fmt.Sprintf("func f%d(b *B, n int) int {\n\tif n == %d {\n\t\treturn use(b)\n\t}\n\treturn f%d(b, n-1)\n}\n\n", i, i, (i+1)%n)
		})
	}},
	{"closures in closures", 32, 1.05, func(n int) string {
		return "func f() int {\n\tb := Get()\n\tdefer Put(b)\n" + times(n, func(int) string { return "\treturn func() int {\n" }) +
			"\treturn b.n\n" + times(n, func(int) string { return "\t}()\n" }) + "}\n"
	}},
	{"results that may fail", 200, 1.05, func(n int) string {
		return "func f() (n int) {\n" + times(n, func(i int) string {
			return "\tif b, ok := TryGet(); ok {\n\t\tn += use(b)\n\t\tPut(b)\n\t}\n"
		}) + "\treturn n\n}\n"
	}},
	{"deferred releases", 100, 1.1, func(n int) string {
		return "func f() (n int) {\n" + times(n, func(i int) string {
			return fmt.Sprintf("\tb%[1]d := Get()\n\tdefer Put(b%[1]d)\n\tn += use(b%[1]d)\n", i)
		}) + "\treturn n\n}\n"
	}},
	{"fields", 200, 1.15, func(n int) string {
		return "type T struct {\n" + times(n, func(i int) string { return fmt.Sprintf("\tf%d *B\n", i) }) + "}\n\nfunc f(t *T) {\n" +
			times(n, func(i int) string { return fmt.Sprintf("\tt.f%d = nil\n", i) }) + "}\n"
	}},
}

func times(n int, one func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(one(i))
	}
	return b.String()
}
