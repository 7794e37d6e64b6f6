package revrelease_test

import (
	"testing"

	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/revrelease"
)

func Test(t *testing.T) { corpus.CheckFamily(t, revrelease.Analyzer) }
