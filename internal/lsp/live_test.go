package lsp

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/revlint/revlint/internal/front"
)

func soon(s *server) { s.pause = time.Millisecond }

// lineFinder finds every line "bad" of the open documents, as they are in the
// editor. A file with a line "broken" makes the run fail.
func lineFinder(_ context.Context, q front.Request) (*front.Result, error) {
	r := &front.Result{Analysed: make(map[string]bool)}
	for _, dir := range q.Patterns {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return nil, err
		}
		r.Analysed[dir] = true
		var found []*front.Finding
		for _, name := range names {
			text, unsaved := q.Overlay[name]
			if !unsaved {
				if text, err = read(name); err != nil {
					return nil, err
				}
			}
			for i, line := range strings.Split(text, "\n") {
				at := front.Span{File: name, Line: i + 1, Column: 1, EndLine: i + 1, EndColumn: 1 + len(line)}
				switch line {
				case "bad":
					f := &front.Finding{Analyzer: "revuse", Message: "bad (revuse)", Severity: "error", Span: at}
					if i > 6 { // what led there is on the first of three lines before
						f.Related = []front.Related{{Message: "it began here", Span: front.Span{File: name, Line: i - 1, Column: 1, EndLine: i - 1, EndColumn: 1}}}
					}
					found = append(found, f)
				case "broken":
					r.Failures = name + ":1:1: syntax error\n"
					r.Analysed[dir] = false
				}
			}
		}
		if r.Analysed[dir] {
			r.Findings = append(r.Findings, found...)
		}
	}
	return r, nil
}

// What is typed is analysed without being saved, and what is published says of
// which version it is.
func TestUnsaved(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\n"})
	a := filepath.Join(root, "a.go")
	e := connect(t, lineFinder, soon)
	e.initialize()
	e.open(a, 1)
	if p := e.next(a); len(p.Diagnostics) != 0 {
		t.Errorf("at first: %+v", p)
	}
	e.change(a, 2, "package a\nbad\n")
	if p := e.next(a); len(p.Diagnostics) != 1 || p.Version == nil || *p.Version != 2 || p.Diagnostics[0].Range.Start.Line != 1 {
		t.Errorf("typed: %+v", p)
	}
	e.change(a, 3, "package a\n\nbad\nbad\n")
	if p := e.next(a); len(p.Diagnostics) != 2 || *p.Version != 3 {
		t.Errorf("typed more: %+v", p)
	}
	if saved, _ := read(a); saved != "package a\n" {
		t.Errorf("written: %q", saved)
	}
	// A document that is in no file yet.
	b := filepath.Join(root, "b.go")
	e.notify("textDocument/didOpen", object{"textDocument": object{"uri": uriOf(b), "languageId": "go", "version": 1, "text": "package a\n"}})
	e.next(a)
	e.next(b)
}

// While code is broken the last findings stay, faded, where their lines are now;
// what stood where it was changed goes.
func TestStale(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\nbad\n//\nbad\n//\nbad\n"})
	a := filepath.Join(root, "a.go")
	e := connect(t, lineFinder, soon)
	e.initialize()
	e.open(a, 1)
	if p := e.next(a); len(p.Diagnostics) != 3 {
		t.Fatalf("at first: %+v", p)
	}
	check := func(version int, text string, lines ...int) {
		t.Helper()
		e.change(a, version, text)
		p := e.next(a)
		var got []int
		for _, d := range p.Diagnostics {
			if len(d.Tags) == 1 && d.Tags[0] == tagUnnecessary && d.Message == "before the last change: bad (revuse)" {
				got = append(got, d.Range.Start.Line)
			}
		}
		if len(got) != len(lines) || len(p.Diagnostics) != len(lines)+1 {
			t.Errorf("%d: %+v", version, p)
			return
		}
		for i := range got {
			if got[i] != lines[i] {
				t.Errorf("%d: on lines %v, want %v", version, got, lines)
			}
		}
	}
	check(2, "package a\nbad\n//\nbroken\n\n//\nbad\n", 1, 6)
	check(3, "package a\nbad\n//\nbroken\n//\nbad\n", 1, 5)
	e.change(a, 4, "package a\n//\n//\n//\n//\n//\nbegin\n//\nbad\n")
	if p := e.next(a); len(p.Diagnostics) != 1 {
		t.Fatalf("with a story: %+v", p)
	}
	check(5, "package a\n//\n//\n//\n//\nbroken\nbegin\n//\nbad\n", 8)
	check(6, "package a\n//\n//\n//\n//\nbroken\n//\n//\nbad\n")
	e.change(a, 7, "package a\n//\nbad\n")
	if p := e.next(a); len(p.Diagnostics) != 1 || len(p.Diagnostics[0].Tags) != 0 {
		t.Errorf("mended: %+v", p)
	}
}

