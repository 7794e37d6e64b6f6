package calls

import (
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// toAbsent looks at the receiver of a method that may be called on what has ended: it need not be open,
// but it has to be there, where the method is known to look into it.
func (in *Calls) toAbsent(st *domain.State, c *interp.CallSite, ct *contract.Contract) {
	if c.HasRecv && len(c.Args) > 0 && in.hasVerb(ct, contract.Always) && !in.releases(c, ct, 0) && in.looksAtReceiver(c) {
		in.UseAbsent(st, c.Args[0], c.Site())
	}
}

// looksAtReceiver reports whether the method that is called is known to look into its receiver on all
// its ways: it may be called on what has ended, but not on what was never there.
func (in *Calls) looksAtReceiver(c *interp.CallSite) bool {
	s := in.summaryOf(c)
	return s != nil && len(s.Outcomes) > 0 && !slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return !slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
			return e.Kind == summary.Deref && e.Path == "p0" && !e.May
		})
	})
}
