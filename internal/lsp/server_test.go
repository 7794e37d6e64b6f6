package lsp

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/creachadair/jrpc2"

	"github.com/revlint/revlint/internal/front"
)

const goMod = "module example.com/m\n\ngo 1.26.0\n"

func TestPhases(t *testing.T) {
	e := connect(t, finder)
	fails := func(method string, want jrpc2.Code) {
		t.Helper()
		m := e.ask(method, object{"textDocument": object{"uri": "file:///a.go"}})
		if m.Error == nil || m.Error.Code != want {
			t.Errorf("%s: %v, want code %d", method, m.Error, want)
		}
	}
	fails("textDocument/codeAction", -32002)
	fails("shutdown", -32002)
	e.initialize()
	fails("initialize", jrpc2.InvalidRequest)
	fails("textDocument/rename", jrpc2.MethodNotFound)
	fails("$/unknown", jrpc2.MethodNotFound)
	fails("rpc.serverInfo", jrpc2.MethodNotFound)
	e.notify("$/setTrace", object{"value": "off"})
	e.notify("workspace/didChangeConfiguration", object{"settings": nil})
	if m := e.ask("textDocument/codeAction", []int{1}); m.Error == nil || m.Error.Code != jrpc2.InvalidParams {
		t.Errorf("parameters that do not fit: %v", m.Error)
	}
	e.call("shutdown", nil, nil)
	fails("textDocument/codeAction", jrpc2.InvalidRequest)
	e.notify("exit", nil)
	if code := <-e.code; code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// TestEnds checks how sessions end that the editor does not end properly.
func TestEnds(t *testing.T) {
	e := connect(t, finder)
	e.initialize()
	e.notify("exit", nil)
	if code := <-e.code; code != 1 {
		t.Errorf("exit without shutdown: exit code %d", code)
	}
	e = connect(t, finder)
	e.initialize()
	e.hangUp()
	if code := <-e.code; code != 1 {
		t.Errorf("hung up: exit code %d", code)
	}
}

// TestWire checks what a client library hides: the frames, of which the type
// does not matter, for Vim has its own, and that there is no answer to
// notifications that are not understood.
func TestWire(t *testing.T) {
	for _, contentType := range []string{"application/vscode-jsonrpc; charset=utf-8", "application/vim-jsonrpc; charset=utf-8"} {
		t.Run(contentType, func(t *testing.T) { testWire(t, contentType) })
	}
}

func testWire(t *testing.T, contentType string) {
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	go func() {
		newServer(finder).serve(in, out)
		out.Close()
	}()
	go func() {
		for _, message := range []string{
			`{"jsonrpc":"2.0","method":"$/unknown","params":{}}`,
			`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}}`,
			`{"jsonrpc":"2.0","id":"é","method":"shutdown","params":null}`,
		} {
			fmt.Fprintf(toServer, "Content-Length: %d\r\nContent-Type: %s\r\n\r\n%s", len(message), contentType, message)
		}
	}()
	r := textproto.NewReader(bufio.NewReader(fromServer))
	var got []string
	for range 2 {
		header, err := r.ReadMIMEHeader()
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			t.Fatal(err)
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(r.R, body); err != nil {
			t.Fatal(err)
		}
		m := decoded[struct{ ID any }](t, body)
		got = append(got, fmt.Sprint(m.ID))
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"0", "é"}) {
		t.Errorf("answers to %q", got)
	}
	toServer.Close()
}

