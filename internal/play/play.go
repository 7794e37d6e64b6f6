// Package play is what the playground of the documentation asks revlint for, where
// there is no go command: in a browser, which runs revlint as WebAssembly.
package play

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/internal/front"
)

// Main is "revlint play": it reads what a unit has printed, for the one package in
// the working directory, the root of its module, and writes an answer as JSON. Its
// exit code is 0, whatever was found, and 2 if there is no answer.
func Main(in io.Reader, out io.Writer, analyzers []*analysis.Analyzer) int {
	if err := run(in, out, analyzers); err != nil {
		fmt.Fprintf(os.Stderr, "revlint play: %v\n", err)
		return 2
	}
	return 0
}

// An answer is all that the playground shows.
type answer struct {
	Findings []finding `json:"findings"`
	Why      []why     `json:"why"`
	Failures string    `json:"failures,omitempty"` // why there is nothing more
}

// A span is a piece of a file. Lines and columns count from 1, columns in bytes.
type span struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

type step struct {
	span
	Message string `json:"message"`
}

type finding struct {
	step
	Analyzer string `json:"analyzer"`
	Story    []step `json:"story"`
	Frame    string `json:"frame"` // as on a terminal, in colours
	Fix      *fix   `json:"fix,omitempty"`
}

type fix struct {
	Message string            `json:"message"`
	Files   map[string]string `json:"files"` // as they are with it
}

// A why is what "revlint why" says of a line, and the worst of the answers: proved,
// unknown, violated.
type why struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Verdict string `json:"verdict"`
	Text    string `json:"text"`
}

func run(in io.Reader, out io.Writer, analyzers []*analysis.Analyzer) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	r, err := front.Told(context.Background(), in, dir, analyzers)
	if err != nil {
		return err
	}
	a := answer{Findings: []finding{}, Why: reasons(r), Failures: r.Failures}
	for _, f := range r.Findings {
		told, err := tell(f)
		if err != nil {
			return err
		}
		a.Findings = append(a.Findings, told)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(a)
}

func tell(f *front.Finding) (finding, error) {
	told := finding{step: stepOf(f.Span, f.Message), Analyzer: f.Analyzer, Story: []step{}, Frame: f.Frame()}
	for _, r := range f.Related {
		told.Story = append(told.Story, stepOf(r.Span, r.Message))
	}
	if len(f.Fixes) == 0 {
		return told, nil
	}
	files, err := f.Fixes[0].Mended()
	if err != nil {
		return told, err
	}
	told.Fix = &fix{f.Fixes[0].Message, files}
	return told, nil
}

func stepOf(s front.Span, message string) step {
	return step{span{s.File, s.Line, s.Column, s.EndLine, s.EndColumn}, message}
}

// reasons are what is to be said of each line on which there is an access.
func reasons(r *front.Result) []why {
	type place struct {
		file string
		line int
	}
	worst := make(map[place]front.Verdict)
	add := func(s front.Span, v front.Verdict) {
		for line := s.Line; line <= s.EndLine; line++ {
			at := place{s.File, line}
			worst[at] = max(worst[at], v)
		}
	}
	for _, f := range r.Findings {
		add(f.Span, front.Violated)
	}
	for _, a := range r.Accesses {
		add(a.Span, a.Verdict)
	}
	out := []why{}
	for at, verdict := range worst {
		out = append(out, why{at.file, at.line, verdict.String(), r.Why(at.file, at.line)})
	}
	slices.SortFunc(out, func(a, b why) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return out
}
