package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/revlint/revlint/internal/front"
)

const regionText = `package a

func f(ok bool) int {
	b := get() // for now
	if ok {
		put(b)
		return 0
	}
	hand(b)
	return b.x + put(b)
}

func g(ok bool) int {

	b := get()
	defer put(b)
	return b.x
}
`

// regionFinder knows the loans of regionText, which is in the file a.go of a folder.
func regionFinder(root string) checkFunc {
	at := func(line, from, to int) front.Span {
		return front.Span{File: filepath.Join(root, "a.go"), Line: line, Column: from, EndLine: line, EndColumn: to}
	}
	return func(context.Context, front.Request) (*front.Result, error) {
		put := func(at front.Span) front.Related { return front.Related{Message: "put", Span: at} }
		f := &front.Loan{Span: at(4, 7, 12), Ends: []front.Related{put(at(10, 15, 21)), put(at(6, 3, 9))}, Lost: []front.Span{at(9, 2, 9)}}
		g := &front.Loan{Span: at(15, 7, 12), Ends: []front.Related{put(at(16, 2, 14)), put(at(17, 9, 12))}}
		return &front.Result{Analysed: map[string]bool{root: true}, Accesses: []*front.Access{
			{Span: at(10, 9, 12), Name: "b", Verdict: front.Unknown, Loan: f},
			{Span: at(17, 9, 12), Name: "b", Verdict: front.Proved, Loan: g},
		}}, nil
	}
}

// An editor that has asked for it is told until where loans live, and what ends where
// they end; and marks the region of the loan under the cursor, wherever in it that is.
func TestRegion(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": regionText})
	a := filepath.Join(root, "a.go")
	e := connect(t, regionFinder(root))
	var able initializeResult
	e.call("initialize", object{
		"initializationOptions": object{"highlight": true, "inlayHints": true},
		"capabilities":          object{"workspace": object{"inlayHint": object{"refreshSupport": true}}},
	}, &able)
	if !able.Capabilities.InlayHintProvider || !able.Capabilities.DocumentHighlightProvider {
		t.Errorf("offered: %+v", able.Capabilities)
	}
	e.notify("initialized", object{})
	e.open(a, 1)
	e.next(a)
	if method := <-e.asked; method != "workspace/inlayHint/refresh" {
		t.Errorf("asked for %s", method)
	}
	hints := func(from, to int) (out []string) {
		t.Helper()
		var got []inlayHint
		e.call("textDocument/inlayHint", object{
			"textDocument": object{"uri": uriOf(a)}, "range": textRange{position{from, 0}, position{to, 0}},
		}, &got)
		for _, h := range got {
			out = append(out, fmt.Sprintf("%d:%d %s", h.Position.Line, h.Position.Character, h.Label))
		}
		return out
	}
	first := []string{
		"3:22 lives until line 6 or 10",
		"5:8 end of line 4's loan",
		"8:8 line 4's loan goes out of sight",
		"9:20 end of line 4's loan",
	}
	second := []string{
		"14:11 lives until line 17 or the return",
		"15:13 ends line 15's loan on return",
		"16:11 end of line 15's loan",
	}
	if got := hints(0, 18); !slices.Equal(got, append(first, second...)) {
		t.Errorf("in the file: %q", got)
	}
	if got := hints(12, 18); !slices.Equal(got, second) {
		t.Errorf("in the second function: %q", got)
	}
	for line, want := range map[int][]int{3: {3, 9, 9, 5, 8}, 5: {3, 9, 9, 5, 8}, 8: {3, 9, 9, 5, 8}, 9: {3, 9, 9, 5, 8}, 15: {14, 16, 15}, 17: nil} {
		var marks []highlight
		e.call("textDocument/documentHighlight", object{"textDocument": object{"uri": uriOf(a)}, "position": position{line, 8}}, &marks)
		var got []int
		for _, m := range marks {
			got = append(got, m.Range.Start.Line)
		}
		if !slices.Equal(got, want) {
			t.Errorf("with the cursor in line %d, marks in lines %v, want %v", line, got, want)
		}
	}
	e.change(a, 2, "package a\n")
	if got := hints(0, 18); len(got) > 0 {
		t.Errorf("in what is not analysed: %q", got)
	}
}

// Who has not asked has neither.
func TestRegionIsOff(t *testing.T) {
	e := connect(t, finder)
	var able initializeResult
	e.call("initialize", object{"capabilities": object{}}, &able)
	if able.Capabilities.InlayHintProvider || able.Capabilities.DocumentHighlightProvider {
		t.Errorf("offered: %+v", able.Capabilities)
	}
}
