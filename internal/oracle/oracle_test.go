package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/revlint/revlint/internal/oracle/gen"
)

func newTestBench(t *testing.T) *bench {
	t.Helper()
	if testing.Short() {
		t.Skip("builds revlint and runs it")
	}
	b, err := newBench(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// known are programs of which the answers are known: each line that is wrong says so, after "wrong:".
// revlint has to find those marked "wrong:", and nothing else.
var known = []string{
	// right
	`p1, g1 := h.TryAccess()
	if p1 == nil {
	return
	}
	defer g1.Release()
	x += ⟨p1⟩.N`,
	`o.DB.View(func(tx *store.Tx) error {
	x += tx.Len()
	return nil
	})`,
	// wrong
	`p1, g1 := h.TryAccess()
	defer g1.Release()
	x += ⟨p1⟩.N // wrong: nil`,
	`p1, g1 := h.TryAccess() // wrong: leak
	if p1 == nil || a {
	return
	}
	g1.Release()`,
	`p1, g1 := h.TryAccess()
	if p1 == nil {
	return
	}
	g1.Release()
	x += help.Use(p1) // wrong: ended`,
	`p1, g1 := h.TryAccess()
	if p1 == nil {
	return
	}
	g1.Release()
	if a {
	help.Close(&g1) // wrong: double
	}`,
	`tx1, err := o.DB.Begin()
	if err != nil {
	return
	}
	defer tx1.Rollback()
	o.DB.Close() // wrong: waiting`,
}

// TestKnown has the whole way, from the text of a program to the comparison, say what is known.
func TestKnown(t *testing.T) {
	b := newTestBench(t)
	var programs []*gen.Program
	for i, text := range known {
		text = strings.ReplaceAll(text, "\t", "")
		programs = append(programs, &gen.Program{Name: fmt.Sprintf("F%d", i), Body: []*gen.Node{{Tag: "known", Text: strings.Split(text, "\n")}}})
	}
	v, err := b.try(programs)
	if err != nil {
		t.Fatal(err)
	}
	if v.programs != len(known) {
		t.Fatalf("%d of %d programs compile", v.programs, len(known))
	}
	var want, got []string
	for k, line := range v.layout.lines {
		if _, class, ok := strings.Cut(line.Text, "// wrong: "); ok {
			want = append(want, fmt.Sprintf("%d %s", k.line, class))
		}
	}
	for _, a := range v.accesses {
		if a.wrong() {
			got = append(got, fmt.Sprintf("%d %s", a.line.line, a.class))
			if a.found == nil {
				t.Errorf("%s: not found", v.layout.lines[a.line].Text)
			}
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("wrong are %q, want %q", got, want)
	}
	for _, f := range v.alarms {
		t.Errorf("%s:%d: %s", f.File, f.Line, f.Message)
	}
}

// TestRandom compares a few random programs. Its bounds are what the engine keeps today, so that it gets no
// worse; they are not the bars that it is to reach.
func TestRandom(t *testing.T) {
	b := newTestBench(t)
	v, err := b.try(generate(1, 0, 300))
	if err != nil {
		t.Fatal(err)
	}
	r := v.total()
	t.Logf("%+v, recall %.3f", *r, r.recall())
	if r.wrong < 100 || r.accesses < 10*r.wrong/2 {
		t.Errorf("only %d accesses, %d of them wrong: this shows nothing", r.accesses, r.wrong)
	}
	if missed := r.missed(85, 35, 0.69, 9); len(missed) > 0 {
		t.Errorf("it was better: %q", missed)
	}
}

// TestMissed: a bar is missed on its wrong side only.
func TestMissed(t *testing.T) {
	r := &row{accesses: 200, wrong: 100, found: 97, unknown: 8}
	if missed := r.missed(0, 0, 0.97, 8); len(missed) > 0 {
		t.Errorf("%q", missed)
	}
	r = &row{accesses: 200, wrong: 100, found: 96, silent: 1, alarms: 1, unknown: 9}
	if missed := r.missed(0, 0, 0.97, 8); len(missed) != 4 {
		t.Errorf("%q", missed)
	}
}

// TestSame makes the same programs of the same seed, and others of another.
func TestSame(t *testing.T) {
	text := func(seed uint64, i int) string { return gen.NewPackage("p", []*gen.Program{gen.Make(seed, i)}).Text() }
	for i := range 100 {
		if once, again := text(1, i), text(1, i); once != again {
			t.Fatalf("program %d is not the same twice", i)
		}
		if text(1, i) == text(2, i) {
			t.Fatalf("program %d is the same for two seeds", i)
		}
	}
}

// TestSmaller leaves something out, and keeps the program that it was.
func TestSmaller(t *testing.T) {
	for i := range 50 {
		p := gen.Make(1, i)
		before := gen.NewPackage("p", []*gen.Program{p}).Text()
		for _, q := range p.Smaller() {
			if q.Size() > p.Size() {
				t.Errorf("program %d: %d lines of %d are left", i, q.Size(), p.Size())
			}
		}
		if gen.NewPackage("p", []*gen.Program{p}).Text() != before {
			t.Fatalf("program %d was changed", i)
		}
	}
}

// TestForestalled: what comes after a finding on the same loan need not be found, but if some run comes to it otherwise
// it must.
func TestForestalled(t *testing.T) {
	l := newLayout(nil)
	at := map[lineKey][]*finding{{"p0/programs.go", 5}: {{Analyzer: "revnil"}}, {"p0/programs.go", 6}: {{Unproved: true}}}
	for _, test := range []struct {
		ways []string
		want bool
	}{
		{nil, false},
		{[]string{""}, false},
		{[]string{"p0/programs.go:5 F"}, true},
		{[]string{"p0/programs.go:4 F|p0/programs.go:5 F"}, true},
		{[]string{"p0/programs.go:5 F", "p0/programs.go:4 F"}, false},
		{[]string{"p0/programs.go:6 F"}, false},
	} {
		if got := l.forestalled(test.ways, at); got != test.want {
			t.Errorf("%q: %v, want %v", test.ways, got, test.want)
		}
	}
}
