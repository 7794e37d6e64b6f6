package report

import (
	"cmp"
	"go/token"
	"slices"
)

// An Access is one look at what is on loan, with its answer, for people who ask
// why.
type Access struct {
	Pos, End token.Pos
	Name     string // what is looked at
	Verdict  Verdict
	Reason   string // why it is unknown
	Analyzer string // whose question it is
	Loan     *Story // nil where it is not known which
}

// A Story is what is known of one loan.
type Story struct {
	Pos, End token.Pos // where it begins
	Began    string    // how, in a sentence
	Subject  string    // what is on loan
	Contract string    // the directive; "" if there is none
	Source   string    // where the directive stands
	Ends     []End     // where it ends, on some path
	Lost     []token.Pos
}

// Accesses sorts accesses by position, and of those at one place with one name
// keeps the worst: a function may be looked at more than once.
func Accesses(all []Access) []Access {
	slices.SortStableFunc(all, func(a, b Access) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Analyzer, b.Analyzer), -cmp.Compare(a.Verdict, b.Verdict))
	})
	return slices.CompactFunc(all, func(a, b Access) bool { return a.Pos == b.Pos && a.Name == b.Name && a.Analyzer == b.Analyzer })
}

// Cure says what would make proved what is unknown for the reason, in words that
// somebody can act on; "" for a reason that is not known here.
func Cure(reason string) string { return cures[reason] }

// cures has every reason in the table of docs/engine.md, which has the same words.
var cures = map[string]string{
	"its guard was handed on":                        "give what it was handed to a contract (release, move or scoped), or release it here",
	"it is one of several values":                    "use each value in the branch that knows which one it is",
	"it is of an earlier round of a loop":            "use and release it in the same round, in a function of its own",
	"paths or code out of sight may have ended it":   "look at it before that code runs, or give the callee a contract",
	"it is not known where it comes from":            "acquire it in this function, or take it as a parameter and release it in the caller",
	"an earlier finding concerns it":                 "mend the earlier finding first",
	"too complex":                                    "divide the function",
	"a callee may look at it after it was released":  "release it after the call, or copy what the callee needs",
	"its owner may be another":                       "take it and give it back through one variable",
	"it is nil on this path":                         "test it for nil first, or leave this path before the look",
	"it is not checked, and a callee may look at it": "check it before the call",
}
