package engine

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/calls"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
)

// accessesOf lists what the analysis of one function has said of each look at
// what is on loan. It is for modules under development alone: nobody asks of
// others.
func (e *engine) accessesOf(in *calls.Calls) []report.Access {
	if !isDeveloped(e.Pass) {
		return nil
	}
	stories := make(map[*domain.Loan]*report.Story)
	var out []report.Access
	for _, site := range in.Tally.Sites {
		for _, j := range []report.Judgement{in.Tally.Said[site], in.Tally.Besides[site]} {
			if j.Verdict == report.None {
				continue
			}
			a := report.Access{Name: e.Names.At(site), Verdict: j.Verdict, Reason: j.Reason, Analyzer: j.Analyzer}
			if j.Verdict != report.Unknown {
				a.Reason = ""
			}
			if a.Analyzer == "" {
				a.Analyzer = "revuse"
			}
			a.Pos, a.End = e.Names.Start(site)
			if l := j.Loan; l != nil {
				if stories[l] == nil {
					stories[l] = e.story(in, l)
				}
				a.Loan = stories[l]
				a.Analyzer = report.AnalyzerFor(l, a.Analyzer)
				if a.Name == "" || j.Analyzer != "" {
					a.Name = l.Subject()
				}
			}
			out = append(out, a)
		}
	}
	return out
}

// isDeveloped reports whether the package is of a module under development.
func isDeveloped(pass *analysis.Pass) bool {
	m := pass.Module
	return m != nil && m.Path != "" && m.Version == ""
}

// story tells of a loan where it begins and ends, and by which contract.
func (e *engine) story(in *calls.Calls, l *domain.Loan) *report.Story {
	began := report.Began(l)
	s := &report.Story{Pos: began.Pos, End: began.End, Began: began.Message, Subject: l.Subject()}
	for _, end := range in.Tally.Ends[l] {
		if call := e.Names.Index(end.Pos).Calls[end.Pos]; call != nil {
			end.Pos = call.Pos()
		}
		s.Ends = append(s.Ends, end)
	}
	for _, site := range in.Lost[l] {
		if pos, _ := e.Names.Start(site); pos.IsValid() {
			s.Lost = append(s.Lost, pos)
		}
	}
	site, ok := l.Key.Site.(ssa.CallInstruction)
	if !ok {
		return s
	}
	s.Pos, s.End = e.Names.Start(site)
	obj := calledObject(site.Common())
	ct := e.Contracts.Of(obj)
	if ct == nil || l.Key.Claim >= len(ct.Origin.Directives) || l.Key.Variant != "" {
		return s
	}
	d := ct.Origin.Directives[l.Key.Claim]
	s.Contract = d.Text
	s.Source = ct.Origin.Place(obj, d.Line)
	return s
}
