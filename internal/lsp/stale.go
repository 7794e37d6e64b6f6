package lsp

import (
	"path/filepath"
	"strings"

	"github.com/revlint/revlint/internal/front"
)

// A staleFinding is one of a package that could not be analysed any more: code
// that is being typed is broken most of the time, and what was wrong in the rest
// of it is wrong still. Its place is where its lines are now.
type staleFinding struct {
	*front.Finding
	from *outcome // whose files it counts in
	line int      // where its first line is now
}

// keepStale takes over, for the packages in dirs that were not analysed, what was
// found before, as far as its lines, and those that led to it, are still there.
func (o *outcome) keepStale(last *outcome, dirs []string) {
	if last == nil || o.Failures == "" {
		return
	}
	broken := make(map[string]bool)
	for _, dir := range dirs {
		broken[dir] = !o.Analysed[dir]
	}
	keep := func(f *front.Finding, from *outcome) {
		if !broken[filepath.Dir(f.File)] || from.files[f.File] == nil {
			return
		}
		now, ok := o.files[f.File]
		if !ok {
			text, err := read(f.File)
			if err != nil {
				return
			}
			now = &content{front.NewSource([]byte(text)), text, false}
			o.files[f.File] = now
		}
		was := from.files[f.File].text
		for _, r := range f.Related { // what led to it may be gone
			if _, ok := movedLine(was, now.text, r.Line); !ok && r.File == f.File {
				return
			}
		}
		if line, ok := movedLine(was, now.text, f.Line); ok {
			o.stale = append(o.stale, staleFinding{f, from, line})
		}
	}
	for _, f := range last.Findings {
		keep(f, last)
	}
	for _, f := range last.stale {
		keep(f.Finding, f.from)
	}
}

// movedLine is where a line of the text before is now, if it is before or behind
// all that has changed.
func movedLine(before, now string, line int) (int, bool) {
	was, is := strings.Split(before, "\n"), strings.Split(now, "\n")
	same := 0
	for same < min(len(was), len(is)) && was[same] == is[same] {
		same++
	}
	end := 0
	for end < min(len(was), len(is))-same && was[len(was)-1-end] == is[len(is)-1-end] {
		end++
	}
	switch {
	case line <= same:
		return line, true
	case line > len(was)-end:
		return line + len(is) - len(was), true
	}
	return 0, false
}

// staleDiagnostic is a diagnostic for it, faded, in the document as it is now.
func (s *server) staleDiagnostic(f staleFinding) diagnostic {
	d := s.diagnostic(f.from, f.Finding)
	by := f.line - f.Line
	d.Range.Start.Line += by
	d.Range.End.Line += by
	d.Message = "before the last change: " + d.Message
	d.Tags = []int{tagUnnecessary}
	return d
}
