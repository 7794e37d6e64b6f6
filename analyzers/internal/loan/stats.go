package loan

import (
	"encoding/json"
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/diag"
)

// A verdict is the answer to one look at a loan, worse ones greater.
type verdict uint8

const (
	none verdict = iota // not on any loan
	proved
	unknown
	violated
)

// Stats counts the accesses of a package by what could be said of them.
type Stats struct {
	Proved   int            `json:"proved"`
	Violated int            `json:"violated"`
	Unknown  int            `json:"unknown"`
	Reasons  map[string]int `json:"reasons,omitempty"` // why unknown
}

// add adds the figures of t.
func (s *Stats) add(t Stats) {
	s.Proved += t.Proved
	s.Violated += t.Violated
	s.Unknown += t.Unknown
	for r, n := range t.Reasons {
		s.count(r, n)
	}
}

// giveUp counts something that was not looked at, for a reason.
func (s *Stats) giveUp(reason string) {
	s.Unknown++
	s.count(reason, 1)
}

func (s *Stats) count(reason string, n int) {
	if s.Reasons == nil {
		s.Reasons = make(map[string]int)
	}
	s.Reasons[reason] += n
}

// A tally is what was said of the accesses of one function: of each the
// worst, over all paths that reach it.
type tally struct {
	sites []ssa.Instruction // in the order in which they were reached
	said  map[ssa.Instruction]judgement
}

type judgement struct {
	verdict verdict
	reason  string
	loan    *loan
}

func (t *tally) count(site ssa.Instruction, j judgement) {
	if t.said == nil {
		t.said = make(map[ssa.Instruction]judgement)
	}
	have, ok := t.said[site]
	if !ok {
		t.sites = append(t.sites, site)
	}
	if j.verdict > have.verdict {
		t.said[site] = j
	}
}

func (t *tally) stats() (s Stats) {
	for _, j := range t.said {
		switch j.verdict {
		case proved:
			s.Proved++
		case violated:
			s.Violated++
		case unknown:
			s.giveUp(j.reason)
		}
	}
	return s
}

// findings are the accesses that could not be proved: with -strict they are reported.
func (t *tally) findings(in *interpreter) []finding {
	var out []finding
	for _, site := range t.sites {
		j := t.said[site]
		if j.verdict != unknown {
			continue
		}
		pos, end := in.names.start(site)
		name := in.names.at(site)
		if name == "" {
			name = j.loan.subject()
		}
		out = append(out, finding{
			Analyzer: analyzerFor(j.loan, "revuse"), Pos: pos, End: end,
			Message:  fmt.Sprintf("%s cannot be proved to be accessible here: %s", name, j.reason),
			Related:  []diag.Related{j.loan.began()},
			Unproved: true,
		})
	}
	return out
}

// StatsAnalyzer tells drivers the Stats of a package: with -stats it reports
// them as JSON, at the package clause. It cannot be called "stats", for
// unitchecker makes a flag of every analyzer's name.
var StatsAnalyzer = &analysis.Analyzer{
	Name:     "statistics",
	Doc:      "count the accesses that were proved, violated and unknown (with -stats)",
	Requires: []*analysis.Analyzer{Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		if !diag.Stats || len(pass.Files) == 0 {
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
