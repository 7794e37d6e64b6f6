package revleak_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/revleak"
)

func Test(t *testing.T) { corpus.CheckFamily(t, revleak.Analyzer) }
