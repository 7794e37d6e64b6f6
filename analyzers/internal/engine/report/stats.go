package report

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// A Verdict is the answer to one look at a loan, worse ones greater.
type Verdict uint8

const (
	None     Verdict = iota // not on any loan
	Proved                  // it is right on all paths
	Unknown                 // some part of the argument is not certain
	Violated                // it is certainly wrong on a path
)

// Stats counts the accesses of a package by what could be said of them.
type Stats struct {
	Proved   int            `json:"proved"`
	Violated int            `json:"violated"`
	Unknown  int            `json:"unknown"`
	Reasons  map[string]int `json:"reasons,omitempty"` // why unknown
}

// Add adds the figures of t.
func (s *Stats) Add(t Stats) {
	s.Proved += t.Proved
	s.Violated += t.Violated
	s.Unknown += t.Unknown
	for r, n := range t.Reasons {
		s.count(r, n)
	}
}

// GiveUp counts something that was not looked at, for a reason.
func (s *Stats) GiveUp(reason string) {
	s.Unknown++
	s.count(reason, 1)
}

func (s *Stats) count(reason string, n int) {
	if s.Reasons == nil {
		s.Reasons = make(map[string]int)
	}
	s.Reasons[reason] += n
}

// A Tally is what was said of the accesses of one function: of each the
// worst, over all paths that reach it.
type Tally struct {
	Sites []ssa.Instruction // in the order in which they were reached
	Said  map[ssa.Instruction]Judgement
	// Besides has what is unknown of an access that is said to be of what may be
	// nil: where it is not nil, it is an access still.
	Besides map[ssa.Instruction]Judgement
	Ends    map[*domain.Loan][]End // where each loan ends, on some path
}

// An End is where a loan ends, and what ends it.
type End struct {
	Pos token.Pos
	By  string
}

// End notes that l ends at pos.
func (t *Tally) End(l *domain.Loan, pos token.Pos, by string) {
	if t.Ends == nil {
		t.Ends = make(map[*domain.Loan][]End)
	}
	if e := (End{pos, by}); pos.IsValid() && !slices.Contains(t.Ends[l], e) {
		t.Ends[l] = append(t.Ends[l], e)
	}
}

// A Judgement is the verdict on one access, and what it rests on.
type Judgement struct {
	Verdict  Verdict
	Reason   string       // why it is unknown, one of a closed list: see docs/engine.md
	Loan     *domain.Loan // nil where it is not known which
	Analyzer string       // whose question it is, where that is not revuse's
	Nil      bool         // it is violated because what is looked at may be nil
}

// AfterFinding is the reason that nothing is said of what was reported before.
const AfterFinding = "an earlier finding concerns it"

// TooComplex is the reason that nothing is known of a function that takes too many
// steps, or to its callers of one that has too many ways out.
const TooComplex = "too complex"

// Count adds the judgement of the access at site, unless a worse one was counted.
func (t *Tally) Count(site ssa.Instruction, j Judgement) {
	if t.Said == nil {
		t.Said = make(map[ssa.Instruction]Judgement)
	}
	have, ok := t.Said[site]
	if !ok {
		t.Sites = append(t.Sites, site)
	}
	for _, pair := range [][2]Judgement{{have, j}, {j, have}} {
		if pair[0].Verdict == Violated && pair[0].Nil && pair[1].Verdict == Unknown {
			if t.Besides == nil {
				t.Besides = make(map[ssa.Instruction]Judgement)
			}
			if had, ok := t.Besides[site]; !ok || had.Reason == AfterFinding {
				t.Besides[site] = pair[1]
			}
		}
	}
	if j.Verdict > have.Verdict || j.Verdict == Violated && have.Nil && !j.Nil {
		t.Said[site] = j
	}
}

// Stats counts what was said.
func (t *Tally) Stats() (s Stats) {
	for _, j := range t.Said {
		switch j.Verdict {
		case Proved:
			s.Proved++
		case Violated:
			s.Violated++
		case Unknown:
			s.GiveUp(j.Reason)
		}
	}
	return s
}
