package lsp

import (
	"context"
	"fmt"
	"strings"

	"github.com/creachadair/jrpc2"

	"github.com/revlint/revlint/internal/front"
)

// at returns the document and what is known of it; not ok if it is not what was
// analysed, for then places are others.
func (s *server) at(uri string) (d *document, o *outcome, ok bool) {
	d = s.document(uri)
	if d == nil || d.project == nil || !d.project.last.describes(d.path, d.text) {
		return nil, nil, false
	}
	return d, d.project.last, true
}

// hover tells of a value its loan, and of a call the contracts in force for it.
func (s *server) hover(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[placeParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d, o, ok := s.at(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	var paragraphs []string
	var at textRange
	add := func(where textRange, text string) {
		if len(paragraphs) == 0 {
			at = where
		}
		for _, have := range paragraphs {
			if have == text {
				return
			}
		}
		paragraphs = append(paragraphs, text)
	}
	for _, a := range o.accessesAt(d.path, p.Position) {
		lines := a.Explain()
		add(o.textRange(a.Span), "**"+escape(lines[0])+"**\n\n"+list(lines[1:]))
	}
	for _, l := range o.loansAt(d.path, p.Position) {
		add(o.textRange(l.Span), list(l.Explain(true)))
	}
	for _, c := range o.Calls {
		if c.File != d.path {
			continue
		}
		if where := o.wordAt(c.Span); where.holds(p.Position) {
			text := "```go\n"
			for _, directive := range c.Contracts {
				text += "//revlint:" + directive + "\n"
			}
			add(where, text+c.Declaration+"\n```\n\n"+escape(c.Source))
		}
	}
	if len(paragraphs) == 0 {
		return nil, nil
	}
	return hover{markup{"markdown", strings.Join(paragraphs, "\n\n---\n\n")}, at}, nil
}

// accessesAt are those at a place in a file.
func (o *outcome) accessesAt(path string, p position) (out []*front.Access) {
	for _, a := range o.Accesses {
		if a.File == path && o.textRange(a.Span).holds(p) {
			out = append(out, a)
		}
	}
	return out
}

// wordAt is the dotted name that begins at a place: what is called.
func (o *outcome) wordAt(at front.Span) textRange {
	c := o.files[at.File]
	if c == nil {
		return o.textRange(at)
	}
	at.EndColumn = at.Column + len(c.Word(at.Line, at.Column))
	return o.textRange(at)
}

func list(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		fmt.Fprintf(&b, "- %s\n", escape(line))
	}
	return strings.TrimRight(b.String(), "\n")
}

// escape keeps markdown from reading anything into plain text.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, "[", `\[`).Replace(s)
}
