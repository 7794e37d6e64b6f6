package revbound_test

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/revbound"
)

func Test(t *testing.T) { corpus.CheckFamily(t, revbound.Analyzer) }

// TestHints compares the hints with the labels, and checks that there are none
// where they are not asked for.
func TestHints(t *testing.T) {
	hinted := corpus.Load(t, nil, "../../analyzers/revbound/testdata/hinted")
	for _, f := range hinted.Findings(t, revbound.Analyzer) {
		t.Errorf("without -hints: %v", f)
	}
	asked := analyzers.NewOptions()
	asked.Hints = true
	checks := analyzers.New(asked).Checks
	i := slices.IndexFunc(checks, func(a *analysis.Analyzer) bool { return a.Name == revbound.Analyzer.Name })
	corpus.Check(t, hinted, checks[i])
}
