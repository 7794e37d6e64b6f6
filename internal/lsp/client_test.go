package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/revlint/revlint/internal/front"
)

// An editor is a client of a server in this process, connected with pipes. Its
// library is not the server's, so that they check each other.
type editor struct {
	*jsonrpc2.Conn
	t         *testing.T
	published chan publishParams
	messages  chan string
	progress  chan json.RawMessage
	asked     chan string // methods of requests by the server
	code      chan int    // the server's exit code
	hangUp    func()
}

func connect(t *testing.T, check checkFunc, settings ...func(*server)) *editor {
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	e := &editor{
		t:         t,
		published: make(chan publishParams, 100),
		messages:  make(chan string, 100),
		asked:     make(chan string, 100),
		progress:  make(chan json.RawMessage, 100),
		code:      make(chan int, 1),
		hangUp:    func() { toServer.Close() },
	}
	go func() {
		s := newServer(check)
		s.pause = time.Hour // what is typed is analysed when it is saved, but where a test wants more
		for _, set := range settings {
			set(s)
		}
		e.code <- s.serve(in, out)
		out.Close()
	}()
	handle := jsonrpc2.HandlerWithError(func(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
		switch r.Method {
		case "textDocument/publishDiagnostics":
			e.published <- decoded[publishParams](t, *r.Params)
		case "$/progress":
			e.progress <- *r.Params
		case "window/showMessage":
			e.messages <- decoded[showMessageParams](t, *r.Params).Message
		default:
			e.asked <- r.Method
		}
		return nil, nil
	})
	e.Conn = jsonrpc2.NewConn(context.Background(), jsonrpc2.NewBufferedStream(pipe{fromServer, toServer}, jsonrpc2.VSCodeObjectCodec{}), handle)
	t.Cleanup(func() { e.Close() })
	return e
}

// A pipe joins two ends.
type pipe struct {
	io.Reader
	io.WriteCloser
}

func decoded[T any](t *testing.T, data []byte) (v T) {
	if err := json.Unmarshal(data, &v); err != nil {
		t.Errorf("%s: %v", data, err)
	}
	return v
}

type object = map[string]any

// initialize begins a session with an editor that knows everything.
func (e *editor) initialize() {
	e.t.Helper()
	e.call("initialize", object{"processId": nil, "rootUri": nil, "capabilities": object{
		"textDocument": object{"publishDiagnostics": object{"relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true}},
	}}, nil)
	e.notify("initialized", object{})
}

func (e *editor) call(method string, params, result any) {
	e.t.Helper()
	if err := e.Call(e.t.Context(), method, params, result); err != nil {
		e.t.Fatalf("%s: %v", method, err)
	}
}

func (e *editor) notify(method string, params any) {
	e.t.Helper()
	if err := e.Notify(e.t.Context(), method, params); err != nil {
		e.t.Fatalf("%s: %v", method, err)
	}
}

func (e *editor) open(path string, version int) {
	e.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		e.t.Fatal(err)
	}
	e.notify("textDocument/didOpen", object{"textDocument": object{"uri": uriOf(path), "languageId": "go", "version": version, "text": string(text)}})
}

func (e *editor) change(path string, version int, text string) {
	e.t.Helper()
	e.notify("textDocument/didChange", object{
		"textDocument":   object{"uri": uriOf(path), "version": version},
		"contentChanges": []object{{"text": text}},
	})
}

func (e *editor) save(path string) {
	e.t.Helper()
	e.notify("textDocument/didSave", object{"textDocument": object{"uri": uriOf(path)}})
}

func (e *editor) close(path string) {
	e.t.Helper()
	e.notify("textDocument/didClose", object{"textDocument": object{"uri": uriOf(path)}})
}

// next is the next publication, which must be of the file.
func (e *editor) next(path string) publishParams {
	e.t.Helper()
	p := <-e.published
	if p.URI != uriOf(path) {
		e.t.Fatalf("diagnostics of %s, want %s", p.URI, uriOf(path))
	}
	return p
}

// actions are those at a place.
func (e *editor) actions(path string, line, character int, only ...string) []codeAction {
	e.t.Helper()
	at := position{line, character}
	context := object{"diagnostics": []any{}}
	if len(only) > 0 {
		context["only"] = only
	}
	var actions []codeAction
	e.call("textDocument/codeAction", object{"textDocument": object{"uri": uriOf(path)}, "range": textRange{at, at}, "context": context}, &actions)
	return actions
}

// write makes files in a new module and returns its root.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// A finder is a check that says of every file of the packages that it begins
// badly, and offers to begin it with a B.
func finder(_ context.Context, q front.Request) (*front.Result, error) {
	dirs := q.Patterns
	if len(dirs) == 0 {
		return nil, errors.New("no packages")
	}
	r := &front.Result{}
	for _, dir := range dirs {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			r.Findings = append(r.Findings, &front.Finding{
				Analyzer: "revuse", Message: "bad (revuse)", Severity: "warning",
				Span:  front.Span{File: name, Line: 1, Column: 1, EndLine: 1, EndColumn: 3},
				Fixes: []front.Fix{{Message: "Begin with B", Edits: []front.Edit{{File: name, Start: 0, End: 1, New: "B"}}}},
			})
		}
	}
	return r, nil
}
