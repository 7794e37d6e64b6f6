package analyzers_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/internal/engine"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
)

const (
	assumptions = "assumptions" // in testdata/src
	unproved    = "unproved"
	strictPage  = "../docs/strict.md"
)

// answer is the label of a line in testdata/src/assumptions: an answer, or the finding
// that is wanted there in any run.
var answer = regexp.MustCompile(`// (answer:|want) (.*)$`)

// TestAssumptions asks that each labelled line of testdata/src/assumptions get
// the answer that its label says, and that docs/strict.md have a row with the
// same answer for each function there.
func TestAssumptions(t *testing.T) {
	page, err := os.ReadFile(strictPage)
	if err != nil {
		t.Fatal(err)
	}
	for function, says := range labelledAnswers(t, assumptions) {
		row := regexp.MustCompile("(?m)^\\|.*`" + function + "`.*\\| (.*?) \\|$").FindSubmatch(page)
		if row == nil {
			t.Errorf("%s has no row for %s, which is answered with %q", strictPage, function, says)
		} else if string(row[1]) != says {
			t.Errorf("%s says %q of %s, which is answered with %q", strictPage, row[1], function, says)
		}
	}
}

// TestUnproved asks that each labelled line of testdata/src/unproved get the answer that
// its label says.
func TestUnproved(t *testing.T) {
	if says := labelledAnswers(t, unproved); len(says) < 10 {
		t.Errorf("%d functions with labels", len(says))
	}
}

// labelledAnswers compares the labels in a package of testdata/src with the answers given,
// and returns them by function.
func labelledAnswers(t *testing.T, family string) map[string]string {
	t.Helper()
	given := answers(t, family)
	says := make(map[string]string)
	files, err := filepath.Glob(filepath.Join("../testdata/src", family, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range syntax.Comments {
			for _, comment := range group.List {
				m := answer.FindStringSubmatch(comment.Text)
				if m == nil {
					continue
				}
				label := m[2]
				if m[1] == "want" {
					label = "found: " + label
				}
				line := fset.Position(comment.Pos()).Line
				is := inWords(given[filepath.Base(file)][line])
				if is != label {
					t.Errorf("%s:%d: labelled %q, answered with %q", filepath.Base(file), line, label, is)
				}
				if f := functionAt(syntax, comment.Pos()); f != "" {
					says[f] = label
				}
			}
		}
	}
	return says
}

// functionAt returns the name of the function in which pos stands.
func functionAt(file *ast.File, pos token.Pos) string {
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Pos() <= pos && pos < f.End() {
			return f.Name.Name
		}
	}
	return ""
}

// inWords is an answer as labels have it.
func inWords(a report.Access) string {
	switch a.Verdict {
	case report.Proved:
		return "proved"
	case report.Unknown:
		return "unknown: " + a.Reason
	case report.Violated:
		return "found: " + a.Analyzer
	}
	return "silent"
}

// answers are the worst ones given in a package of testdata/src, by file and line:
// of looks, and of what else is reported there.
func answers(t *testing.T, family string) map[string]map[int]report.Access {
	t.Helper()
	pkgs := corpus.Load(t, nil, family).Packages
	graph, err := checker.Analyze(append([]*analysis.Analyzer{engine.Analyzer}, analyzers.All...), pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	given := make(map[string]map[int]report.Access)
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		add := func(a report.Access) {
			p := act.Package.Fset.Position(a.Pos)
			file := filepath.Base(p.Filename)
			if given[file] == nil {
				given[file] = make(map[int]report.Access)
			}
			if a.Verdict > given[file][p.Line].Verdict {
				given[file][p.Line] = a
			}
		}
		if result, ok := act.Result.(*engine.Result); ok {
			for _, a := range result.Accesses {
				add(a)
			}
		}
		for _, d := range act.Diagnostics {
			add(report.Access{Pos: d.Pos, Verdict: report.Violated, Analyzer: act.Analyzer.Name})
		}
	}
	return given
}
