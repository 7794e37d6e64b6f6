package lsp

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/creachadair/jrpc2"

	"github.com/revlint/revlint/internal/front"
)

// codeAction offers the fixes of the findings on the lines of a range of a
// document: who wants to mend a line need not find the place in it.
func (s *server) codeAction(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[codeActionParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	actions := []codeAction{}
	d := s.document(p.TextDocument.URI)
	if d == nil || d.project == nil || d.project.last == nil || !wantsFixes(p.Context.Only) || front.Generated(d.path) {
		return actions, nil
	}
	o := d.project.last
	for _, f := range o.findings {
		if f.File != d.path || !o.textRange(f.Span).sharesLine(p.Range) {
			continue
		}
		for i, fix := range f.Fixes {
			if changes, ok := s.changes(o, fix); ok {
				actions = append(actions, codeAction{
					Title:       fix.Message,
					Kind:        quickFix,
					Diagnostics: []diagnostic{s.diagnostic(o, f)},
					IsPreferred: i == 0,
					Edit:        workspaceEdit{changes},
				})
			}
		}
	}
	return actions, nil
}

// wantsFixes reports whether an editor that asks only for these kinds of
// actions, and what is below them, asks for fixes.
func wantsFixes(only []string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(kind string) bool {
		return kind == "" || strings.HasPrefix(quickFix+".", kind+".")
	})
}

// changes returns a fix as the editor's edits. It is not ok if a file has
// changed since it was analysed: the edits would hit something else.
func (s *server) changes(o *outcome, fix front.Fix) (changes map[string][]textEdit, ok bool) {
	changes = make(map[string][]textEdit)
	for _, e := range fix.Edits {
		var text string
		if d := s.documents[e.File]; d != nil {
			text = d.text
		} else if saved, err := read(e.File); err == nil {
			text = saved
		} else {
			return nil, false
		}
		if !o.describes(e.File, text) {
			return nil, false
		}
		src := o.files[e.File]
		startLine, startColumn := src.Position(e.Start)
		endLine, endColumn := src.Position(e.End)
		at := o.textRange(front.Span{File: e.File, Line: startLine, Column: startColumn, EndLine: endLine, EndColumn: endColumn})
		changes[s.uri(e.File)] = append(changes[s.uri(e.File)], textEdit{at, e.New})
	}
	for _, edits := range changes {
		slices.SortStableFunc(edits, func(a, b textEdit) int {
			return cmp.Or(cmp.Compare(a.Range.Start.Line, b.Range.Start.Line), cmp.Compare(a.Range.Start.Character, b.Range.Start.Character))
		})
	}
	return changes, len(changes) > 0
}
