// Package lsp is a language server: it shows revlint's findings in editors,
// and offers its fixes.
//
// The analysis is the command's own, front.Check: of files as they are saved, and
// of open documents as they are in the editor, shortly after the last change. What
// is found is published for all files of the packages that have an open document.
package lsp

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/handler"
	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/internal/front"
)

// Main serves the editor at standard input and output, and returns the exit
// code. It takes the argument --stdio, which some editors add, and no other.
func Main(args []string, analyzers []*analysis.Analyzer) int {
	for _, arg := range args {
		if arg != "--stdio" && arg != "-stdio" {
			fmt.Fprintf(os.Stderr, "revlint: lsp: unknown argument %q: there is only --stdio, which changes nothing\n", arg)
			return 2
		}
	}
	s := newServer(func(ctx context.Context, q front.Request) (*front.Result, error) {
		return front.Check(ctx, q, analyzers)
	})
	defer front.RemoveUnsaved()
	for _, a := range analyzers {
		s.links[a.Name] = a.URL
	}
	return s.serve(os.Stdin, os.Stdout)
}

// A checkFunc analyses packages, as front.Check.
type checkFunc func(ctx context.Context, q front.Request) (*front.Result, error)

// pause is how long nothing has to be typed before a document is analysed that is
// not saved.
const pause = 300 * time.Millisecond

// The phases of a connection.
type phase int

const (
	starting phase = iota // before initialize
	serving
	shutDown
)

// A server is one connection with an editor.
type server struct {
	check           checkFunc
	pause, patience time.Duration
	links           map[string]string // of analyzers' documentation

	rpc     *jrpc2.Server
	ctx     context.Context // of all that runs in the background
	running sync.WaitGroup
	exited  chan struct{} // closed when the editor says exit
	once    sync.Once

	mu        sync.Mutex // guards what follows and what it points to, and orders what is published
	phase     phase
	client    initializeParams
	documents map[string]*document // by path
	projects  map[string]*project  // by key
	runs      int
}

func newServer(check checkFunc) *server {
	return &server{
		check:     check,
		pause:     pause,
		patience:  patience,
		links:     make(map[string]string),
		exited:    make(chan struct{}),
		documents: make(map[string]*document),
		projects:  make(map[string]*project),
	}
}

// serve answers until the editor says exit or hangs up, and returns the exit
// code: 0 if the editor said shutdown before, as the protocol wants it.
func (s *server) serve(in io.Reader, out io.WriteCloser) int {
	ctx, cancel := context.WithCancel(context.Background())
	s.ctx = ctx
	s.rpc = jrpc2.NewServer(s.methods(), &jrpc2.ServerOptions{AllowPush: true, DisableBuiltin: true})
	hungUp := make(chan error, 1)
	s.rpc.Start(frames(in, out))
	go func() { hungUp <- s.rpc.Wait() }()
	var err error
	select {
	case <-s.exited: // the editor may keep the pipes open, so there may be no end of the input to wait for
	case err = <-hungUp:
	}
	cancel()
	s.running.Wait()
	s.rpc.Stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "revlint: lsp: %v\n", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phase == shutDown && err == nil {
		return 0
	}
	return 1
}

// methods are the requests and notifications that are understood. The rest is
// answered with MethodNotFound, or ignored.
func (s *server) methods() handler.Map {
	return handler.Map{
		"initialize": s.initialize,
		"shutdown":   s.in(serving, s.shutdown),
		"exit":       s.exit,

		"initialized":             s.in(serving, s.initialized),
		"textDocument/didOpen":    s.in(serving, s.didOpen),
		"textDocument/didChange":  s.in(serving, s.didChange),
		"textDocument/didSave":    s.in(serving, s.didSave),
		"textDocument/didClose":   s.in(serving, s.didClose),
		watchedFiles:              s.in(serving, s.didChangeWatchedFiles),
		"textDocument/codeAction": s.in(serving, s.codeAction),

		"textDocument/hover":             s.in(serving, s.hover),
		"textDocument/documentHighlight": s.in(serving, s.highlight),
		"textDocument/inlayHint":         s.in(serving, s.inlay),
		"textDocument/diagnostic":        s.in(serving, s.pull),
		"workspace/executeCommand":       s.in(serving, s.execute),
	}
}

// in lets a method be called only in a phase.
func (s *server) in(want phase, h jrpc2.Handler) jrpc2.Handler {
	return func(ctx context.Context, r *jrpc2.Request) (any, error) {
		s.mu.Lock()
		phase := s.phase
		s.mu.Unlock()
		switch {
		case phase == want:
			return h(ctx, r)
		case phase == starting:
			return nil, jrpc2.Errorf(serverNotInitialized, "%s before initialize", r.Method())
		}
		return nil, jrpc2.Errorf(jrpc2.InvalidRequest, "%s after shutdown", r.Method())
	}
}

func (s *server) initialize(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[initializeParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phase != starting {
		return nil, jrpc2.Errorf(jrpc2.InvalidRequest, "initialize for the second time")
	}
	s.phase = serving
	s.client = *p
	able := serverCapabilities{
		TextDocumentSync:          textDocumentSync{OpenClose: true, Change: syncFull},
		CodeActionProvider:        codeActionOptions{CodeActionKinds: []string{quickFix, fixAll}},
		ExecuteCommandProvider:    commandOptions{Commands: []string{whyCommand}},
		HoverProvider:             true,
		DocumentHighlightProvider: p.InitializationOptions.Highlight,
		InlayHintProvider:         p.InitializationOptions.InlayHints,
	}
	if p.InitializationOptions.PullDiagnostics {
		able.DiagnosticProvider = &diagnosticOptions{Identifier: "revlint", InterFileDependencies: true}
	}
	return initializeResult{Capabilities: able, ServerInfo: serverInfo{Name: "revlint"}}, nil
}

// initialized asks the editor to tell of files that others change: a check-out,
// a generator, or the configuration, which it has not opened as Go code.
func (s *server) initialized(context.Context, *jrpc2.Request) (any, error) {
	s.mu.Lock()
	able := s.client.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration
	s.mu.Unlock()
	if !able {
		return nil, nil
	}
	p := registrationParams{[]registration{{
		ID:     "files",
		Method: watchedFiles,
		RegisterOptions: watchOptions{[]watcher{
			{"**/*.go"}, {"**/go.{mod,work}"}, {"**/.revlint.yaml"},
		}},
	}}}
	// Its answer is waited for elsewhere: the next notification waits for us.
	// An editor that refuses is no worse than one that cannot.
	s.running.Go(func() { _, _ = s.rpc.Callback(s.ctx, "client/registerCapability", p) })
	return nil, nil
}

func (s *server) shutdown(context.Context, *jrpc2.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = shutDown
	for _, p := range s.projects {
		p.supersede()
	}
	return nil, nil
}

func (s *server) exit(context.Context, *jrpc2.Request) (any, error) {
	s.once.Do(func() { close(s.exited) })
	return nil, nil
}

// notify sends a notification. If the editor is gone, so is its interest.
func (s *server) notify(method string, params any) {
	_ = s.rpc.Notify(s.ctx, method, params)
}
