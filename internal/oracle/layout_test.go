package main

import (
	"testing"

	"github.com/revlint/revlint/internal/oracle/gen"
)

// TestRefused: what a part by value gives its copy of a variable is not what those outside of it look at.
func TestRefused(t *testing.T) {
	look := &gen.Node{Text: []string{"x += p1.N"}}
	acquire := &gen.Node{Text: []string{"p1, g1 = h.TryAccess()"}}
	for _, test := range []struct {
		around, aroundLook gen.Outline
		same               bool // one part around both
		want               bool
	}{
		{gen.Inline, gen.Inline, false, true},
		{gen.ByValue, gen.Inline, false, false},
		{gen.ByPointer, gen.Inline, false, true},
		{gen.ByResult, gen.Inline, false, true},
		{gen.Inline, gen.ByValue, false, true},
		{gen.ByValue, gen.ByValue, false, false},
		{gen.ByValue, gen.ByValue, true, true},
	} {
		l := newLayout(nil)
		a, at := lineKey{"p0/programs.go", 3}, lineKey{"p0/programs.go", 7}
		part := &gen.Node{Outline: test.around}
		other := &gen.Node{Outline: test.aroundLook}
		if test.same {
			other = part
		}
		l.lines[a] = gen.Line{Text: acquire.Text[0], Nodes: []*gen.Node{acquire, part}}
		l.lines[at] = gen.Line{Text: look.Text[0], Nodes: []*gen.Node{look, other}}
		l.owner[a] = &gen.Program{}
		if got := l.refused(at, "p0/programs.go:3 F") == a; got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
}

// TestGivenBack: what is put into the caller's memory is given back, in whichever way it came about.
func TestGivenBack(t *testing.T) {
	for text, want := range map[string]bool{
		"p1 = p2": false, "p1 = F1Part2(h, p1)": true, "(*p1) = F1Part2(h, p1)": true, "fr.p1, x = F1Part2(h)": true, "keep.P = F1Part2(h)": false,
	} {
		l := newLayout(nil)
		k := lineKey{"p0/programs.go", 3}
		l.lines[k] = gen.Line{Text: text, Nodes: []*gen.Node{{}, {Outline: gen.ByResult}}}
		if text == "p1 = p2" {
			l.lines[k] = gen.Line{Text: text, Nodes: []*gen.Node{{}, {Outline: gen.ByPointer}}}
		}
		if got := l.isGivenBack(k); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
