package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const program = `package p

func correct(h Handle) int {
	r, g := h.Access()
	if r == nil {
		return 0
	}
	n := r.N
	g.Release()
	return n
}

func deferred(h Handle) int {
	r, g := h.Access()
	defer g.Release()
	return r.N
}

func given(g *Guard) { g.Release() }

func badOne(h Handle) {
	r, g := h.Access()
	g.Release()
	_ = r.N
}

func labelled(h Handle) {
	r, g := h.Access()
	g.Release()
	_ = r.N // want revuse
}
`

// TestOperators makes all mutants of a file: those of functions that are correct and acquire
// what they release, and no others.
func TestOperators(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "p.go")
	if err := os.WriteFile(path, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	m := &module{dir: dir}
	mutants, pkg, err := m.mutate(path)
	if err != nil || pkg != "p" {
		t.Fatal(pkg, err)
	}
	var got []string
	for _, mu := range mutants {
		body := strings.Split(strings.ReplaceAll(mu.text, "\t", ""), "\n")
		got = append(got, mu.of.function+" "+mu.operator+": "+strings.Join(body[2:len(body)-1], " "))
	}
	want := []string{
		"correct drop: if r == nil { return 0 } n := r.N _ = g return n",
		"correct double: if r == nil { return 0 } n := r.N g.Release() g.Release() return n",
		"correct move: if r == nil { return 0 } g.Release() n := r.N return n",
		"correct wrap: if r == nil { return 0 } n := r.N if misuse { g.Release() } return n",
		"correct unchecked: _ = r n := r.N g.Release() return n",
		"correct out: if r == nil { return 0 } n := r.N misused = r g.Release() return n",
		"deferred drop: _ = g return r.N",
		"deferred double: defer g.Release() defer g.Release() return r.N",
		"deferred hurry: g.Release() return r.N",
		"deferred wrap: if misuse { defer g.Release() } return r.N",
		"deferred out: misused = r defer g.Release() return r.N",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// A line of a mutant in the file that has it is found again.
	if err := m.save(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(string(text), "\n") {
		for _, mu := range mutants {
			if strings.Contains(line, mu.function+"(") && m.at(path, n+1) != mu {
				t.Errorf("line %d is not of %s", n+1, mu.function)
			}
		}
	}
}
