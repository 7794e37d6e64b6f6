package report

import (
	"fmt"
	"go/token"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// AnalyzerFor is the analyzer that a violation of kind name belongs to: what
// a token, or what was had by it, does beyond its callback is revbound's.
func AnalyzerFor(l *domain.Loan, name string) string {
	if l.Token {
		return "revbound"
	}
	return name
}

// Began tells where the access began.
func Began(l *domain.Loan) diag.Related {
	switch l.Kind {
	case domain.Scoped:
		return diag.Related{Pos: l.Pos, Message: fmt.Sprintf("%s is lent to this function until it returns", l.Subject())}
	case domain.Lent:
		return diag.Related{Pos: l.Pos, Message: fmt.Sprintf("%s is lent here, with %s", l.Subject(), l.What)}
	case domain.Borrowed:
		return diag.Related{Pos: l.Pos, Message: fmt.Sprintf("%s is borrowed here, by %s", l.Subject(), l.What)}
	}
	return diag.Related{Pos: l.Pos, Message: fmt.Sprintf("the access to %s begins here, with %s", l.Subject(), l.What)}
}

// Over tells where a loan ended, if that is known.
func Over(stand domain.Standing) []diag.Related {
	if stand.Ended == token.NoPos {
		return nil
	}
	return []diag.Related{{Pos: stand.Ended, Message: fmt.Sprintf("%s ends it here", stand.EndedBy)}}
}

// GuardName is what messages call what l owes.
func GuardName(l *domain.Loan) string {
	if l.Name != "" && l.Name != "_" {
		return "the access to " + l.Name
	}
	return "the access that " + l.What + " gave"
}
