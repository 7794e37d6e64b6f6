package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/revlint/revlint/internal/oracle/gen"
	"github.com/revlint/revlint/internal/oracle/twin/core"
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

// parse makes programs of texts.
func parse(texts []string) (out []*gen.Program) {
	for i, text := range texts {
		p := &gen.Program{Name: fmt.Sprintf("F%d", i)}
		before, closure, ok := strings.Cut(strings.ReplaceAll(text, "\t", ""), "func()") // has its own node, as in what is made
		p.Body = []*gen.Node{{Tag: "known", Text: strings.Split(strings.TrimSpace(before), "\n")}}
		if ok {
			p.Body = append(p.Body, &gen.Node{Tag: "known", Text: strings.Split("func()"+closure, "\n")})
		}
		out = append(out, p)
	}
	return out
}

// TestKnown has the whole way, from the text of a program to the comparison, say what is known.
func TestKnown(t *testing.T) {
	b := newTestBench(t)
	v, err := b.try(parse(known))
	if err != nil {
		t.Fatal(err)
	}
	if v.programs != len(known) {
		t.Fatalf("%d of %d programs compile", v.programs, len(known))
	}
	checkTruth(t, v)
	for _, a := range v.accesses {
		if a.wrong() && a.found == nil {
			t.Errorf("%s: not found", v.layout.lines[a.line].Text)
		}
	}
	for _, f := range v.alarms {
		t.Errorf("%s:%d: %s", f.File, f.Line, f.Message)
	}
}

