package front

import (
	"encoding/json"
)

// A Verdict is the answer to one access.
type Verdict int

// The verdicts, as units tell them.
const (
	Proved Verdict = iota + 1
	Unknown
	Violated
)

func (v Verdict) String() string {
	return map[Verdict]string{Proved: "proved", Unknown: "unknown", Violated: "violated"}[v]
}

// An Access is one look at what is on loan, with its answer.
type Access struct {
	Span
	Name     string
	Verdict  Verdict
	Reason   string // why it is unknown
	Cure     string // what would make it proved; "" if nobody knows
	Analyzer string // whose question it is
	Loan     *Loan  // nil where it is not known which
}

// A Loan is what is known of something on loan.
type Loan struct {
	Span               // where it begins
	Began    string    // how, in a sentence
	Subject  string    // what is on loan
	Contract string    // the directive; "" if there is none
	Source   string    // where the directive stands
	Ends     []Related // where it ends, on some path, and by what
	Lost     []Span    // where it goes to what is not followed
}

// A ContractCall is a call, or a function, that a contract is in force for.
type ContractCall struct {
	Span        // where it begins
	Declaration string
	Contracts   []string // the directives
	Source      string   // where they stand
}

// parseTold reads what a unit tells beside findings and figures.
func parseTold(s *packageStats, message string) {
	type place [5]int
	var t struct {
		Tests *packageStats
		Dir   string
		Off   []string
		Calls []struct {
			At, Declaration, Source string
			Contracts               []string
		}
		Files []string
		Loans []struct {
			At                               place
			Began, Subject, Contract, Source string
			Ends                             []struct {
				At place
				By string
			}
			Lost []place
		}
		Accesses []struct {
			At   place
			Name string
			Is   Verdict
			Why  string
			By   string
			Loan int
		}
		Cures map[string]string
	}
	if err := json.Unmarshal([]byte(message), &t); err != nil {
		return // the figures say so
	}
	span := func(p place) Span {
		s := Span{Line: p[1], Column: p[2], EndLine: p[3], EndColumn: p[4]}
		if p[0] < len(t.Files) {
			s.File = t.Files[p[0]]
		}
		return s
	}
	var loans []*Loan
	for _, l := range t.Loans {
		loan := &Loan{Span: span(l.At), Began: l.Began, Subject: l.Subject, Contract: l.Contract, Source: l.Source}
		for _, e := range l.Ends {
			loan.Ends = append(loan.Ends, Related{e.By, span(e.At)})
		}
		for _, p := range l.Lost {
			loan.Lost = append(loan.Lost, span(p))
		}
		loans = append(loans, loan)
	}
	for _, a := range t.Accesses {
		access := &Access{Span: span(a.At), Name: a.Name, Verdict: a.Is, Reason: a.Why, Cure: t.Cures[a.Why], Analyzer: a.By}
		if 0 <= a.Loan && a.Loan < len(loans) {
			access.Loan = loans[a.Loan]
		}
		s.told = append(s.told, access)
	}
	for _, c := range t.Calls {
		s.calls = append(s.calls, &ContractCall{parseSpan(c.At, ""), c.Declaration, c.Contracts, c.Source})
	}
	s.off, s.dir, s.tests = t.Off, t.Dir, t.Tests
}
