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
	before := original.Verdicts(original.Findings(t, analyzers.All...))[""]
	if len(before) == 0 {
		t.Fatal("nothing was found in the corpus, so nothing can change")
	}
	rewritten := original.Rewritten(t, corpus.Rewrites...)
	after := rewritten.Verdicts(rewritten.Findings(t, analyzers.All...))
	for _, rewrite := range corpus.Rewrites {
		t.Run(rewrite.Name, func(t *testing.T) {
			differ := func(what string, in, from map[string]bool) {
				for _, v := range slices.Sorted(maps.Keys(in)) {
					if !from[v] {
						t.Errorf("%s %s", what, v)
					}
				}
			}
			differ("lost  ", before, after[rewrite.Name])
			differ("gained", after[rewrite.Name], before)
		})
	}
}