// A loan is told of where it begins, where it is looked at, and marked from its
// beginning to its end; a call, with its contracts.
func TestHover(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\n\nvar b = get()\nvar _ = b.x\nvar _ = put(b)\n"})
	a := filepath.Join(root, "a.go")
	at := func(line, from, to int) front.Span {
		return front.Span{File: a, Line: line, Column: from, EndLine: line, EndColumn: to}
	}
	loan := &front.Loan{
		Span: at(3, 9, 14), Began: "the access to b begins here, with get", Subject: "b", Contract: "acquire b", Source: "pool.go:3 of p",
		Ends: []front.Related{{Message: "put", Span: at(5, 9, 15)}},
	}
	access := &front.Access{Span: at(4, 9, 12), Name: "b", Verdict: front.Unknown, Reason: "it was handed on", Cure: "keep it", Analyzer: "revuse", Loan: loan}
	e := connect(t, func(context.Context, front.Request) (*front.Result, error) {
		return &front.Result{
			Analysed: map[string]bool{root: true}, Accesses: []*front.Access{access},
			Calls: []*front.ContractCall{{Span: at(5, 9, 9), Declaration: "func put(b *B)", Contracts: []string{"release b"}, Source: "pool.go:6 of p"}},
		}, nil
	})
	e.call("initialize", object{"initializationOptions": object{"highlight": true}, "capabilities": object{}}, nil)
	e.notify("initialized", object{})
	e.open(a, 1)
	e.next(a)
	place := func(line, character int) object {
		return object{"textDocument": object{"uri": uriOf(a)}, "position": position{line, character}}
	}
	hoverAt := func(line, character int) string {
		t.Helper()
		var h *hover
		e.call("textDocument/hover", place(line, character), &h)
		if h == nil {
			return ""
		}
		return h.Contents.Value
	}
	for _, want := range []string{"whether b is accessible is unknown: it was handed on", "a.go:3:9: the access to b begins here, with get", `by the contract "acquire b" (pool.go:3 of p)`, "put ends it, on some path", "to have it proved: keep it"} {
		if got := hoverAt(3, 9); !strings.Contains(strings.ReplaceAll(got, "\\", ""), want) {
			t.Errorf("on the access: %q lacks %q", got, want)
		}
	}
	if got := hoverAt(2, 10); !strings.HasPrefix(got, "- ") || !strings.Contains(got, "begins here") {
		t.Errorf("on the beginning: %q", got)
	}
	if got := hoverAt(4, 9); got != "```go\n//revlint:release b\nfunc put(b *B)\n```\n\npool.go:6 of p" {
		t.Errorf("on the call: %q", got)
	}
	if got := hoverAt(0, 0); got != "" {
		t.Errorf("on nothing: %q", got)
	}
	for _, line := range []int{2, 3} {
		var marks []highlight
		e.call("textDocument/documentHighlight", place(line, 9), &marks)
		if len(marks) != 3 || marks[0].Range.Start.Line != 2 || marks[1].Range.Start.Line != 3 || marks[2].Range.Start.Line != 4 {
			t.Errorf("from line %d: %+v", line, marks)
		}
	}
	// "Why is it unknown" answers in a message.
	actions := e.actions(a, 3, 0)
	if len(actions) != 1 || actions[0].Title != "Why is it unknown whether b is accessible?" {
		t.Fatalf("%+v", actions)
	}
	e.call("workspace/executeCommand", object{"command": actions[0].Command.Command, "arguments": actions[0].Command.Arguments}, nil)
	if got := <-e.messages; !strings.Contains(got, "to have it proved: keep it") {
		t.Errorf("message %q", got)
	}
	// What is typed is not what is known.
	e.change(a, 2, "package a\n")
	if got := hoverAt(3, 9); got != "" {
		t.Errorf("on changed text: %q", got)
	}
}

// An editor that asks for diagnostics gets them so, and is told when to ask.
func TestPull(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\nbad\n"})
	a := filepath.Join(root, "a.go")
	e := connect(t, lineFinder)
	var able initializeResult
	e.call("initialize", object{"initializationOptions": object{"pullDiagnostics": true}, "capabilities": object{
		"workspace": object{"diagnostics": object{"refreshSupport": true}},
	}}, &able)
	if able.Capabilities.DiagnosticProvider == nil {
		t.Error("not offered")
	}
	e.notify("initialized", object{})
	e.open(a, 1)
	if method := <-e.asked; method != "workspace/diagnostic/refresh" {
		t.Errorf("asked for %s", method)
	}
	var report diagnosticReport
	e.call("textDocument/diagnostic", object{"textDocument": object{"uri": uriOf(a)}}, &report)
	if report.Kind != "full" || len(report.Items) != 1 {
		t.Errorf("%+v", report)
	}
	if len(e.published) > 0 {
		t.Errorf("published, too: %+v", <-e.published)
	}
}

