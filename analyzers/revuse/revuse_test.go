package revuse_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/revuse"
)

func Test(t *testing.T) { corpus.CheckFamily(t, revuse.Analyzer) }
