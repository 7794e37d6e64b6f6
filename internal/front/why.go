package front

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// why is "revlint why FILE:LINE[:COL]": what was said of each access there, and
// what it rests on.
func (f *front) why(ctx context.Context, o *options) (int, error) {
	if len(o.patterns) != 1 {
		return exitFailed, fmt.Errorf("why wants one FILE:LINE or FILE:LINE:COL, not %d", len(o.patterns))
	}
	at, err := parsePlace(o.patterns[0])
	if err != nil {
		return exitFailed, fmt.Errorf("why: %v", err)
	}
	o.patterns = []string{"./" + filepath.ToSlash(shortPath(filepath.Dir(at.File)))}
	result, err := f.vet(ctx, o, o.unit, nil)
	if err != nil {
		return exitFailed, err
	}
	fmt.Fprint(f.stderr, result.text)
	var accesses []*Access
	for _, s := range result.stats {
		accesses = append(accesses, s.told...)
	}
	explainPlace(f.stdout, at, result.findings, accesses)
	if result.failed {
		return exitFailed, nil
	}
	return exitClean, nil
}

// parsePlace reads FILE:LINE or FILE:LINE:COL.
func parsePlace(text string) (Span, error) {
	file, line, column := parsePosition(text)
	if line == 0 {
		// parsePosition takes the numbers from the end; what is there is none.
		return Span{}, fmt.Errorf("%q is not FILE:LINE or FILE:LINE:COL", text)
	}
	path, err := filepath.Abs(file)
	if err != nil {
		return Span{}, err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return Span{}, fmt.Errorf("%s: there is no such file", file)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return Span{}, err
	}
	if filepath.Ext(path) != ".go" {
		return Span{}, fmt.Errorf("%s is no Go file", file)
	}
	if n := len(NewSource(data).lines); line > n {
		return Span{}, errors.New(file + " has " + strconv.Itoa(n) + " lines")
	}
	return Span{File: path, Line: line, Column: column}, nil
}

// at reports whether the access is on the line, and at the column if there is one.
func (a *Access) at(p Span) bool {
	if a.File != p.File || p.Line < a.Line || a.EndLine < p.Line {
		return false
	}
	return p.Column == 0 ||
		(a.Line < p.Line || a.Column <= p.Column) && (p.Line < a.EndLine || p.Column <= a.EndColumn)
}

// explainPlace writes, of each access at one place, the answer and the chain
// behind it.
func explainPlace(w io.Writer, at Span, findings []*Finding, accesses []*Access) {
	findings = slices.DeleteFunc(slices.Clone(findings), func(d *Finding) bool {
		return d.Category != d.Analyzer || !(&Access{Span: d.Span}).at(at)
	})
	accesses = slices.DeleteFunc(slices.Clone(accesses), func(a *Access) bool { return !a.at(at) })
	if len(findings)+len(accesses) == 0 {
		fmt.Fprintln(w, "nothing that is on loan is looked at here, as far as revlint knows (revlint contracts lists what it knows)")
		return
	}
	for _, d := range findings {
		fmt.Fprintf(w, "%s: violated: %s\n", d.place(), d.Message)
		for _, r := range d.Related {
			fmt.Fprintf(w, "  %s: %s\n", r.place(), r.Message)
		}
	}
	for _, a := range accesses {
		if a.Verdict == Violated && len(findings) > 0 {
			continue // told above
		}
		fmt.Fprintf(w, "%s: %s\n", a.place(), strings.Join(a.Explain(), "\n  "))
	}
}

// Why is what "revlint why FILE:LINE" prints of a line.
func (r *Result) Why(file string, line int) string {
	var b strings.Builder
	explainPlace(&b, Span{File: file, Line: line}, r.Findings, r.Accesses)
	return b.String()
}

// Explain is the answer, and below it the chain that it rests on, a line each.
func (a *Access) Explain() []string {
	lines := []string{a.Name + " is proved to be accessible"}
	switch {
	case a.Verdict == Violated:
		lines[0] = a.Name + " must not be used: violated (" + a.Analyzer + ")"
	case a.Verdict == Unknown:
		lines[0] = a.question() + " is unknown: " + a.Reason
	case a.Analyzer == "revleak":
		lines[0] = "the access to " + a.Name + " is proved to be released on every path"
	}
	if a.Loan != nil {
		lines = append(lines, a.Loan.Explain(a.Verdict == Unknown)...)
	}
	if a.Cure != "" {
		lines = append(lines, "to have it proved: "+a.Cure)
	}
	return lines
}

// question is what is unknown.
func (a *Access) question() string {
	switch a.Analyzer {
	case "revleak":
		return "whether the access to " + a.Name + " is released on every path"
	case "revrelease":
		return "whether the access to " + a.Name + " is there to be released"
	case "revescape":
		return "whether " + a.Name + " outlives its access"
	}
	return "whether " + a.Name + " is accessible"
}

// Explain tells of a loan: where it begins, by which contract, where it goes out of
// sight, if that matters, and where it ends.
func (l *Loan) Explain(sight bool) []string {
	lines := []string{l.place() + ": " + l.Began}
	if l.Contract != "" {
		lines = append(lines, fmt.Sprintf("by the contract %q (%s)", l.Contract, l.Source))
	}
	for _, s := range l.Lost {
		if !sight {
			break
		}
		lines = append(lines, s.place()+": from here on it is not followed")
	}
	for _, e := range l.Ends {
		lines = append(lines, e.place()+": "+e.Message+" ends it, on some path")
	}
	return lines
}
