package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/creachadair/jrpc2"

	"github.com/revlint/revlint/internal/front"
)

// codeAction offers, for the findings on the lines of a range of a document, the
// fixes, all fixes of the file at once, a suppression, and to tell why something is
// unknown: who wants to mend a line need not find the place in it.
func (s *server) codeAction(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[codeActionParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	actions := []codeAction{}
	d, o, ok := s.at(p.TextDocument.URI)
	if !ok || front.Generated(d.path) {
		return actions, nil
	}
	if wants(p.Context.Only, quickFix) {
		for _, f := range o.Findings {
			if f.File == d.path && o.textRange(f.Span).sharesLine(p.Range) {
				actions = append(actions, s.fixes(o, f)...)
				actions = append(actions, s.suppression(o, f)...)
			}
		}
		actions = append(actions, s.questions(d, o, p.Range)...)
	}
	// Who asks for nothing in particular is at one place, not at the whole file.
	if len(p.Context.Only) > 0 && wants(p.Context.Only, fixAll) {
		if all, ok := s.allFixes(d, o); ok {
			actions = append(actions, all)
		}
	}
	return actions, nil
}

// wants reports whether an editor that asks only for these kinds of actions, and
// what is below them, asks for a kind.
func wants(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(k string) bool {
		return k == "" || strings.HasPrefix(kind+".", k+".")
	})
}

func (s *server) fixes(o *outcome, f *front.Finding) (actions []codeAction) {
	for i, fix := range f.Fixes {
		if changes, ok := s.changes(o, fix.Edits); ok {
			actions = append(actions, codeAction{
				Title:       fix.Message,
				Kind:        quickFix,
				Diagnostics: []diagnostic{s.diagnostic(o, f)},
				IsPreferred: i == 0,
				Edit:        &workspaceEdit{changes},
			})
		}
	}
	return actions
}

// allFixes makes the first fix of each finding in the document, as -fix does.
func (s *server) allFixes(d *document, o *outcome) (codeAction, bool) {
	var here []*front.Finding
	for _, f := range o.Findings {
		if f.File == d.path {
			here = append(here, f)
		}
	}
	edits, n := front.PlanFixes(here)
	changes, ok := s.changes(o, edits)
	if n == 0 || !ok {
		return codeAction{}, false
	}
	return codeAction{Title: fmt.Sprintf("Fix all that revlint can: %d", n), Kind: fixAll, Edit: &workspaceEdit{changes}}, true
}

// suppression puts a directive above the line of a finding, at its indentation. The
// reason is left to the user: revlint asks for it as long as there is none.
func (s *server) suppression(o *outcome, f *front.Finding) []codeAction {
	if f.Analyzer == "contract" || f.Analyzer == "suppress" {
		return nil // nothing hides these
	}
	c := o.files[f.File]
	at := position{Line: o.textRange(f.Span).Start.Line}
	text := fmt.Sprintf("%s//lint:ignore %s \n", c.Indent(f.Line), f.Analyzer)
	return []codeAction{{
		Title:       fmt.Sprintf("Hide this with //lint:ignore %s, and say why", f.Analyzer),
		Kind:        quickFix,
		Diagnostics: []diagnostic{s.diagnostic(o, f)},
		Edit:        &workspaceEdit{map[string][]textEdit{s.uri(f.File): {{textRange{at, at}, text}}}},
	}}
}

// questions offers to tell why something on the lines of a range is unknown.
func (s *server) questions(d *document, o *outcome, at textRange) (actions []codeAction) {
	seen := make(map[string]bool)
	for _, a := range o.Accesses {
		if a.File != d.path || a.Verdict != front.Unknown || !o.textRange(a.Span).sharesLine(at) {
			continue
		}
		lines := a.Explain()
		title := "Why is it unknown " + strings.TrimSuffix(strings.Split(lines[0], " is unknown: ")[0], "") + "?"
		if seen[title] {
			continue
		}
		seen[title] = true
		actions = append(actions, codeAction{
			Title:   title,
			Kind:    quickFix,
			Command: &command{Title: title, Command: whyCommand, Arguments: []any{strings.Join(lines, "\n")}},
		})
	}
	return actions
}

// execute shows an answer to one of questions.
func (s *server) execute(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[commandParams](r)
	if err != nil {
		return nil, err
	}
	var text string
	if p.Command != whyCommand || len(p.Arguments) != 1 || json.Unmarshal(p.Arguments[0], &text) != nil {
		return nil, jrpc2.Errorf(jrpc2.InvalidParams, "there is only the command %s, with what to show", whyCommand)
	}
	s.notify("window/showMessage", showMessageParams{messageInfo, text})
	return nil, nil
}

// changes returns edits as the editor's. It is not ok if a file has changed since
// it was analysed: the edits would hit something else.
func (s *server) changes(o *outcome, edits []front.Edit) (changes map[string][]textEdit, ok bool) {
	changes = make(map[string][]textEdit)
	for _, e := range edits {
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
