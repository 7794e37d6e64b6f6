// Package corpus runs analyzers over the labelled programs in testdata/src
// and compares what they find with the labels.
//
// A label stands at the end of a line and names the analyzers that must
// report there, once for each finding:
//
//	fmt.Println(res.value) // want revuse
//
// A line without a label must give nothing. Where something should be found and
// is not yet, the label is a known miss, with its reason above the function:
//
//	fmt.Println(res.value) // missed: revuse
//
// which fails, too, once it is found: then it is to become a want. A family is a package in
// testdata/src, or a folder of packages that import one another.
package corpus

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// source is the corpus, seen from the root of the module.
const source = "testdata/src"

var familyFlag = flag.String("corpus.family", "", "compare only the families whose name matches this `regexp`")

// A Corpus is a loaded set of labelled packages.
type Corpus struct {
	Packages []*packages.Package
	root     string // of the module
}

// Load loads the packages of the corpus in which the patterns, relative to
// testdata/src, say; without a pattern, those that -corpus.family chooses, or all. In overlay, keyed by
// absolute path, stands what is to be read in place of the files. A package
// that does not compile fails the test.
func Load(t testing.TB, overlay map[string][]byte, patterns ...string) *Corpus {
	t.Helper()
	root := moduleRoot(t)
	if len(patterns) == 0 {
		patterns = chosenFamilies(t, filepath.Join(root, source))
	}
	for i, p := range patterns {
		patterns[i] = "./" + source + "/" + p
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode:    packages.LoadAllSyntax | packages.NeedModule,
		Dir:     root,
		Overlay: overlay,
	}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		for _, err := range p.Errors {
			t.Errorf("%s does not compile: %v", p.PkgPath, err)
		}
	})
	if t.Failed() {
		t.FailNow()
	}
	if len(pkgs) == 0 {
		t.Fatalf("no packages match %v", patterns)
	}
	return &Corpus{Packages: pkgs, root: root}
}

func familyPattern(t testing.TB) *regexp.Regexp {
	t.Helper()
	chosen, err := regexp.Compile(*familyFlag)
	if err != nil {
		t.Fatalf("-corpus.family: %v", err)
	}
	return chosen
}

// chosenFamilies are the patterns of the families that are to be loaded.
func chosenFamilies(t testing.TB, source string) (patterns []string) {
	t.Helper()
	if *familyFlag == "" {
		return []string{"..."}
	}
	chosen := familyPattern(t)
	folders, err := os.ReadDir(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if f.IsDir() && chosen.MatchString(f.Name()) {
			patterns = append(patterns, f.Name()+"/...")
		}
	}
	if len(patterns) == 0 {
		t.Fatalf("-corpus.family: no family matches %s", chosen)
	}
	return patterns
}

// Findings runs the analyzers over the corpus and returns what they report,
// in order. An analyzer that fails fails the test.
func (c *Corpus) Findings(t testing.TB, analyzers ...*analysis.Analyzer) []Finding {
	t.Helper()
	graph, err := checker.Analyze(analyzers, c.Packages, nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []Finding
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%s on %s: %v", act.Analyzer.Name, act.Package.PkgPath, act.Err)
			continue
		}
		for _, d := range act.Diagnostics {
			pos := act.Package.Fset.Position(d.Pos)
			found = append(found, Finding{
				Place:   Place{File: c.shorten(pos.Filename), Line: pos.Line, Analyzer: act.Analyzer.Name},
				Message: d.Message,
			})
		}
	}
	sortFindings(found)
	return found
}

// Check runs the analyzers over the whole corpus and reports, in a sub-test
// for each family, every finding that no label wants and every wanted one that
// is not found. Labels of other analyzers are passed over.
func Check(t *testing.T, c *Corpus, analyzers ...*analysis.Analyzer) {
	t.Helper()
	known := make(map[string]bool)
	for _, a := range analyzers {
		known[a.Name] = true
	}
	misses := c.labels(t, missed, known)
	t.Logf("%d known misses", len(misses))
	compare(t, c.labels(t, want, known), c.Findings(t, analyzers...))
}

// CheckFamily checks one analyzer on the family of its name.
func CheckFamily(t *testing.T, a *analysis.Analyzer) {
	t.Helper()
	Check(t, Load(t, nil, a.Name+"/..."), a)
}

// compare reports in what the findings differ from those wanted.
func compare(t *testing.T, wanted, found []Finding) {
	t.Helper()
	chosen := familyPattern(t)
	var all tally
	for _, family := range sortedFamilies(wanted, found) {
		if !chosen.MatchString(family) {
			continue
		}
		t.Run(family, func(t *testing.T) {
			differences, count := difference(ofFamily(wanted, family), ofFamily(found, family))
			all.add(count)
			if len(differences) > 0 {
				t.Errorf("%v\n%s", count, strings.Join(differences, "\n"))
			}
		})
	}
	t.Logf("in all: %v", all)
}

// shorten makes a file name relative to the corpus.
func (c *Corpus) shorten(file string) string {
	if rel, err := filepath.Rel(filepath.Join(c.root, source), file); err == nil {
		return filepath.ToSlash(rel)
	}
	return file
}

// moduleRoot returns the folder of go.mod.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if strings.HasSuffix(dir, string(filepath.Separator)) {
			t.Fatal("no go.mod above the test")
		}
	}
}
