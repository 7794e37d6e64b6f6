package rules

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
)

// What cannot be proved: counted, and worded for -strict.

// Unproved are the accesses that could not be proved: with -strict they are reported, but where the same question
// has its finding already.
func (in *Rules) Unproved() []diag.Finding {
	t := in.Tally
	var out []diag.Finding
	for _, site := range t.Sites {
		j := t.Said[site]
		if j.Verdict == report.Unknown {
			if f := in.unproved(site, j); !in.Sink.Has(f.Analyzer, f.Pos) {
				out = append(out, f)
			}
		}
		if j, ok := t.Besides[site]; ok && j.Reason != report.AfterFinding && t.Said[site].Nil {
			out = append(out, in.unproved(site, j))
		}
	}
	return out
}

// unproved words the answer that nothing could be proved of the access at site.
func (in *Rules) unproved(site ssa.Instruction, j report.Judgement) diag.Finding {
	f := diag.Finding{Analyzer: "revuse", Unproved: true}
	f.Pos, f.End = in.Names.Start(site)
	name := in.Names.At(site)
	if j.Loan != nil {
		f.Related = []diag.Related{report.Began(j.Loan)}
		in.widen(f.Related)
		if name == "" || j.Analyzer != "" {
			name = j.Loan.Subject()
		}
	}
	if name == "" {
		name = "this"
	}
	what := "%s cannot be proved to be accessible here: %s"
	switch j.Analyzer {
	case "revleak":
		what = "the access to %s cannot be proved to be released on every path: %s"
	case "revrelease":
		what = "the access to %s cannot be proved to be there to be released: %s"
	case "revwait":
		what = "the access to %s cannot be proved to have ended where it is waited for: %s"
	case "revescape":
		what = "%s cannot be proved not to outlive its access: %s"
	}
	f.Message = fmt.Sprintf(what, name, j.Reason)
	if cure := report.Cure(j.Reason); cure != "" {
		f.Related = append(f.Related, diag.Related{Pos: f.Pos, End: f.End, Message: "to have it proved: " + cure})
	}
	if j.Analyzer != "" {
		f.Analyzer = j.Analyzer
	}
	if j.Loan != nil {
		f.Analyzer = report.AnalyzerFor(j.Loan, f.Analyzer)
	}
	return f
}

// doubt counts that nothing can be said of what site does with l, a question of
// the analyzer's.
func (in *Rules) doubt(st *domain.State, site ssa.Instruction, l *domain.Loan, analyzer string) {
	if site != nil {
		in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: in.why(st, l), Loan: l, Analyzer: analyzer})
	}
}

// DoubtGiven counts that what site gives, and is owed, is not followed.
func (in *Rules) DoubtGiven(site ssa.Instruction) {
	in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: HandedOn, Analyzer: "revleak"})
}

// Untold counts that callers are not told that l is theirs to release: the function has too
// many ways out.
func (in *Rules) Untold(l *domain.Loan) {
	if site, ok := l.Key.Site.(ssa.Instruction); ok {
		in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: report.TooComplex, Loan: l, Analyzer: "revleak"})
	}
}

// DoubtLeak counts that l, which is owed, has got where its release is not seen.
func (in *Rules) DoubtLeak(st *domain.State, l *domain.Loan) {
	if site, ok := l.Key.Site.(ssa.Instruction); ok {
		in.doubt(st, site, l, "revleak")
	}
}