// checkTruth checks that v has wrong what the texts of its programs say is wrong, and nothing else.
func checkTruth(t *testing.T, v *verdict) {
	t.Helper()
	var want, got []string
	for k, line := range v.layout.lines {
		if _, class, ok := strings.Cut(line.Text, "// wrong: "); ok {
			want = append(want, fmt.Sprintf("%d %s", k.line, class))
		}
	}
	for _, a := range v.accesses {
		if a.wrong() {
			got = append(got, fmt.Sprintf("%d %s", a.line.line, a.class))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("wrong are %q, want %q", got, want)
	}
}

// TestCompare compares runs with findings that are made up: those after "finding:" or "unproved:" in the texts. Of what
// is wrong and has no such finding, "silent" has to be said; of a finding that is none, "alarm".
func TestCompare(t *testing.T) {
	b := newTestBench(t)
	texts := []string{
		// found where it happens, and where the closure stands or the defer that it happens in
		`p1, g1 := h.TryAccess()
		if p1 == nil {
		return
		}
		g1.Release()
		x += ⟨p1⟩.N // finding: revuse`,
		`p1, g1 := h.TryAccess()
		if p1 == nil {
		return
		}
		defer g1.Release() // finding: revrelease
		c1 := g1
		c1.Release()`,
		`p1, g1 := h.TryAccess()
		if p1 == nil {
		return
		}
		g1.Release()
		func() { // finding: revuse
		x += ⟨p1⟩.N
		}()`,
		// another analyzer, another line: silent, and an alarm
		`p1, g1 := h.TryAccess() // finding: revleak // alarm
		if p1 == nil {
		return
		}
		g1.Release()
		x += ⟨p1⟩.N // silent`,
		`p1, g1 := h.TryAccess()
		if p1 == nil {
		return
		}
		x += ⟨p1⟩.N // finding: revuse // alarm
		g1.Release()
		x += ⟨p1⟩.N // silent`,
		// not proved: not silent
		`p1, g1 := h.TryAccess()
		if p1 == nil {
		return
		}
		g1.Release()
		x += ⟨p1⟩.N // unproved: revuse`,
		// the first mistake was reported
		`p1, g1 := h.TryAccess()
		x += ⟨p1⟩.N // finding: revnil
		g1.Release()
		x += ⟨p1⟩.N`,
		// the second alone was
		`p1, g1 := h.TryAccess()
		x += ⟨p1⟩.N // silent
		g1.Release()
		x += ⟨p1⟩.N // finding: revuse`,
		// nobody comes here
		`p1, g1 := h.TryAccess()
		if p1 == nil {
		return
		}
		if a && !a {
		x += ⟨p1⟩.N // finding: revuse
		}
		g1.Release()`,
		// nor to what is put here
		`p1, g1 := h.TryAccess()
		if p1 == nil {
		return
		}
		if a && !a {
		func() {
		keep.P = p1 // finding: revescape
		}()
		}
		g1.Release()`,
		// what is wrong behind a mistake that ends the program may be found, what is right there may not, and neither need be
		`p1, g1 := h.TryAccess()
		if p1 == nil {
		return
		}
		q1, f1 := h.TryAccess() // finding: revleak
		_, _ = q1, f1
		g1.Release()
		g1.Release() // unproved: revrelease
		x += ⟨p1⟩.N // finding: revuse
		x += ⟨p1⟩.N`,
		`p1, g1 := h.TryAccess()
		var q1 *res.Res
		x += ⟨q1⟩.N // silent
		if p1 == nil {
		return
		}
		keep.P = p1 // finding: revescape // alarm
		x += len(⟨p1⟩.Buf[:4])
		g1.Release()
		keep.P = nil`,
		// a release of nothing does no harm, and may be reported; not so if it is one of something, too
		`_, g1 := h.TryAccess()
		g1.Release() // finding: revrelease // alarm`,
		`p1, g1 := h.TryAccess()
		if p1 == nil {
		g1.Release() // finding: revrelease
		return
		}
		g1.Release()`,
		// an escape is found where it was put
		`p1, g1 := h.TryAccess() // silent
		keep.P = p1
		g1.Release()`,
	}
	programs := parse(texts)
	packages := []*gen.Package{b.compiling("p0", programs)}
	if len(packages[0].Programs) != len(texts) {
		t.Fatalf("%d of %d programs compile", len(packages[0].Programs), len(texts))
	}
	if err := b.write(packages, limit); err != nil {
		t.Fatal(err)
	}
	reports, err := b.run()
	if err != nil {
		t.Fatal(err)
	}
	var findings []finding
	var want []string
	for i, line := range packages[0].Lines {
		for _, part := range strings.Split(line.Text, " // ")[1:] {
			what, analyzer, _ := strings.Cut(part, ": ")
			switch what {
			case "finding", "unproved":
				findings = append(findings, finding{Analyzer: analyzer, File: "p0/programs.go", Line: i + 1, Unproved: what == "unproved"})
			default:
				want = append(want, fmt.Sprintf("%d %s", i+1, what))
			}
		}
	}
	var got []string
	for _, d := range compare(packages, reports, findings).disagreements() {
		if d.kind != "missed" {
			got = append(got, fmt.Sprintf("%d %s", d.line.line, d.kind))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
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
	if missed := r.missed(4, 9, 0.80, 18); len(missed) > 0 {
		t.Errorf("it was better: %q", missed)
	}
}

// TestMissed: a bar is missed on its wrong side only.
func TestMissed(t *testing.T) {
	r := &row{accesses: 200, right: 100, wrong: 100, found: 97, unknown: 8}
	if missed := r.missed(0, 0, 0.97, 8); len(missed) > 0 {
		t.Errorf("%q", missed)
	}
	r = &row{accesses: 200, right: 100, wrong: 100, found: 96, silent: 1, alarms: 1, unknown: 9}
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
	right, unproved := &finding{Analyzer: "revnil"}, &finding{Unproved: true}
	at := map[lineKey][]*finding{{"p0/programs.go", 5}: {right}, {"p0/programs.go", 6}: {unproved}, {"p0/programs.go", 7}: {{Analyzer: "revnil"}}}
	borneOut := map[*finding]bool{right: true}
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
		{[]string{"p0/programs.go:7 F"}, false},
	} {
		if got := l.forestalled(&access{ways: test.ways}, at, borneOut); got != test.want {
			t.Errorf("%q: %v, want %v", test.ways, got, test.want)
		}
	}
	leak := &finding{Analyzer: "revleak"}
	loan := lineKey{"p0/programs.go", 8}
	at[loan], borneOut[leak] = []*finding{leak}, true
	waits, used := &access{}, &access{}
	waits.class, waits.loan, used.class, used.loan = core.Waiting, loan, core.Ended, loan
	if !l.forestalled(waits, at, borneOut) {
		t.Error("the wait for what leaked is not forestalled")
	}
	if l.forestalled(used, at, borneOut) {
		t.Error("a leak forestalls a use")
	}
}
