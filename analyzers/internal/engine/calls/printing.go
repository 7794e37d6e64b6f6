package calls

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// prints says whether f makes text of its last operands, as fmt.Println and log.Printf do.
func prints(f *types.Func) bool {
	switch f.Pkg().Path() {
	case "fmt", "log", "testing":
	default:
		return false
	}
	sig := f.Signature()
	if !sig.Variadic() || strings.Contains(strings.ToLower(f.Name()), "scan") {
		return false // Scan and its kin write into their operands
	}
	i, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice).Elem().Underlying().(*types.Interface)
	return ok && i.Empty()
}

// onlyPrinting is what s, the summary of f, says of the call c. What becomes of the operands is text: they are looked at.
// The body hides that behind reflection. Of them fmt.Errorf keeps the errors that it wraps, and none where its format,
// which is written there, wraps nothing.
func onlyPrinting(c *interp.CallSite, f *types.Func, s *summary.Summary) *summary.Summary {
	wraps := f.FullName() == "fmt.Errorf"
	if wraps {
		format, written := c.Instr.Common().Args[0].(*ssa.Const)
		wraps = !written || strings.Contains(constant.StringVal(format.Value), "%w")
	}
	last := f.Signature().Params().Len() - 1
	if f.Signature().Recv() != nil {
		last++
	}
	out := &summary.Summary{Version: s.Version, Globals: s.Globals}
	for _, o := range s.Outcomes {
		var effects []summary.Effect
		for _, e := range o.Effects {
			isWrapped := e.Kind == summary.Store && wraps && e.To.IsResult()
			if !ofOperand(last)(e.Path) || e.Kind == summary.Deref || e.Kind == summary.Late || e.Kind == summary.Event || isWrapped {
				effects = append(effects, e)
			}
		}
		o.Effects = effects
		if !wraps {
			o.Results = slices.Clone(o.Results)
			for i := range o.Results {
				o.Results[i].Alias = slices.DeleteFunc(slices.Clone(o.Results[i].Alias), ofOperand(last))
				o.Results[i].From = slices.DeleteFunc(slices.Clone(o.Results[i].From), ofOperand(last))
			}
		}
		out.Outcomes = append(out.Outcomes, o)
	}
	return out
}

// printed looks at the bytes and strings among the operands of what prints. Of a handle it prints where that is, or
// what it is called.
func (in *Calls) printed(st *domain.State, c *interp.CallSite) {
	f, ok := c.Obj.(*types.Func)
	if !ok || f.Pkg() == nil || !prints(f) {
		return
	}
	operands := contract.Path{Root: contract.Param, Index: f.Signature().Params().Len() - 1}
	for _, s := range in.PathValue(st, c, operands, nil) {
		if s.Typ != nil && (gotypes.SliceOf(s.Typ) != nil || gotypes.IsString(s.Typ)) {
			in.Look(st, domain.Value{s}, c.Site())
		}
	}
}

// ofOperand says of a path whether it begins at that operand.
func ofOperand(n int) func(summary.Path) bool {
	return func(p summary.Path) bool {
		letter, operand, _ := p.Root()
		return letter == 'p' && operand == n
	}
}
