package analyzers_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/corpus"
)

// TestCorpus compares what all analyzers together find in testdata/src with
// the labels there; -corpus.family chooses families.
func TestCorpus(t *testing.T) {
	corpus.Check(t, corpus.Load(t, nil), analyzers.All...)
}
