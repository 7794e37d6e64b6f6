package lsp

import (
	"context"
	"path/filepath"

	"github.com/creachadair/jrpc2"

	"github.com/revlint/revlint/internal/front/config"
)

// A document is a file that is open in the editor.
type document struct {
	uri     string // as the editor writes it
	path    string
	version int
	text    string   // as it is in the editor
	project *project // nil: it is in none, and not analysed
}

// packageDir returns the folder of the package that the file is of; "" if it
// is of none, as the configuration and the user's stubs are.
func packageDir(path string) string {
	dir := filepath.Dir(path)
	if filepath.Ext(path) != ".go" || filepath.Base(dir) == config.StubFolder {
		return ""
	}
	return dir
}

func (s *server) didOpen(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[didOpenParams](r)
	if err != nil {
		return nil, err
	}
	path, err := pathOf(p.TextDocument.URI)
	if err != nil {
		return nil, nil // nothing that could be analysed
	}
	where := locate(s.ctx, path)
	s.mu.Lock()
	defer s.mu.Unlock()
	d := &document{uri: p.TextDocument.URI, path: path, version: p.TextDocument.Version, text: p.TextDocument.Text}
	s.documents[path] = d
	if where.key != "" {
		d.project = s.project(where)
		s.refresh(d.project)
	}
	return nil, nil
}

func (s *server) didChange(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[didChangeParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.document(p.TextDocument.URI); d != nil && len(p.ContentChanges) > 0 {
		d.version = p.TextDocument.Version
		d.text = p.ContentChanges[len(p.ContentChanges)-1].Text
		if d.project != nil {
			s.refreshSoon(d.project)
		}
	}
	return nil, nil
}

func (s *server) didSave(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[documentParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.document(p.TextDocument.URI); d != nil && d.project != nil {
		s.refresh(d.project)
	}
	return nil, nil
}

func (s *server) didClose(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[documentParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	delete(s.documents, d.path)
	if d.project != nil {
		s.closed(d.project)
	}
	return nil, nil
}

// didChangeWatchedFiles analyses all anew after changes that didSave does not
// tell of.
func (s *server) didChangeWatchedFiles(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[didChangeWatchedFilesParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, change := range p.Changes {
		if change.Type == fileChanged && s.document(change.URI) != nil {
			continue
		}
		for _, p := range s.projects {
			s.refresh(p)
		}
		break
	}
	return nil, nil
}

// document returns the open document with that URI, or nil.
func (s *server) document(uri string) *document {
	path, err := pathOf(uri)
	if err != nil {
		return nil
	}
	return s.documents[path]
}
