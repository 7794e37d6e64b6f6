package checks

import (
	"fmt"
	"go/parser"
	"os"
	"strings"
	"testing"

	"github.com/revlint/revlint/analyzers"
)

// Every analyzer has its documentation, with code that is Go before and after.
func TestDocumentation(t *testing.T) {
	if len(All) != len(analyzers.All) || len(rest) != len(All) {
		t.Fatalf("%d checks, %d with examples, of %d analyzers", len(All), len(rest), len(analyzers.All))
	}
	for i, c := range All {
		if c.Analyzer.Analyzer != analyzers.All[i] || Of(analyzers.All[i]) != c {
			t.Errorf("%d: %s", i, c.Analyzer.Analyzer.Name)
		}
		d := c.Doc.Compile()
		if !strings.HasPrefix(d.Title, "check that ") || d.Text == "" {
			t.Errorf("%s: %q", c.Analyzer.Analyzer.Name, d.Title)
		}
		for _, code := range []string{d.Before, d.After} {
			if _, err := parser.ParseExpr("func() {\n" + code + "\n}"); err != nil || code == "" {
				t.Errorf("%s: %v in\n%s", c.Analyzer.Analyzer.Name, err, code)
			}
		}
	}
}

// The README has the titles.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	table := "| analyzer | checks | `-fix` |\n|---|---|---|\n"
	for _, c := range All {
		table += fmt.Sprintf("| `%s` | %s | %s |\n", c.Analyzer.Analyzer.Name, strings.TrimPrefix(c.Doc.Title, "check "), c.Fix)
	}
	if !strings.Contains(string(readme), table) {
		t.Errorf("README.md has not this table:\n%s", table)
	}
}
