package front

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/revlint/revlint/internal/front/config"
)

// printText prints a line for each finding, as go vet does.
func printText(w io.Writer, r *report) error {
	for _, f := range r.findings {
		if _, err := fmt.Fprintln(w, f.place()+": "+f.Message); err != nil {
			return err
		}
	}
	return nil
}

// place is "file:line:column", as far as known.
func (s *Span) place() string {
	place := shortPath(s.File)
	if s.Line > 0 {
		place += fmt.Sprintf(":%d", s.Line)
		if s.Column > 0 {
			place += fmt.Sprintf(":%d", s.Column)
		}
	}
	return place
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// A framePrinter prints findings for people at a terminal: below the line
// that printText prints, the source, with every step of the finding's story.
type framePrinter struct {
	color bool
	files sources
}

// Colours, as SGR parameters.
const (
	bold   = "1"
	faint  = "2"
	red    = "1;31"
	yellow = "1;33"
	cyan   = "36"
)

func (p *framePrinter) paint(colour, s string) string {
	if !p.color || s == "" {
		return s
	}
	return "\x1b[" + colour + "m" + s + "\x1b[0m"
}

func (p *framePrinter) print(w io.Writer, r *report) error {
	for _, f := range r.findings {
		p.finding(w, f)
		fmt.Fprintln(w)
	}
	printClosing(w, r)
	return nil
}

func (p *framePrinter) finding(w io.Writer, f *Finding) {
	fmt.Fprintf(w, "%s: %s\n", p.paint(bold, f.place()), p.paint(severityColour(f.Severity), f.Message))
	p.frame(w, f)
	for _, r := range f.Related {
		if r.Span == f.Span { // of the finding itself there is more to say
			fmt.Fprintf(w, "  %s\n", r.Message)
		}
	}
	for _, fix := range f.Fixes[:min(1, len(f.Fixes))] {
		fmt.Fprintf(w, "  %s %s\n", p.paint(cyan, "fix:"), fix.Message)
	}
}

func severityColour(s config.Severity) string {
	switch s {
	case config.Warning:
		return yellow
	case config.Note:
		return cyan
	}
	return red
}

// A mark is a place to point at.
type mark struct {
	Span
	label string
	main  bool // the finding itself
}

// frame prints the lines that the finding and its story are on. The steps are
// numbered in the order of the story, for lines come in that of the file.
func (p *framePrinter) frame(w io.Writer, f *Finding) {
	var marks []mark
	steps := slices.DeleteFunc(slices.Clone(f.Related), func(r Related) bool { return r.Span == f.Span })
	for i, r := range steps {
		label := r.Message
		if len(steps) > 1 {
			label = fmt.Sprintf("%d. %s", i+1, label)
		}
		marks = append(marks, mark{Span: r.Span, label: label})
	}
	marks = append(marks, mark{Span: f.Span, main: true})
	// The finding's own file comes first, the others in order of the story.
	order := map[string]int{f.File: -1}
	for i, m := range marks {
		if _, ok := order[m.File]; !ok {
			order[m.File] = i
		}
	}
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(order[a.File], order[b.File]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})

	width := 0
	for _, m := range marks {
		width = max(width, len(fmt.Sprint(m.Line)))
	}
	file, line := f.File, 0
	for _, m := range marks {
		text := p.files.of(m.File).line(m.Line)
		if text == nil {
			if !m.main {
				fmt.Fprintf(w, "  %s: %s\n", m.place(), m.label)
			}
			continue
		}
		gutter := func(s string) string { return p.paint(faint, fmt.Sprintf("  %*s | ", width, s)) }
		switch {
		case m.File != file:
			fmt.Fprintf(w, "  %s\n", p.paint(bold, shortPath(m.File)+":"))
			file, line = m.File, 0
		case line > 0 && m.Line > line+1:
			fmt.Fprintf(w, "  %s\n", p.paint(faint, fmt.Sprintf("%*s", width, "…")))
		}
		if m.Line != line {
			fmt.Fprintf(w, "%s%s\n", gutter(fmt.Sprint(m.Line)), text)
			line = m.Line
		}
		sign, colour := "-", cyan
		if m.main {
			sign, colour = "^", severityColour(f.Severity)
		}
		indent, signs := underline(string(text), m.Span, sign)
		fmt.Fprintf(w, "%s%s%s\n", gutter(""), indent, p.paint(colour, strings.TrimRight(signs+" "+m.label, " ")))
	}
}

// Frame is what a terminal shows of a finding, in its colours: the source, with
// every step of the finding's story.
func (f *Finding) Frame() string {
	var b strings.Builder
	(&framePrinter{color: true, files: make(sources)}).finding(&b, f)
	return b.String()
}

// underline returns what puts signs under s's part of its first line, text:
// tabs are kept, so that they are as wide as above.
func underline(text string, s Span, sign string) (indent, signs string) {
	start := min(max(s.Column-1, 0), len(text))
	end := start
	switch {
	case s.EndLine > s.Line:
		end = len(text)
	case s.EndColumn > s.Column:
		end = min(s.EndColumn-1, len(text))
	}
	indent = strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, text[:start])
	return indent, strings.Repeat(sign, max(1, utf8.RuneCountInString(text[start:end])))
}
