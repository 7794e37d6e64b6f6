package revnil_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/revnil"
)

func Test(t *testing.T) { corpus.CheckFamily(t, revnil.Analyzer) }
