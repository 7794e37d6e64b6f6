package rules

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
)

// answersOtherHalf reports the release of l by c where l is one half of a sync.RWMutex, and c the unlock of the
// other half: the program dies of that, unless somebody else has the other half, who loses it.
func (in *Rules) answersOtherHalf(st *domain.State, l *domain.Loan, c *interp.CallSite, stand domain.Standing) bool {
	f, ok := c.Obj.(*types.Func)
	if !ok || stand.Unsure || slices.ContainsFunc(in.GuardsOf(l), (*domain.Symbol).IsElement) {
		return false
	}
	reads := strings.HasSuffix(l.What, "RLock")
	if reads && f.FullName() != "(*sync.RWMutex).Unlock" || !reads && f.FullName() != "(*sync.RWMutex).RUnlock" {
		return false
	}
	for _, g := range in.GuardsOf(l) {
		if len(in.GuardedBy(st, g)) > 1 { // it was locked more than once
			return false
		}
	}
	pos, end := in.releasePos(c)
	in.Sink.Add(l, diag.Finding{
		Analyzer: "revrelease", Pos: pos, End: end,
		Message: fmt.Sprintf("%s began with %s, which %s does not answer", report.GuardName(l), l.What, f.Name()),
		Related: []diag.Related{report.Began(l)},
	})
	in.Mark(st, l, stand)
	return true
}
