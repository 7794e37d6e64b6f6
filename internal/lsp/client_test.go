package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/channel"

	"github.com/revlint/revlint/internal/front"
)

// An editor is a client of a server in this process, connected with pipes. It has
// no library: that of the server would not keep the order of notifications.
// internal/e2e has one of another library, to check both.
type editor struct {
	frames    channel.Channel
	sending   sync.Mutex
	calls     int
	answers   chan message
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
		answers:   make(chan message, 1),
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
	e.frames = frames(fromServer, toServer)
	t.Cleanup(func() { e.frames.Close() })
	go e.listen()
	return e
}

// A message is what the server sends: a request or notification, or an answer.
type message struct {
	ID     *int // of a request of either side
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *jrpc2.Error
}

// listen sorts what the server says, until it is gone.
func (e *editor) listen() {
	for {
		frame, err := e.frames.Recv()
		if err != nil {
			return
		}
		switch m := decoded[message](e.t, frame); m.Method {
		case "":
			e.answers <- m
		case "textDocument/publishDiagnostics":
			e.published <- decoded[publishParams](e.t, m.Params)
		case "$/progress":
			e.progress <- m.Params
		case "window/showMessage":
			e.messages <- decoded[showMessageParams](e.t, m.Params).Message
		default:
			e.asked <- m.Method
			if m.ID != nil {
				e.send(object{"id": *m.ID, "result": nil})
			}
		}
	}
}

func (e *editor) send(m object) {
	m["jsonrpc"] = "2.0"
	frame, err := json.Marshal(m)
	e.sending.Lock()
	defer e.sending.Unlock()
	if err == nil {
		err = e.frames.Send(frame)
	}
	if err != nil {
		e.t.Errorf("%s: %v", frame, err)
	}
}

// ask sends a request, and waits for the answer.
func (e *editor) ask(method string, params any) message {
	e.t.Helper()
	e.calls++
	e.send(object{"id": e.calls, "method": method, "params": params})
	m := <-e.answers
	if m.ID == nil || *m.ID != e.calls {
		e.t.Fatalf("%s: the answer is to another request: %+v", method, m)
	}
	return m
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
	m := e.ask(method, params)
	if m.Error != nil {
		e.t.Fatalf("%s: %v", method, m.Error)
	}
	if result != nil {
		if err := json.Unmarshal(m.Result, result); err != nil {
			e.t.Fatalf("%s: %v", method, err)
		}
	}
}

func (e *editor) notify(method string, params any) {
	e.t.Helper()
	e.send(object{"method": method, "params": params})
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
