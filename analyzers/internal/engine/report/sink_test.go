package report

import (
	"reflect"
	"slices"
	"testing"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// In whatever order things are found, people see the same: one of each analyzer at each
// place, about the loan that began first.
func TestSink(t *testing.T) {
	first, second := &domain.Loan{Id: 2, Pos: 10}, &domain.Loan{Id: 1, Pos: 20}
	found := []violation{
		{diag.Finding{Analyzer: "revuse", Pos: 50, Message: "b is used"}, second},
		{diag.Finding{Analyzer: "revuse", Pos: 50, Message: "a is used"}, first},
		{diag.Finding{Analyzer: "revuse", Pos: 50, Message: "a is used", Related: []diag.Related{{Pos: 30, Message: "Release ends it here"}}}, first},
		{diag.Finding{Analyzer: "revnil", Pos: 50, Message: "a may be nil"}, first},
		{diag.Finding{Analyzer: "revuse", Pos: 40, Message: "a is used"}, first},
		{diag.Finding{Analyzer: "revrelease", Pos: 40, Message: "nothing to release"}, nil},
		{diag.Finding{Analyzer: "revuse", Pos: 40, Message: "a is used"}, first},
	}
	want := []diag.Finding{
		{Analyzer: "revrelease", Pos: 40, Message: "nothing to release"},
		{Analyzer: "revuse", Pos: 40, Message: "a is used"},
		{Analyzer: "revnil", Pos: 50, Message: "a may be nil"},
		{Analyzer: "revuse", Pos: 50, Message: "a is used"},
	}
	for i := range found {
		var s Sink
		for _, v := range slices.Concat(found[i:], found[:i]) {
			s.Add(v.loan, v.Finding)
		}
		if got := s.Findings(); !reflect.DeepEqual(got, want) {
			t.Errorf("from the %d. on: %v, want %v", i, got, want)
		}
	}
}