// TestSupersede checks that a save ends the run under way, whose outcome, late
// as it comes, is not published, and that runs cover all that is open.
func TestSupersede(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a/a.go": "package a\n", "b/b.go": "package b\n"})
	a, b := filepath.Join(root, "a/a.go"), filepath.Join(root, "b/b.go")
	type run struct {
		ctx    context.Context
		dirs   []string
		finish chan bool
	}
	runs := make(chan run)
	e := connect(t, func(ctx context.Context, q front.Request) (*front.Result, error) {
		if q.Dir != root {
			t.Errorf("a run in %s, want %s", q.Dir, root)
		}
		r := run{ctx, q.Patterns, make(chan bool)}
		runs <- r
		<-r.finish
		return finder(ctx, q)
	})
	e.initialize()
	e.open(a, 1)
	first := <-runs
	if first.ctx.Err() != nil {
		t.Error("the first run is cancelled before anything comes")
	}
	e.open(b, 1)
	second := <-runs
	<-first.ctx.Done()
	e.save(a)
	third := <-runs
	<-second.ctx.Done()
	close(first.finish)
	close(second.finish)
	if err := os.WriteFile(b, []byte("package b // saved\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	close(third.finish)
	if want := []string{filepath.Dir(a), filepath.Dir(b)}; !slices.Equal(third.dirs, want) {
		t.Errorf("the run is of %q, want %q", third.dirs, want)
	}
	if p := e.next(a); len(p.Diagnostics) != 1 {
		t.Errorf("diagnostics %v", p)
	}
	if p := e.next(b); len(p.Diagnostics) != 1 {
		t.Errorf("diagnostics %v", p)
	}
	// The first two runs are over; a fourth shows that nothing more came of them.
	e.close(b)
	if p := e.next(a); len(p.Diagnostics) != 1 {
		t.Errorf("diagnostics %v", p)
	}
	if p := e.next(b); p.Diagnostics == nil || len(p.Diagnostics) != 0 {
		t.Errorf("diagnostics %v of what is closed", p)
	}
	e.save(a)
	fourth := <-runs
	e.call("shutdown", nil, nil)
	<-fourth.ctx.Done()
	close(fourth.finish)
	e.notify("exit", nil)
	if code := <-e.code; code != 0 {
		t.Errorf("exit code %d", code)
	}
	if len(e.published) > 0 {
		t.Errorf("published after shutdown: %v", <-e.published)
	}
}

// TestCloseEarly checks that nothing is published for a document that is
// closed before it has been analysed.
func TestCloseEarly(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\n"})
	a := filepath.Join(root, "a.go")
	running := make(chan context.Context)
	e := connect(t, func(ctx context.Context, q front.Request) (*front.Result, error) {
		running <- ctx
		<-ctx.Done()
		return finder(ctx, q)
	})
	e.initialize()
	e.open(a, 1)
	ctx := <-running
	e.close(a)
	<-ctx.Done()
	e.call("shutdown", nil, nil)
	e.notify("exit", nil)
	<-e.code
	if len(e.published) > 0 {
		t.Errorf("published: %v", <-e.published)
	}
}

// TestDirty checks that nothing is offered for a document that is not what was
// analysed, and that what is published then carries no version.
func TestDirty(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\n", "generated.go": "// Code generated by hand. DO NOT EDIT.\n\npackage a\n"})
	a, generated := filepath.Join(root, "a.go"), filepath.Join(root, "generated.go")
	changed := false
	e := connect(t, func(ctx context.Context, q front.Request) (*front.Result, error) {
		if changed {
			if err := os.WriteFile(a, []byte("package a // meanwhile\n"), 0o666); err != nil {
				return nil, err
			}
		}
		return finder(ctx, q)
	})
	e.initialize()
	e.open(a, 7)
	if p := e.next(a); p.Version == nil || *p.Version != 7 {
		t.Errorf("version %v, want 7", p.Version)
	}
	e.next(generated)
	if got := e.actions(a, 0, 2); len(got) != 2 || got[0].Title != "Begin with B" || got[0].Kind != "quickfix" || !got[0].IsPreferred ||
		got[0].Edit.Changes[uriOf(a)][0] != (textEdit{textRange{position{0, 0}, position{0, 1}}, "B"}) || len(got[0].Diagnostics) != 1 {
		t.Errorf("actions %+v", got)
	}
	for _, only := range []string{"quickfix", ""} {
		if len(e.actions(a, 0, 0, only)) < 2 {
			t.Errorf("no action among %q", only)
		}
	}
	if got := e.actions(a, 0, 9); len(got) != 2 { // the line counts, not the place in it
		t.Errorf("actions at the end of the line: %+v", got)
	}
	if got := slices.Concat(e.actions(a, 1, 0), e.actions(a, 0, 0, "refactor", "quick", "quickfix.other")); len(got) > 0 {
		t.Errorf("actions elsewhere: %+v", got)
	}
	e.change(a, 8, "package a // typed\n")
	if got := e.actions(a, 0, 0); len(got) > 0 {
		t.Errorf("actions on a changed document: %+v", got)
	}
	e.change(a, 9, "package a\n")
	if len(e.actions(a, 0, 0)) != 2 {
		t.Error("no action after the change was undone")
	}
	changed = true
	e.save(a)
	e.change(a, 10, "package a // meanwhile\n")
	if p := e.next(a); p.Version != nil {
		t.Errorf("version %d of what may not have been analysed", *p.Version)
	}
	e.next(generated)
	if got := e.actions(a, 0, 0); len(got) > 0 {
		t.Errorf("actions on a file that changed during the run: %+v", got)
	}
	e.open(generated, 1)
	e.next(a)
	e.next(generated)
	if got := e.actions(generated, 0, 0); len(got) > 0 {
		t.Errorf("actions in a generated file: %+v", got)
	}
}

// TestPackage checks what is published for the other files of a package, and
// that it goes with the last document, or with the file.
func TestPackage(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\n", "b.go": "package a\n", "c.go": "package a\n"})
	a, b, c := filepath.Join(root, "a.go"), filepath.Join(root, "b.go"), filepath.Join(root, "c.go")
	e := connect(t, finder)
	e.initialize()
	e.open(a, 1)
	for _, path := range []string{a, b, c} {
		if p := e.next(path); len(p.Diagnostics) != 1 {
			t.Errorf("diagnostics %v", p)
		}
	}
	if err := os.Remove(c); err != nil {
		t.Fatal(err)
	}
	e.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uriOf(c), "type": 3}}})
	e.next(a)
	e.next(b)
	if p := e.next(c); len(p.Diagnostics) != 0 {
		t.Errorf("diagnostics %v of a file that is gone", p)
	}
	e.close(a)
	for _, path := range []string{a, b} {
		if p := e.next(path); p.Diagnostics == nil || len(p.Diagnostics) != 0 {
			t.Errorf("diagnostics %v after the last document was closed", p)
		}
	}
	e.call("shutdown", nil, nil)
	if len(e.published) > 0 {
		t.Errorf("published: %v", <-e.published)
	}
}

