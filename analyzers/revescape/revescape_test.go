package revescape_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/revescape"
)

func Test(t *testing.T) { corpus.CheckFamily(t, revescape.Analyzer) }
