package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/sourcegraph/jsonrpc2"
)

// An editor is a client of "revlint lsp", or of "mocklint lsp", in a process of
// its own. It reads the protocol by itself, and not with the server's types.
type editor struct {
	*jsonrpc2.Conn
	t         *testing.T
	command   *exec.Cmd
	published chan published
	messages  chan string
}

type published struct {
	URI         string
	Diagnostics []diagnostic
}

type diagnostic struct {
	Range              textRange
	Severity           int
	Code, Source       string
	Message            string
	RelatedInformation []struct {
		Location struct {
			URI   string
			Range textRange
		}
		Message string
	}
}

type textRange struct{ Start, End position }

type position struct{ Line, Character int }

type object = map[string]any

// startEditor starts the tool as a language server in an environment.
func startEditor(t *testing.T, tool string, env ...string) *editor {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Fatal(err)
	}
	e := &editor{t: t, command: exec.Command(path, "lsp"), published: make(chan published, 1000), messages: make(chan string, 1000)}
	e.command.Env = append(os.Environ(), env...)
	e.command.Stderr = os.Stderr
	in, err := e.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := e.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := e.command.Start(); err != nil {
		t.Fatal(err)
	}
	handler := jsonrpc2.HandlerWithError(func(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
		switch r.Method {
		case "textDocument/publishDiagnostics":
			var p published
			if err := json.Unmarshal(*r.Params, &p); err != nil {
				return nil, err
			}
			e.published <- p
		case "window/showMessage":
			e.messages <- string(*r.Params)
		}
		return nil, nil
	})
	type pipes struct {
		io.Reader
		io.WriteCloser
	}
	e.Conn = jsonrpc2.NewConn(context.Background(), jsonrpc2.NewBufferedStream(pipes{out, in}, jsonrpc2.VSCodeObjectCodec{}), handler)
	t.Cleanup(func() {
		e.Close()
		_ = e.command.Process.Kill() // unless it has ended
	})
	e.call("initialize", object{
		"initializationOptions": object{"highlight": true, "inlayHints": true},
		"capabilities":          object{"textDocument": object{"publishDiagnostics": object{"relatedInformation": true}}},
	}, nil)
	e.notify("initialized", object{})
	return e
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

func (e *editor) open(path string) {
	e.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		e.t.Fatal(err)
	}
	e.notify("textDocument/didOpen", object{"textDocument": object{"uri": fileURI(path), "languageId": "go", "version": 1, "text": string(text)}})
}

// save writes a file and says so.
func (e *editor) save(path, text string) {
	e.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		e.t.Fatal(err)
	}
	doc := object{"uri": fileURI(path), "version": 2}
	e.notify("textDocument/didChange", object{"textDocument": doc, "contentChanges": []object{{"text": text}}})
	e.notify("textDocument/didSave", object{"textDocument": doc})
}

// edit changes a document and saves nothing.
func (e *editor) edit(path, text string) {
	e.t.Helper()
	e.notify("textDocument/didChange", object{"textDocument": object{"uri": fileURI(path), "version": 3}, "contentChanges": []object{{"text": text}}})
}

// hover is what is told of a place.
func (e *editor) hover(path string, line, character int) string {
	e.t.Helper()
	var h *struct{ Contents struct{ Value string } }
	e.call("textDocument/hover", object{"textDocument": object{"uri": fileURI(path)}, "position": position{line, character}}, &h)
	if h == nil {
		return ""
	}
	return h.Contents.Value
}

// hints are what is written behind lines, with the lines counted from 1.
func (e *editor) hints(path string) (out []string) {
	e.t.Helper()
	var hints []struct {
		Position position
		Label    string
	}
	e.call("textDocument/inlayHint", object{
		"textDocument": object{"uri": fileURI(path)}, "range": textRange{End: position{Line: 1000}},
	}, &hints)
	for _, h := range hints {
		out = append(out, fmt.Sprintf("%d %s", h.Position.Line+1, h.Label))
	}
	return out
}

// next is the next publication, which must be of the file.
func (e *editor) next(path string) []diagnostic {
	e.t.Helper()
	select {
	case p := <-e.published:
		if p.URI != fileURI(path) {
			e.t.Fatalf("diagnostics of %s, want of %s", p.URI, path)
		}
		return p.Diagnostics
	case <-e.DisconnectNotify():
		e.t.Fatal("the server is gone")
		return nil
	}
}

// quit ends the session, and checks that the server ends well.
func (e *editor) quit() {
	e.t.Helper()
	e.call("shutdown", nil, nil)
	e.notify("exit", nil)
	if err := e.command.Wait(); err != nil {
		e.t.Errorf("the server ended with %v", err)
	}
}

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}
