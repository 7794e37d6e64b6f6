package main

import (
	"fmt"
	"testing"
)

// TestGrowth holds the exponents to bars. The bars of most shapes are 1.05; those that
// are higher are where the engine is, and are to come down: docs/performance.md says why.
func TestGrowth(t *testing.T) {
	counter, err := newCounter(t.TempDir(), "../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			g, err := counter.measure(s)
			if err != nil {
				t.Fatal(err)
			}
			if e := g.exponent(); e > s.bar {
				t.Errorf("the exponent is %.2f, more than %.2f: %d statements for %d, %d for %d", e, s.bar, g.work[1], g.sizes[1], g.work[2], g.sizes[2])
			}
			if n := g.unknown["too complex"]; n > 0 {
				t.Errorf("%d functions are given up: that is no measure of growth", n)
			}
		})
	}
}

// TestBeyondTheCaps: what is too large to be analysed is counted, and costs less than
// what is not.
func TestBeyondTheCaps(t *testing.T) {
	counter, err := newCounter(t.TempDir(), "../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range shapes {
		if s.name != "fields" {
			continue
		}
		within, _, err := counter.work(pool + s.make(2*s.n))
		if err != nil {
			t.Fatal(err)
		}
		beyond, unknown, err := counter.work(pool + s.make(8*s.n))
		if err != nil {
			t.Fatal(err)
		}
		if unknown["too complex"] != 1 {
			t.Errorf("%d %s: unknown are %v", 8*s.n, s.name, unknown)
		}
		if beyond > 4*within/2 {
			t.Errorf("%d statements for %d %s, and %d for %d, of which nothing is known", within, 2*s.n, s.name, beyond, 8*s.n)
		}
	}
}

// TestManyPaths: a function that is too long for all the paths that are told apart elsewhere is
// executed on fewer.
func TestManyPaths(t *testing.T) {
	counter, err := newCounter(t.TempDir(), "../..")
	if err != nil {
		t.Fatal(err)
	}
	program := "func f(x []int) (n int) {\n" + times(12, func(i int) string {
		return fmt.Sprintf("\tvar b%[1]d *B\n\tif x[%[1]d] > 0 {\n\t\tb%[1]d = Get()\n\t\tdefer Put(b%[1]d)\n\t}\n", i)
	}) + times(600, func(i int) string {
		return fmt.Sprintf("\tif x[%[1]d] > %[1]d {\n\t\tn += x[%[1]d]\n\t}\n", i)
	}) + "\treturn n\n}\n"
	_, unknown, err := counter.work(pool + program)
	if err != nil {
		t.Fatal(err)
	}
	if unknown["too complex"] > 0 {
		t.Errorf("unknown are %v", unknown)
	}
}

// TestManyHardFunctions: a package of many functions that take long has few steps left for the last of them.
func TestManyHardFunctions(t *testing.T) {
	counter, err := newCounter(t.TempDir(), "../..")
	if err != nil {
		t.Fatal(err)
	}
	work := func(n int) int {
		statements, unknown, err := counter.work(pool + times(n, func(i int) string {
			return fmt.Sprintf("func f%d(x []int) (n int) {\n", i) + times(12, func(i int) string {
				return fmt.Sprintf("\tvar b%[1]d *B\n\tif x[%[1]d] > 0 {\n\t\tb%[1]d = Get()\n\t\tdefer Put(b%[1]d)\n\t}\n", i)
			}) + times(400, func(i int) string {
				return fmt.Sprintf("\tif x[%[1]d] > %[1]d {\n\t\tn += x[%[1]d]\n\t}\n", i)
			}) + "\treturn n\n}\n\n"
		}))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d functions: %d statements, unknown are %v", n, statements, unknown)
		return statements
	}
	if few, many := work(20), work(240); many > 10*few {
		t.Errorf("%d statements for 20 functions, and %d for 240", few, many)
	}
}
