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

// inlay writes how long loans live into a part of a document: where they begin,
// until which line; where they end or go out of sight, which one that is.
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
	add := func(at front.Span, label string) {
		end := o.textRange(at).End
		h := inlayHint{Position: end, Label: label, PaddingLeft: true}
		if at.File == d.path && p.Range.holds(end) && !slices.Contains(hints, h) {
			hints = append(hints, h)
		}
	}
	for _, l := range o.loans() {
		var until []string
		for _, e := range l.Ends {
			which := fmt.Sprintf("ends what line %d began", l.Line)
			if e.File != l.File {
				continue // who reads this file learns nothing from a line of another
			}
			if o.isDeferred(e.Span) {
				until = append(until, "the function returns")
				add(e.Span, which+", when the function returns")
			} else {
				until = append(until, "line "+strconv.Itoa(e.Line))
				add(e.Span, which)
			}
		}
		for _, lost := range l.Lost {
			add(lost, fmt.Sprintf("from here on, what line %d began is not followed", l.Line))
		}
		slices.Sort(until)
		if until = slices.Compact(until); len(until) > 0 {
			add(l.Span, "lives until "+strings.Join(until, ", or until "))
		}
	}
	slices.SortStableFunc(hints, func(a, b inlayHint) int {
		return cmp.Or(cmp.Compare(a.Position.Line, b.Position.Line), cmp.Compare(a.Position.Character, b.Position.Character))
	})
	return hints, nil
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
