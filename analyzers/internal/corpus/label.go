package corpus

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// A label says that one of some analyzers reports once at a line.
type label struct {
	Family    string
	File      string
	Line      int
	Func      string
	Analyzers []string
}

func (l label) String() string {
	return fmt.Sprintf("%s:%d: %s: no %s", l.File, l.Line, l.Func, strings.Join(l.Analyzers, " or "))
}

var (
	wants     = regexp.MustCompile(`^// want((?: [a-z|]+)+)$`)
	nearWants = regexp.MustCompile(`^//\s*[Ww]ants?\b`)
	names     = []string{"revnil", "revuse", "revescape", "revrelease", "revleak", "revbound", "revwait"}
)

// labels reads the labels of a package, and complains of those that are
// malformed or that contradict the name of the function they stand in.
func (run *Run) labels(tb testing.TB, pkg *packages.Package) []label {
	tb.Helper()
	var all []label
	for _, file := range pkg.Syntax {
		filename := run.relative(pkg.Fset.Position(file.FileStart).Filename)
		labelled := make(map[string]bool)
		for _, group := range file.Comments {
			for _, comment := range group.List {
				line := pkg.Fset.Position(comment.Pos()).Line
				m := wants.FindStringSubmatch(comment.Text)
				if m == nil {
					if nearWants.MatchString(comment.Text) {
						tb.Errorf("%s:%d: not a label: %s", filename, line, comment.Text)
					}
					continue
				}
				fn := enclosing(pkg, comment.Pos())
				labelled[fn] = true
				for _, alternatives := range strings.Fields(m[1]) {
					l := label{familyOf(filename), filename, line, fn, strings.Split(alternatives, "|")}
					for _, name := range l.Analyzers {
						if !slices.Contains(names, name) {
							tb.Errorf("%s:%d: there is no analyzer %q", filename, line, name)
						}
					}
					all = append(all, l)
				}
			}
		}
		if familyOf(filename) == "limits" {
			continue
		}
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				bad := strings.HasPrefix(strings.ToLower(fn.Name.Name), "bad")
				if name := funcName(fn); bad != labelled[name] {
					tb.Errorf("%s: %s: the name and the labels of the function disagree", filename, name)
				}
				delete(labelled, funcName(fn))
			}
		}
		delete(labelled, "") // labels outside of all functions
	}
	return all
}

// A Score counts how the findings in one family compare with its labels.
type Score struct{ Wanted, Found, Unexpected int }

// Compare lists, sorted, the findings without label in the given families and
// the labels without finding, and counts them by family. Where not all
// analyzers ran, only the labels for those that did are looked at, and a label
// that leaves open whose the finding is may go without.
func (run *Run) Compare(tb testing.TB) (unexpected, missing []string, scores map[string]*Score) {
	tb.Helper()
	scores = make(map[string]*Score)
	score := func(family string) *Score {
		if scores[family] == nil {
			scores[family] = new(Score)
		}
		return scores[family]
	}
	type place struct {
		file string
		line int
	}
	open := make(map[place][]label)
	for _, pkg := range run.Packages {
		for _, l := range run.labels(tb, pkg) {
			at := place{l.File, l.Line}
			open[at] = append(open[at], l)
		}
	}
	for _, f := range run.Findings {
		at := place{f.File, f.Line}
		i := slices.IndexFunc(open[at], func(l label) bool { return slices.Contains(l.Analyzers, f.Analyzer) })
		if i < 0 {
			score(f.Family).Unexpected++
			unexpected = append(unexpected, f.String())
			continue
		}
		open[at] = slices.Delete(open[at], i, i+1)
		score(f.Family).Wanted++
		score(f.Family).Found++
	}
	for _, labels := range open {
		for _, l := range labels {
			if run.covers(l) {
				score(l.Family).Wanted++
				missing = append(missing, l.String())
			}
		}
	}
	slices.Sort(missing)
	return unexpected, missing, scores
}

// covers reports whether the analyzers that ran must have found what l wants.
func (run *Run) covers(l label) bool {
	for _, name := range l.Analyzers {
		if !slices.ContainsFunc(run.analyzers, func(a *analysis.Analyzer) bool { return a.Name == name }) {
			return false
		}
	}
	return true
}

// Test runs one analyzer over families of the corpus and fails t for every
// finding that has no label there, and for every label that has no finding.
func Test(t *testing.T, analyzer *analysis.Analyzer, families ...string) {
	t.Helper()
	run := Analyze(t, []*analysis.Analyzer{analyzer}, nil, families...)
	unexpected, missing, _ := run.Compare(t)
	for _, f := range unexpected {
		t.Errorf("unexpected: %s", f)
	}
	for _, l := range missing {
		t.Errorf("missing:    %s", l)
	}
}

// Count counts the functions of a family that are called bad and those that are
// called ok.
func (run *Run) Count(family string) (bad, ok int) {
	for _, pkg := range run.Packages {
		for _, file := range pkg.Syntax {
			if familyOf(run.relative(pkg.Fset.Position(file.FileStart).Filename)) != family {
				continue
			}
			for _, decl := range file.Decls {
				if fn, isFunc := decl.(*ast.FuncDecl); isFunc {
					switch name := strings.ToLower(fn.Name.Name); {
					case strings.HasPrefix(name, "bad"):
						bad++
					case strings.HasPrefix(name, "ok"):
						ok++
					}
				}
			}
		}
	}
	return bad, ok
}

// Filename is the path of a corpus file in the file system.
func (run *Run) Filename(file string) string { return path.Join(run.root, source, file) }
