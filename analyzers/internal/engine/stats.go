package engine

import (
	"encoding/json"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/diag"
)

// StatsAnalyzer tells drivers the Stats of a package: with -stats it reports
// them as JSON, at the package clause. It cannot be called "stats", for
// unitchecker makes a flag of every analyzer's name.
var StatsAnalyzer = &analysis.Analyzer{
	Name:     "statistics",
	Doc:      "count the accesses that were proved, violated and unknown (with -stats)",
	Requires: []*analysis.Analyzer{Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		if !diag.Stats && !diag.Everything || len(pass.Files) == 0 {
			return nil, nil
		}
		text, err := json.Marshal(pass.ResultOf[Analyzer].(*Result).Stats)
		if err != nil {
			return nil, err
		}
		pass.Report(analysis.Diagnostic{Pos: pass.Files[0].Name.Pos(), Category: "stats", Message: string(text) + " (stats)"})
		return nil, nil
	},
}
