package revuse

import (
	_ "embed"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/loan"
)

//go:embed doc.go
var doc string

// Analyzer reports the engine's findings of this kind; see the package documentation.
var Analyzer = diag.Analyzer("revuse", doc, loan.Analyzer, func(r any) []diag.Finding { return r.(*loan.Result).Findings })
