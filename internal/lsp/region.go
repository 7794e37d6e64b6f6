package lsp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/creachadair/jrpc2"

	"github.com/revlint/revlint/internal/front"
)

// highlight marks the region of the loan under the cursor: where it begins, where
// what is on it is looked at, where it goes out of sight, where it ends. The cursor
// may be at any of these.
func (s *server) highlight(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[placeParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	marks := []highlight{}
	d, o, ok := s.at(p.TextDocument.URI)
	if !ok {
		return marks, nil
	}
	loans := o.loansAt(d.path, p.Position)
	for _, a := range o.accessesAt(d.path, p.Position) {
		if a.Loan != nil {
			loans = append(loans, a.Loan)
		}
	}
	if len(loans) == 0 {
		loans = o.endingAt(d.path, p.Position)
	}
	seen := make(map[textRange]bool)
	mark := func(at front.Span, kind int) {
		if where := o.textRange(at); at.File == d.path && !seen[where] {
			seen[where] = true
			marks = append(marks, highlight{where, kind})
		}
	}
	for _, l := range loans {
		mark(l.Span, highlightWrite)
		for _, a := range o.Accesses {
			if a.Loan == l {
				mark(a.Span, highlightRead)
			}
		}
		for _, e := range l.Ends {
			mark(e.Span, highlightText)
		}
		for _, lost := range l.Lost {
			mark(lost, highlightText)
		}
	}
	return marks, nil
}

// inlay writes how long loans live behind lines of a part of a document: where they
// begin, until which line; where they end or go out of sight, which one that is. Some
// editors cut off what is longer than some forty letters.
func (s *server) inlay(_ context.Context, r *jrpc2.Request) (any, error) {
	p, err := decode[inlayParams](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	hints := []inlayHint{}
	d, o, ok := s.at(p.TextDocument.URI)
	if !ok {
		return hints, nil
	}
	add := func(at front.Span, format string, args ...any) {
		h := inlayHint{Position: o.lineEnd(at), Label: fmt.Sprintf(format, args...), PaddingLeft: true}
		if at.File == d.path && p.Range.holds(h.Position) && !slices.Contains(hints, h) {
			hints = append(hints, h)
		}
	}
	for _, l := range o.loans() {
		var lines []int
		onReturn := false
		for _, e := range l.Ends {
			switch {
			case e.File != l.File: // who reads this file learns nothing from a line of another
			case o.isDeferred(e.Span):
				onReturn = true
				add(e.Span, "ends line %d's loan on return", l.Line)
			default:
				lines = append(lines, e.Line)
				add(e.Span, "end of line %d's loan", l.Line)
			}
		}
		for _, lost := range l.Lost {
			add(lost, "line %d's loan goes out of sight", l.Line)
		}
		if len(lines) > 0 || onReturn {
			add(l.Span, "lives until %s", until(lines, onReturn))
		}
	}
	slices.SortStableFunc(hints, func(a, b inlayHint) int {
		return cmp.Or(cmp.Compare(a.Position.Line, b.Position.Line), cmp.Compare(a.Position.Character, b.Position.Character))
	})
	return hints, nil
}

// until lists the ends of a loan: "line 3, 5 or the return".
func until(lines []int, onReturn bool) string {
	slices.Sort(lines)
	var ends []string
	for _, line := range slices.Compact(lines) {
		ends = append(ends, strconv.Itoa(line))
	}
	if len(ends) > 0 {
		ends[0] = "line " + ends[0]
	}
	if onReturn {
		ends = append(ends, "the return")
	}
	if last := len(ends) - 1; last > 0 {
		return strings.Join(ends[:last], ", ") + " or " + ends[last]
	}
	return ends[0]
}

// lineEnd is the end of the last line of a span.
func (o *outcome) lineEnd(at front.Span) position {
	if c := o.files[at.File]; c != nil {
		at.EndColumn = c.Length(at.EndLine) + 1
	}
	return o.textRange(at).End
}

// loans are those that accesses are to, in no order.
func (o *outcome) loans() (out []*front.Loan) {
	seen := make(map[*front.Loan]bool)
	for _, a := range o.Accesses {
		if l := a.Loan; l != nil && !seen[l] {
			seen[l] = true
			out = append(out, l)
		}
	}
	return out
}

// loansAt are those that begin at a place in a file.
func (o *outcome) loansAt(path string, p position) (out []*front.Loan) {
	for _, l := range o.loans() {
		if l.File == path && o.textRange(l.Span).holds(p) {
			out = append(out, l)
		}
	}
	return out
}

// endingAt are those that end, or go out of sight, at a place in a file.
func (o *outcome) endingAt(path string, p position) (out []*front.Loan) {
	for _, l := range o.loans() {
		here := func(at front.Span) bool { return at.File == path && o.textRange(at).holds(p) }
		if slices.ContainsFunc(l.Ends, func(e front.Related) bool { return here(e.Span) }) || slices.ContainsFunc(l.Lost, here) {
			out = append(out, l)
		}
	}
	return out
}

// isDeferred reports whether what is at a place is a statement with defer.
func (o *outcome) isDeferred(at front.Span) bool {
	c := o.files[at.File]
	return c != nil && c.Word(at.Line, at.Column) == "defer"
}
