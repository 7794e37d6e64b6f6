package rules

import (
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/engine/source"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// LoanOf is the loan k; the first time, init describes it.
func (in *Rules) LoanOf(k domain.LoanKey, init func(*domain.Loan)) *domain.Loan {
	if l := in.Machine.Loans[k]; l != nil {
		return l
	}
	in.Nloans++
	l := &domain.Loan{Id: in.Nloans, Key: k}
	init(l)
	in.Machine.Loans[k] = l
	return l
}

// resultName is the name of the variable that holds a result of the call, for messages.
func (in *Rules) resultName(c *interp.CallSite, index int) string {
	return in.Names.Result(c.Instr, index)
}

// symbol names a parameter or field.
func (in *Rules) symbolName(s *domain.Symbol) string {
	switch s.Kind {
	case domain.SymParam:
		if p, ok := s.Key.Site.(*ssa.Parameter); ok {
			return p.Name()
		}
	case domain.SymContent:
		if a := s.Key.Base; a.Kind == domain.SymAddr {
			if f := gotypes.FieldOf(a.Key.Base.Typ, max(a.Key.Index, 0)); f != nil && a.Key.Index >= 0 {
				return f.Name()
			}
		}
	}
	if v, ok := s.Key.Site.(ssa.Value); ok {
		if c, ok := v.(ssa.CallInstruction); ok {
			return in.Names.Result(c, s.Key.Index)
		}
	}
	return ""
}

// Rules is what loans make of the program: what begins and ends them, what
// must not be done meanwhile, and what is left undone.
type Rules struct {
	*interp.Interp
	*Unit
	Found    []diag.Finding
	records  []*releaseRecord // in the order in which they were reached
	Tally    report.Tally
	Ranges   map[*domain.Symbol]RangeOf
	accounts domain.Table[*domain.Loan, *account]
	Ending   int // how many ends of loans are under way
}

// A Unit is the package under analysis, as the rules see it.
type Unit struct {
	Pass      *analysis.Pass
	Contracts *contract.Set
	Lendable  map[string]bool // the types of which something is on loan in this package
	Names     *source.Names
	// FixCaptured makes the callback in the call that begins at pos, which
	// captures the token called name, use its own.
	FixCaptured func(name string, pos token.Pos) []analysis.SuggestedFix
}
