package revwait_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/revwait"
)

func Test(t *testing.T) { corpus.CheckFamily(t, revwait.Analyzer) }
