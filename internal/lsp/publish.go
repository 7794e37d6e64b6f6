package lsp

import (
	"context"
	"maps"
	"path/filepath"
	"slices"

	"github.com/creachadair/jrpc2"

	"github.com/revlint/revlint/internal/front"
	"github.com/revlint/revlint/internal/front/config"
)

// publish tells the editor of all diagnostics of a project, and that there are
// none any more where there were some.
func (s *server) publish(p *project) {
	byFile, message := s.diagnostics(p)
	pulls := s.client.InitializationOptions.PullDiagnostics
	for path := range p.shown {
		if _, ok := byFile[path]; !ok {
			byFile[path] = []diagnostic{}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(byFile)) {
		if pulls && s.documents[path] != nil {
			continue // the editor asks for these
		}
		params := publishParams{URI: s.uri(path), Diagnostics: byFile[path]}
		if d := s.documents[path]; d != nil && s.client.Capabilities.TextDocument.PublishDiagnostics.VersionSupport && p.last.describes(path, d.text) {
			params.Version = &d.version
		}
		s.notify("textDocument/publishDiagnostics", params)
		p.shown[path] = true
		if len(byFile[path]) == 0 {
			delete(p.shown, path)
		}
	}
	// The answers are waited for elsewhere: the next notification waits for us.
	if pulls && s.client.Capabilities.Workspace.Diagnostics.RefreshSupport {
		s.running.Go(func() { _, _ = s.rpc.Callback(s.ctx, "workspace/diagnostic/refresh", nil) })
	}
	if s.client.InitializationOptions.InlayHints && s.client.Capabilities.Workspace.InlayHint.RefreshSupport {
		s.running.Go(func() { _, _ = s.rpc.Callback(s.ctx, "workspace/inlayHint/refresh", nil) })
	}
	if message != "" && message != p.told {
		s.notify("window/showMessage", showMessageParams{messageError, "revlint: " + message})
	}
	p.told = message
}

// diagnostics are all of a project by file, with an empty list for open documents
// without any, and what is to be said beside them.
func (s *server) diagnostics(p *project) (byFile map[string][]diagnostic, message string) {
	byFile = make(map[string][]diagnostic)
	dirs := s.openDirs(p)
	for _, d := range s.documents {
		if d.project == p && packageDir(d.path) != "" {
			byFile[d.path] = []diagnostic{}
		}
	}
	o := p.last
	if o == nil {
		return byFile, ""
	}
	for _, f := range o.Findings {
		if slices.Contains(dirs, filepath.Dir(f.File)) {
			byFile[f.File] = append(byFile[f.File], s.diagnostic(o, f))
		}
	}
	for _, f := range o.stale {
		if slices.Contains(dirs, filepath.Dir(f.File)) {
			byFile[f.File] = append(byFile[f.File], s.staleDiagnostic(f))
		}
	}
	message = o.rest
	for _, m := range o.mistakes {
		byFile[m.File] = append(byFile[m.File], diagnostic{
			Range:    o.textRange(m.Span),
			Severity: severityError,
			Source:   "revlint",
			Message:  m.message,
		})
		if s.documents[m.File] == nil { // not all editors show what is in other files
			message += m.String() + "\n"
		}
	}
	return byFile, message
}

// pull answers an editor that asks for the diagnostics of a document.
func (s *server) pull(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[documentParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	report := diagnosticReport{Kind: "full", Items: []diagnostic{}}
	if d := s.document(p.TextDocument.URI); d != nil && d.project != nil {
		byFile, _ := s.diagnostics(d.project)
		report.Items = append(report.Items, byFile[d.path]...)
	}
	return report, nil
}

// uri returns the URI of a file, as the editor writes it if it is open.
func (s *server) uri(path string) string {
	if d := s.documents[path]; d != nil {
		return d.uri
	}
	return uriOf(path)
}

var severities = map[config.Severity]int{
	config.Error:   severityError,
	config.Warning: severityWarning,
	config.Note:    severityInformation,
}

func (s *server) diagnostic(o *outcome, f *front.Finding) diagnostic {
	able := s.client.Capabilities.TextDocument.PublishDiagnostics
	d := diagnostic{
		Range:    o.textRange(f.Span),
		Severity: severities[f.Severity],
		Code:     f.Analyzer,
		Source:   "revlint",
		Message:  f.Message,
	}
	if link := s.links[f.Analyzer]; link != "" && able.CodeDescriptionSupport {
		d.CodeDescription = &codeDescription{link}
	}
	if able.RelatedInformation {
		for _, r := range f.Related {
			d.RelatedInformation = append(d.RelatedInformation, relatedInformation{
				location{s.uri(r.File), o.textRange(r.Span)}, r.Message,
			})
		}
	}
	return d
}

// mentioned returns the files in which anything is that will be published or
// edited, and the open ones.
func (o *outcome) mentioned(open map[string]string) map[string]bool {
	files := make(map[string]bool)
	for path := range open {
		files[path] = true
	}
	for _, f := range o.Findings {
		files[f.File] = true
		for _, r := range f.Related {
			files[r.File] = true
		}
		for _, fix := range f.Fixes {
			for _, e := range fix.Edits {
				files[e.File] = true
			}
		}
	}
	for _, m := range o.mistakes {
		files[m.File] = true
	}
	return files
}

// describes reports whether text is what was analysed as the content of the
// file. Without findings there, it does not matter.
func (o *outcome) describes(path, text string) bool {
	if o == nil {
		return false
	}
	c := o.files[path]
	return c != nil && c.steady && c.text == text
}

// textRange counts a span from 0, in UTF-16 code units.
func (o *outcome) textRange(s front.Span) textRange {
	src := o.files[s.File]
	if src == nil {
		return textRange{}
	}
	at := func(line, column int) position {
		return position{max(line-1, 0), max(src.UTF16Column(line, column)-1, 0)}
	}
	return textRange{at(s.Line, s.Column), at(s.EndLine, s.EndColumn)}
}
