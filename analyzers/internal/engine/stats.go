package engine

import (
	"encoding/json"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
)

// NewStats makes the analyzer that tells drivers the Stats of a package: with -stats it reports
// them as JSON, at the package clause; with -everything all that is told, which
// has more. It cannot be called "stats", for unitchecker makes a flag of every
// analyzer's name.
func NewStats(o *diag.Options, engine, contracts *analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     "statistics",
		Doc:      "count the accesses that were proved, violated and unknown (with -stats)",
		Requires: []*analysis.Analyzer{engine, contracts},
		Run: func(pass *analysis.Pass) (any, error) {
			if !o.Stats && !o.Everything || len(pass.Files) == 0 {
				return nil, nil
			}
			text, err := json.Marshal(tell(o, pass, pass.ResultOf[engine].(*Result), pass.ResultOf[contracts].(*contract.Set)))
			if err != nil {
				return nil, err
			}
			pass.Report(analysis.Diagnostic{Pos: pass.Files[0].Name.Pos(), Category: "stats", Message: string(text) + " (stats)"})
			return nil, nil
		},
	}
}

// told is what drivers are told of a package beside findings. Places are file,
// line, column, end line and end column; the file is an index into Files.
type told struct {
	report.Stats
	Tests    report.Stats      `json:"tests"`         // what of Stats is of test files
	Dir      string            `json:"dir,omitempty"` // of the package
	Calls    []toldCall        `json:"calls,omitempty"`
	Off      []string          `json:"off,omitempty"` // packages, imported here, for which the catalogue has contracts that are off
	Files    []string          `json:"files,omitempty"`
	Loans    []toldLoan        `json:"loans,omitempty"`
	Accesses []toldAccess      `json:"accesses,omitempty"`
	Cures    map[string]string `json:"cures,omitempty"` // by reason
}

type toldAccess struct {
	At   [5]int         `json:"at"`
	Name string         `json:"name"`
	Is   report.Verdict `json:"is"`
	Why  string         `json:"why,omitempty"`
	By   string         `json:"by"`
	Loan int            `json:"loan"` // an index into Loans; -1: not known
}

type toldLoan struct {
	At       [5]int    `json:"at"`
	Began    string    `json:"began"`
	Subject  string    `json:"subject"`
	Contract string    `json:"contract,omitempty"`
	Source   string    `json:"source,omitempty"`
	Ends     []toldEnd `json:"ends,omitempty"`
	Lost     [][5]int  `json:"lost,omitempty"`
}

// A toldCall is a call, or a body, that a contract is in force for.
type toldCall struct {
	At          string   `json:"at"` // file:line:column
	Declaration string   `json:"declaration"`
	Contracts   []string `json:"contracts"`
	Source      string   `json:"source"`
}

type toldEnd struct {
	At [5]int `json:"at"`
	By string `json:"by"`
}

func tell(o *diag.Options, pass *analysis.Pass, result *Result, contracts *contract.Set) *told {
	t := &told{Stats: result.Stats}
	if !o.Everything {
		return t
	}
	t.Dir, t.Tests = o.Dir, result.Tests
	t.Off = contracts.Off()
	if isDeveloped(pass) {
		for _, c := range contracts.Covered() {
			t.Calls = append(t.Calls, toldCall(c))
		}
	}
	files := make(map[string]int)
	place := func(pos, end token.Pos) [5]int {
		if !end.IsValid() {
			end = diag.Extent(pass, pos)
		}
		p := pass.Fset.Position(pos)
		q := pass.Fset.Position(end)
		if q.Filename != p.Filename {
			q = p
		}
		if _, ok := files[p.Filename]; !ok {
			files[p.Filename] = len(t.Files)
			t.Files = append(t.Files, p.Filename)
		}
		return [5]int{files[p.Filename], p.Line, p.Column, q.Line, q.Column}
	}
	loans := make(map[*report.Story]int)
	for _, a := range result.Accesses {
		if !a.Pos.IsValid() || o.Skips(pass.Fset, a.Pos) {
			continue
		}
		out := toldAccess{At: place(a.Pos, a.End), Name: a.Name, Is: a.Verdict, Why: a.Reason, By: a.Analyzer, Loan: -1}
		if l := a.Loan; l != nil && l.Pos.IsValid() {
			if _, ok := loans[l]; !ok {
				loans[l] = len(t.Loans)
				loan := toldLoan{At: place(l.Pos, l.End), Began: l.Began, Subject: l.Subject, Contract: l.Contract, Source: l.Source}
				for _, e := range l.Ends {
					loan.Ends = append(loan.Ends, toldEnd{place(e.Pos, token.NoPos), e.By})
				}
				for _, pos := range l.Lost {
					loan.Lost = append(loan.Lost, place(pos, token.NoPos))
				}
				t.Loans = append(t.Loans, loan)
			}
			out.Loan = loans[l]
		}
		if cure := report.Cure(a.Reason); cure != "" {
			if t.Cures == nil {
				t.Cures = make(map[string]string)
			}
			t.Cures[a.Reason] = cure
		}
		t.Accesses = append(t.Accesses, out)
	}
	return t
}
