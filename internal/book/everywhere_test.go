package book

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/checks"
)

// Every analyzer stands everywhere it must: whoever adds one finds out here where it is missing.
func TestEveryAnalyzer(t *testing.T) {
	for _, a := range analyzers.All {
		for _, place := range []struct{ file, text string }{
			{"README.md", "| `" + a.Name + "` |"},                        // the table
			{"README.md", "(" + a.Name + ")\n"},                          // the output
			{"docs/configuration.md", a.Name},                            // the list of names
			{"analyzers/" + a.Name + "/doc.go", "# Analyzer " + a.Name},  // its documentation
			{"examples/misuse/" + a.Name + ".go", "// want " + a.Name},   // its mistake
			{"examples/misuse/misuse_test.go", "\"" + a.Name + "\""},     // which is tested
			{"testdata/README.md", "(src/" + a.Name + ")"},               // its family
			{"docs/checks/" + a.Name + ".md", "# "},                      // its page, which the site has
			{"docs/checks/README.md", "(" + a.Name + ".md)"},             // and lists
			{"analyzers/" + a.Name + "/" + a.Name + "_test.go", "Check"}, // which is run
		} {
			if text, err := os.ReadFile(filepath.Join(root, place.file)); err != nil || !strings.Contains(string(text), place.text) {
				t.Errorf("%s is not in %s, where %q should stand", a.Name, place.file, place.text)
			}
		}
		if examples, err := filepath.Glob(filepath.Join(root, "testdata/examples", a.Name, "*")); err != nil || len(examples) == 0 {
			t.Errorf("%s has no example in testdata/examples", a.Name)
		}
		if !labelled(t, a.Name) {
			t.Errorf("testdata/src/%s has no label for %s", a.Name, a.Name)
		}
		for _, c := range checks.All {
			if c.Analyzer.Analyzer == a && (c.Doc.Before == "" || c.Doc.After == "") {
				t.Errorf("%s has no code before and after in analyzers/checks", a.Name)
			}
		}
	}
}

func labelled(t *testing.T, analyzer string) bool {
	files, err := filepath.Glob(filepath.Join(root, "testdata/src", analyzer, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "// want "+analyzer) {
			return true
		}
	}
	return false
}
