package rules

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/engine/source"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// LoanOf is the loan k; the first time, init describes it.
func (in *Rules) LoanOf(k domain.LoanKey, init func(*domain.Loan)) *domain.Loan {
	if l := in.Machine.Loans[k]; l != nil {
		return l
	}
	l := new(domain.Loan)
	in.Begin(k, l)
	init(l)
	return l
}

// resultName is the name of the variable that holds a result of the call, for messages.
func (in *Rules) resultName(c *interp.CallSite, index int) string {
	return in.Names.Result(c.Instr, index)
}

// valueName is what people call the value at path p of a call: the variable that
// holds the result, or what was passed, with the fields that follow.
func (in *Rules) valueName(c *interp.CallSite, p contract.Path) string {
	var name string
	switch {
	case p.Root == contract.Result:
		return in.resultName(c, p.Index)
	case c.Instr == nil:
		return ""
	case in.IsVariadic(c, p) && len(p.Steps) > 0 && len(p.Steps[0].Types) > 0: // those that have the type
		return in.Names.Arguments(c.Instr, in.ArgIndex(c, p.Index), func(e ast.Expr) bool {
			t := in.Pass.TypesInfo.TypeOf(e)
			return t != nil && slices.Contains(p.Steps[0].Types, types.TypeString(t, nil))
		})
	case p.Root == contract.Param && c.Instr.Common().IsInvoke():
		name = in.Names.Argument(c.Instr, p.Index)
	case p.Root == contract.Param:
		name = in.Names.Argument(c.Instr, in.ArgIndex(c, p.Index))
	default:
		name = in.Names.At(c.Instr)
	}
	if name == "" {
		return ""
	}
	name = strings.TrimPrefix(name, "&")
	for _, s := range p.Steps {
		if s.Field != "" {
			name += "." + s.Field
		}
	}
	return name
}

// symbol names a parameter, or a field by its path.
func (in *Rules) symbolName(s *domain.Symbol) string {
	switch s.Kind {
	case domain.SymParam:
		// A parameter of the function under analysis, or, behind these, a variable
		// that it captures.
		switch i, fn := s.Key.Index, in.Root; {
		case i < len(fn.Params):
			return fn.Params[i].Name()
		case i-len(fn.Params) < len(fn.FreeVars):
			return fn.FreeVars[i-len(fn.Params)].Name()
		}
	case domain.SymField:
		if f, of := gotypes.FieldOf(s.Key.Base.Typ, max(s.Key.Index, 0)), in.symbolName(s.Key.Base); f != nil && of != "" {
			return of + "." + f.Name()
		}
	case domain.SymContent:
		if a := s.Key.Base; a.Kind == domain.SymAddr {
			if f := gotypes.FieldOf(a.Key.Base.Typ, max(a.Key.Index, 0)); f != nil && a.Key.Index >= 0 {
				if of := in.symbolName(a.Key.Base); of != "" {
					return of + "." + f.Name()
				}
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
	Sink      report.Sink                  // what is wrong, for people
	records   []*releaseRecord             // in the order in which they were reached
	recordAt  map[token.Pos]*releaseRecord // the same by where they are
	loose     map[*ssa.Function]bool       // closures that code out of sight may call
	Tally     report.Tally
	Ranges    map[*domain.Symbol]RangeOf
	Iterators map[*domain.Symbol]Iterator // that callees made; one without a type is not known
	accounts  domain.Table[*domain.Loan, *account]
	leaving   domain.Value             // what a callee releases while what it calls is executed
	stuck     map[ssa.Instruction]bool // what these have locked is waited for by who has it
	lax       domain.Table[*domain.Loan, *laxAccount]
	Ending    int                   // how many ends of loans are under way
	lent      map[*domain.Loan]bool // loosely, and a goroutine has it

	// GlobalPath is what callers call what is reached from a package-level variable.
	GlobalPath func(*domain.Symbol) (summary.Path, bool)
}

// A Unit is the package under analysis, as the rules see it.
type Unit struct {
	Pass      *analysis.Pass
	Contracts *contract.Set
	Lendable  *gotypes.Set // the types of which something is on loan in this package
	Guarding  *gotypes.Set // the interface types by which a loan of this package is released
	Names     *source.Names
	Declared  []*ssa.Function       // the functions of the package, and their literals
	Relayed   map[types.Object]bool // the locks that one function takes and another gives back
	LeftLocks map[relay]bool        // who takes a lock that nobody gives back
	handles   map[types.Type]bool   // what IsHandleType has answered
	counted   map[types.Type]bool   // and isCounted
	// FixCaptured makes the callback in the call that begins at pos, which
	// captures the token called name, use its own.
	FixCaptured func(name string, pos token.Pos) []analysis.SuggestedFix
}

// Unheard executes what f does aside: nothing of it is said, or counted. It reports whether f
// came to an end.
func (in *Rules) Unheard(f func()) bool {
	sink, records, recordAt, tally := in.Sink, in.records, in.recordAt, in.Tally
	in.Sink, in.records, in.recordAt, in.Tally = report.Sink{}, nil, nil, report.Tally{}
	defer func() { in.Sink, in.records, in.recordAt, in.Tally = sink, records, recordAt, tally }()
	return in.Aside(f)
}