// TestFailures checks that what cannot be analysed is shown where it is, and
// told where it is nowhere or in a file that is not open; but once only.
func TestFailures(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\n\nvar é, x = 1, y\n", "b/b.go": "package b\n"})
	a, b := filepath.Join(root, "a.go"), filepath.Join(root, "b/b.go")
	var result *front.Result
	var err error
	e := connect(t, func(context.Context, front.Request) (*front.Result, error) { return result, err })
	e.initialize()

	result = &front.Result{Failures: "# example.com/m\nvet: ./a.go:3:16: undefined: y\n# example.com/m/b\nb/b.go:1:1: no\nno place\n"}
	e.open(a, 1)
	d := e.next(a).Diagnostics
	if len(d) != 1 || d[0].Severity != severityError || d[0].Message != "not analysed: undefined: y" || d[0].Range.Start != (position{2, 14}) {
		t.Errorf("diagnostics %+v", d)
	}
	if d := e.next(b).Diagnostics; len(d) != 1 || d[0].Message != "not analysed: no" {
		t.Errorf("diagnostics %+v", d)
	}
	if got, want := <-e.messages, "revlint: no place\n"+b+":1:1: not analysed: no\n"; got != want {
		t.Errorf("message %q, want %q", got, want)
	}

	e.save(a)
	e.next(a)
	e.next(b)
	result, err = nil, fmt.Errorf("%s:4:2: unknown key %q", filepath.Join(root, ".revlint.yaml"), "enabled")
	e.save(a)
	if d := e.next(filepath.Join(root, ".revlint.yaml")).Diagnostics; len(d) != 1 || d[0].Range.Start != (position{3, 1}) {
		t.Errorf("diagnostics %+v", d)
	}
	e.next(a)
	e.next(b)
	if got := <-e.messages; !strings.Contains(got, `.revlint.yaml:4:2: not analysed: unknown key "enabled"`) {
		t.Errorf("message %q, want that about the configuration", got)
	}
	e.close(a)
	if d := e.next(filepath.Join(root, ".revlint.yaml")).Diagnostics; len(d) != 0 {
		t.Errorf("after the last document was closed: %+v", d)
	}
}

