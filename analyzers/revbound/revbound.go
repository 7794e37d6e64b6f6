package revbound

import (
	_ "embed"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine"
)

//go:embed doc.go
var doc string

// Analyzer reports the engine's findings of this kind; see the package documentation.
var Analyzer = engine.NewCheck(diag.NewOptions(), engine.Analyzer, "revbound", diag.Doc(doc, "revbound"))
