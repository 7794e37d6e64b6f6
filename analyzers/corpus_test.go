package analyzers_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/corpus"
)

// TestCorpus compares what all analyzers together find in testdata/src with
// the labels there; -corpus.family chooses families. Each state on the way is checked, and
// the laws of merging are tried on some of the pairs that are merged: what breaks them
// makes the engine panic.
func TestCorpus(t *testing.T) {
	checked := analyzers.NewOptions()
	checked.Sanity = true
	corpus.Check(t, corpus.Load(t, nil), analyzers.New(checked).Checks...)
}