// TestElsewhere checks that files are let be that are not the user's.
func TestElsewhere(t *testing.T) {
	root := write(t, map[string]string{
		"go.mod": goMod, "a.go": "package a\n", "vendor/v/v.go": "package v\n", ".revlint/s.go": "//revlint:package x\npackage x\n",
		"cache/mod/go.mod": goMod, "cache/mod/m.go": "package m\n",
	})
	outside := write(t, map[string]string{"x.go": "package x\n"})
	t.Setenv("GOMODCACHE", filepath.Join(root, "cache"))
	e := connect(t, finder)
	e.initialize()
	for _, path := range []string{
		filepath.Join(root, "vendor/v/v.go"), filepath.Join(root, ".revlint/s.go"), filepath.Join(root, "cache/mod/m.go"), filepath.Join(outside, "x.go"),
	} {
		e.open(path, 1)
		if got := e.actions(path, 0, 0); len(got) > 0 {
			t.Errorf("actions %v", got)
		}
		e.save(path)
	}
	e.notify("textDocument/didOpen", object{"textDocument": object{"uri": "untitled:Untitled-1", "languageId": "go", "version": 1, "text": "package a"}})
	a := filepath.Join(root, "a.go")
	e.open(a, 1)
	e.next(a)
	// A stub that is saved concerns what uses it.
	e.save(filepath.Join(root, ".revlint/s.go"))
	e.next(a)
	e.call("shutdown", nil, nil)
	if len(e.published) > 0 {
		t.Errorf("published: %v", <-e.published)
	}
	if len(e.messages) > 0 {
		t.Errorf("message: %s", <-e.messages)
	}
}

// TestWatch checks that an editor that can watch files is asked to, and what
// is done about what it tells.
func TestWatch(t *testing.T) {
	root := write(t, map[string]string{"go.mod": goMod, "a.go": "package a\n"})
	a := filepath.Join(root, "a.go")
	var runs atomic.Int32
	e := connect(t, func(ctx context.Context, q front.Request) (*front.Result, error) {
		runs.Add(1)
		return finder(ctx, q)
	})
	e.call("initialize", object{"capabilities": object{"workspace": object{"didChangeWatchedFiles": object{"dynamicRegistration": true}}}}, nil)
	e.notify("initialized", object{})
	if method := <-e.asked; method != "client/registerCapability" {
		t.Errorf("asked for %s", method)
	}
	e.open(a, 1)
	if p := e.next(a); p.Version != nil {
		t.Errorf("version %d for an editor that does not want it", *p.Version)
	}
	change := func(path string, kind int) {
		e.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uriOf(path), "type": kind}}})
	}
	change(a, 2) // of which didSave tells
	change(filepath.Join(root, ".revlint.yaml"), 2)
	e.next(a)
	if err := os.Remove(a); err != nil {
		t.Fatal(err)
	}
	change(a, 3)
	if p := e.next(a); len(p.Diagnostics) != 0 {
		t.Errorf("diagnostics %v of a file that is gone", p)
	}
	e.call("shutdown", nil, nil)
	e.notify("exit", nil)
	<-e.code
	if n := runs.Load(); n != 3 {
		t.Errorf("%d runs, want 3", n)
	}
}

func TestURI(t *testing.T) {
	for _, test := range []struct{ uri, path string }{
		{"file:///a/b%20c/%C3%A9%23.go", "/a/b c/é#.go"},
		{"file://localhost/a.go", "/a.go"},
		{"file:///a%25.go", "/a%.go"},
		{"untitled:Untitled-1", ""},
		{"git:/a.go", ""},
		{"file://server/share/a.go", ""},
		{"://", ""},
	} {
		got, err := pathOf(test.uri)
		if got != filepath.FromSlash(test.path) || (err == nil) != (test.path != "") {
			t.Errorf("%s: %q, %v", test.uri, got, err)
		}
		if test.path == "" {
			continue
		}
		if back, err := pathOf(uriOf(got)); back != got || err != nil {
			t.Errorf("%s: there and back: %q, %v", test.path, back, err)
		}
	}
	if got, want := uriOf("c:/a b.go"), "file:///c:/a%20b.go"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, _ := pathOf("file:///c%3A/a.go"); got != filepath.FromSlash("C:/a.go") {
		t.Errorf("%s", got)
	}
}
