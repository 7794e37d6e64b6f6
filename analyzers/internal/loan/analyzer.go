package loan

import (
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/diag"
)

// Analyzer runs the engine once for a package; the analyzers that people see
// each report their part of its Result.
var Analyzer = &analysis.Analyzer{
	Name:       "loan",
	Doc:        "solve the loans of a package (the engine of revlint)",
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
}

// A Result is what the engine found out about one package.
type Result struct {
	Findings []diag.Finding // in order of position
}

func run(pass *analysis.Pass) (any, error) { return &Result{}, nil }
