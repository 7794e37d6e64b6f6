package engine

import (
	"encoding/json"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
)

// StatsAnalyzer tells drivers the Stats of a package: with -stats it reports
// them as JSON, at the package clause; with -everything also the packages,
// imported here, for which the catalogue has contracts that are off. It cannot be called "stats", for
// unitchecker makes a flag of every analyzer's name.
var StatsAnalyzer = &analysis.Analyzer{
	Name:     "statistics",
	Doc:      "count the accesses that were proved, violated and unknown (with -stats)",
	Requires: []*analysis.Analyzer{Analyzer, contract.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		if !diag.Stats && !diag.Everything || len(pass.Files) == 0 {
			return nil, nil
		}
		out := struct {
			report.Stats
			Off []string `json:"off,omitempty"`
		}{Stats: pass.ResultOf[Analyzer].(*Result).Stats}
		if diag.Everything {
			out.Off = pass.ResultOf[contract.Analyzer].(*contract.Set).Off()
		}
		text, err := json.Marshal(out)
		if err != nil {
			return nil, err
		}
		pass.Report(analysis.Diagnostic{Pos: pass.Files[0].Name.Pos(), Category: "stats", Message: string(text) + " (stats)"})
		return nil, nil
	},
}
