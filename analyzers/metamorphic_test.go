package analyzers_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/corpus"
)

// TestMetamorphic rewrites the corpus into programs that do the same, and
// compares what is found in each function: right or wrong, it must not change.
func TestMetamorphic(t *testing.T) {
	original := corpus.Load(t, nil)
	before := original.Verdicts(original.Findings(t, analyzers.All...))
	if len(before) == 0 {
		t.Fatal("nothing was found in the corpus, so nothing can change")
	}
	for _, rewrite := range corpus.Rewrites {
		t.Run(rewrite.Name, func(t *testing.T) {
			rewritten := original.Rewrite(t, rewrite)
			after := rewritten.Verdicts(rewritten.Findings(t, analyzers.All...))
			for _, v := range slices.Sorted(maps.Keys(before)) {
				if !after[v] {
					t.Errorf("lost:   %s", v)
				}
			}
			for _, v := range slices.Sorted(maps.Keys(after)) {
				if !before[v] {
					t.Errorf("gained: %s", v)
				}
			}
		})
	}
}
