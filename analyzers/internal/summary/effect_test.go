package summary

import (
	"slices"
	"testing"
)

// TestArgs reads what was written, in its order.
func TestArgs(t *testing.T) {
	var a Args
	want := []Arg{{2, "p0.1*", false}, {0, "p1", true}, {10, "", true}}
	for _, x := range want {
		a = a.With(x)
	}
	if got := slices.Collect(a.All()); !slices.Equal(got, want) {
		t.Errorf("%q: %v, want %v", a, got, want)
	}
	if !a.Lends() || Args("").With(want[0]).Lends() || Args("").Lends() {
		t.Error("what is lent is told wrongly")
	}
	for x := range a.All() {
		if x != want[0] {
			t.Error("goes on where it should end")
		}
		break
	}
}

// TestOrder has effects that differ in one thing each.
func TestOrder(t *testing.T) {
	ordered := []Effect{
		{Kind: Deref, Path: "p0"},
		{Kind: Deref, Path: "p0", May: true},
		{Kind: Deref, Path: "p0", Detail: Detail{Way: Untested}},
		{Kind: Deref, Path: "p1"},
		{Kind: Store, Path: "p0", Detail: Detail{To: "p1"}},
		{Kind: Store, Path: "p0", Detail: Detail{To: "r0"}},
		{Kind: Event, Path: "p0", Detail: Detail{Method: "Close"}},
		{Kind: Given, Path: "p0", Detail: Detail{Method: "*bufio.Writer"}},
		{Kind: Call, Path: "p0", Detail: Detail{Args: "0=p1"}},
		{Kind: Call, Path: "p0", Detail: Detail{Args: "0:p1"}},
	}
	slices.SortFunc(ordered[7:], Effect.Compare)
	for i, e := range ordered {
		for j, f := range ordered {
			if got := e.Compare(f); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%v and %v: %d", e, f, got)
			}
			if got := e.Same(f); got != (i == j || i+j == 1) {
				t.Errorf("%v and %v are the same: %v", e, f, got)
			}
		}
	}
	if got := ordered[4].String(); got != "store p0 p1" {
		t.Error(got)
	}
}
