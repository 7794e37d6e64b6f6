package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/revlint/revlint/internal/oracle/gen"
)

// A disagreement is a place about which runs and revlint differ.
type disagreement struct {
	kind string // silent, missed, unknown, alarm
	what string // class, reason or analyzer
	prog *gen.Program
	line lineKey
	loan lineKey
	tags []string

	layout   *layout
	findings []finding
}

// own is the construct of its very line.
func (d disagreement) own() string {
	if len(d.tags) == 0 {
		return ""
	}
	return d.tags[0]
}

func (d disagreement) class() string { return d.kind + " " + d.what }

// disagreements lists those of v.
func (v *verdict) disagreements() []disagreement {
	var out []disagreement
	for _, a := range v.accesses {
		switch {
		case a.silent():
			out = append(out, disagreement{"silent", string(a.class), a.prog, a.line, a.loan, a.tags, v.layout, v.findings})
		case a.wrong() && a.found == nil:
			out = append(out, disagreement{"missed", string(a.class), a.prog, a.line, a.loan, a.tags, v.layout, v.findings})
		case a.unknown && a.right():
			out = append(out, disagreement{"unknown", strings.Join(a.why, ", "), a.prog, a.line, a.loan, a.tags, v.layout, v.findings})
		}
	}
	for _, f := range v.alarms {
		out = append(out, disagreement{"alarm", f.Analyzer, f.prog, lineKey{f.File, f.Line}, lineKey{}, f.tags, v.layout, v.findings})
	}
	return out
}

// show writes d with its program.
func (d disagreement) show(w io.Writer) {
	fmt.Fprintf(w, "--- %s: %s:%d, loan of line %d (%s)\n", d.class(), d.line.file, d.line.line, d.loan.line, strings.Join(d.tags, "; "))
	for _, k := range d.layout.of[d.prog] {
		mark := "   "
		if k == d.line {
			mark = ">>>"
		} else if k == d.loan {
			mark = "  *"
		}
		line := d.layout.lines[k]
		fmt.Fprintf(w, "%s %4d %s%s\n", mark, k.line, strings.Repeat("    ", max(0, line.Depth)), gen.Real(line.Text))
		for _, f := range d.findings {
			if f.File == k.file && f.Line == k.line {
				fmt.Fprintf(w, "            ^ %s\n", f.Message)
			}
		}
	}
}
