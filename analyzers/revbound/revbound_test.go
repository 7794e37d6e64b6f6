package revbound_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/revbound"
)

func Test(t *testing.T) { corpus.CheckFamily(t, revbound.Analyzer) }
