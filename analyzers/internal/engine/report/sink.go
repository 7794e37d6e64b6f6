package report

import (
	"cmp"
	"go/token"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// A Sink collects what the rules find wrong on the paths of one function. What people
// see of it is chosen when all paths are known, by an order of what was found and not of
// when, so it does not hang on the order in which paths are executed.
type Sink struct{ found []violation }

// A violation is a finding, and the loan that it is about; nil where it is about none.
type violation struct {
	diag.Finding
	loan *domain.Loan
}

// Add adds a finding about l, which may be nil.
func (s *Sink) Add(l *domain.Loan, f diag.Finding) {
	v := violation{f, l}
	if !slices.ContainsFunc(s.found, func(w violation) bool { return v.compare(w) == 0 }) {
		s.found = append(s.found, v)
	}
}

// Has reports whether analyzer found something at pos.
func (s *Sink) Has(analyzer string, pos token.Pos) bool {
	return slices.ContainsFunc(s.found, func(v violation) bool { return v.Analyzer == analyzer && v.Pos == pos })
}

// Findings are those that people see, in order of position: of each analyzer one at each
// place, about the loan that began first.
func (s *Sink) Findings() []diag.Finding {
	slices.SortStableFunc(s.found, violation.compare)
	var out []diag.Finding
	for i, v := range s.found {
		if i == 0 || v.Pos != s.found[i-1].Pos || v.Analyzer != s.found[i-1].Analyzer {
			out = append(out, v.Finding)
		}
	}
	return out
}

// compare orders by place, analyzer, where the loan began, and words.
func (v violation) compare(w violation) int {
	return cmp.Or(cmp.Compare(v.Pos, w.Pos), cmp.Compare(v.Analyzer, w.Analyzer),
		compareLoans(v.loan, w.loan), cmp.Compare(v.Message, w.Message),
		slices.CompareFunc(v.Related, w.Related, func(a, b diag.Related) int {
			return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Message, b.Message))
		}))
}

// compareLoans orders loans by where they began, then by which was met first; no loan comes first.
func compareLoans(a, b *domain.Loan) int {
	switch {
	case a == b:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Id, b.Id))
}
