package calls

import (
	"go/constant"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// onlyWrapping is what s, the summary of fmt.Errorf, says of the call c. Of its operands the function keeps the
// errors that it wraps, and none where its format, which is written there, wraps nothing. What becomes of the
// others is text: they are looked at. Its body hides that behind reflection.
func onlyWrapping(c *interp.CallSite, s *summary.Summary) *summary.Summary {
	format, written := c.Instr.Common().Args[0].(*ssa.Const)
	wraps := !written || strings.Contains(constant.StringVal(format.Value), "%w")
	out := &summary.Summary{Version: s.Version, Globals: s.Globals}
	for _, o := range s.Outcomes {
		o.Effects = slices.DeleteFunc(slices.Clone(o.Effects), func(e summary.Effect) bool {
			switch _, operand, _ := e.Path.Root(); e.Kind {
			case summary.Deref, summary.Late, summary.Event:
				return false
			case summary.Store:
				return operand > 0 && !(wraps && strings.HasPrefix(e.To, "r"))
			default:
				return operand > 0
			}
		})
		if !wraps {
			o.Results = slices.Clone(o.Results)
			for i := range o.Results {
				o.Results[i].Alias, o.Results[i].From = nil, nil
			}
		}
		out.Outcomes = append(out.Outcomes, o)
	}
	return out
}
