package revbound_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/internal/diag"
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
	defer func(hints bool) { diag.Hints = hints }(diag.Hints)
	diag.Hints = true
	corpus.Check(t, hinted, revbound.Analyzer)
}