// A run that takes its time shows how far it is.
func TestProgress(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\n"})
	a := filepath.Join(root, "a.go")
	e := connect(t, func(ctx context.Context, q front.Request) (*front.Result, error) {
		q.Progress(1, 0)
		q.Progress(30, 60)
		return lineFinder(ctx, q)
	}, func(s *server) { s.patience = 0 })
	e.call("initialize", object{"capabilities": object{"window": object{"workDoneProgress": true}}}, nil)
	e.notify("initialized", object{})
	e.open(a, 1)
	e.next(a)
	if method := <-e.asked; method != "window/workDoneProgress/create" {
		t.Errorf("asked for %s", method)
	}
	var kinds []string
	for range 4 {
		p := decoded[progressParams](t, <-e.progress)
		kinds = append(kinds, p.Value.Kind)
		if p.Value.Kind == "report" && p.Value.Message == "30 of 60 packages" && p.Value.Percentage != 50 {
			t.Errorf("%+v", p)
		}
	}
	if got := strings.Join(kinds, " "); got != "begin report report end" {
		t.Error(got)
	}
}

// Documents of several roots, and of the modules of a workspace, are analysed each
// where it belongs.
func TestRoots(t *testing.T) {
	one := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\nbad\n"})
	two := write(t, map[string]string{
		"go.work":  "go 1.26.0\n\nuse (\n\t./x\n\t./y\n)\n",
		"x/go.mod": "module example.com/x\n\ngo 1.26.0\n", "x/x.go": "package x\nbad\n",
		"y/go.mod": "module example.com/y\n\ngo 1.26.0\n", "y/y.go": "package y\nbad\n",
	})
	runs := make(chan front.Request, 10)
	e := connect(t, func(ctx context.Context, q front.Request) (*front.Result, error) {
		runs <- q
		return lineFinder(ctx, q)
	})
	e.initialize()
	for _, file := range []string{filepath.Join(one, "a.go"), filepath.Join(two, "x/x.go")} {
		e.open(file, 1)
		if p := e.next(file); len(p.Diagnostics) != 1 {
			t.Errorf("%s: %+v", file, p)
		}
		<-runs
	}
	x, y := filepath.Join(two, "x/x.go"), filepath.Join(two, "y/y.go")
	e.open(y, 1)
	e.next(x)
	if p := e.next(y); len(p.Diagnostics) != 1 {
		t.Errorf("y: %+v", p)
	}
	if q := <-runs; len(q.Patterns) != 2 {
		t.Errorf("the modules of a workspace are not one run: %v", q.Patterns)
	}
}

// A suppression goes above the line, at its indentation, and leaves the reason to be
// written; all fixes come at once to who asks for that kind.
func TestActions(t *testing.T) {
	text := "package a\n\nfunc f() {\n\tbad()\n\tbad()\n}\n"
	root := write(t, map[string]string{"go.mod": goMod, "a.go": text})
	a := filepath.Join(root, "a.go")
	e := connect(t, func(context.Context, front.Request) (*front.Result, error) {
		r := &front.Result{}
		for line := 4; line <= 5; line++ {
			start := strings.Index(text, "bad") + 7*(line-4)
			r.Findings = append(r.Findings, &front.Finding{
				Analyzer: "revuse", Message: "bad (revuse)", Severity: "error",
				Span:  front.Span{File: a, Line: line, Column: 2, EndLine: line, EndColumn: 7},
				Fixes: []front.Fix{{Message: "Call good", Edits: []front.Edit{{File: a, Start: start, End: start + 3, New: "good"}}}},
			})
		}
		return r, nil
	})
	e.initialize()
	e.open(a, 1)
	e.next(a)
	actions := e.actions(a, 4, 0)
	if len(actions) != 2 || actions[1].Title != "Hide this with //lint:ignore revuse, and say why" {
		t.Fatalf("%+v", actions)
	}
	if got := actions[1].Edit.Changes[uriOf(a)]; len(got) != 1 || got[0] != (textEdit{textRange{position{4, 0}, position{4, 0}}, "\t//lint:ignore revuse \n"}) {
		t.Errorf("%+v", got)
	}
	all := e.actions(a, 0, 0, "source.fixAll")
	if len(all) != 1 || all[0].Kind != "source.fixAll.revlint" || len(all[0].Edit.Changes[uriOf(a)]) != 2 {
		t.Errorf("%s", encode(t, all))
	}
}

func encode(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The temporary files of what was not saved go with the process.
func TestRemoveUnsaved(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	if err := front.RemoveUnsaved(); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(os.TempDir())
	if err != nil || len(entries) > 0 {
		t.Errorf("%v %v", entries, err)
	}
}
