package calls

import (
	"go/types"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// looksBehind looks at what stands behind the parameters of c, a call that a contract speaks of, where the body does:
// the file that a scanner was made of. The contract says how long the values of the call are good, and nothing of that.
//
// A writer that has nothing to write looks at nothing, and whether it has is not followed where a contract takes the
// place of the body: whether it is flushed in time is unknown. The other methods of its package have something to write.
func (in *Calls) looksBehind(st *domain.State, c *interp.CallSite) {
	s := in.summaryOf(c)
	if s == nil {
		return
	}
	a := &application{in: in, of: s, st: st, c: c}
	perhaps := make(map[summary.Path]bool)
	var paths []summary.Path
	for _, o := range s.Outcomes {
		for _, e := range o.Effects {
			if e.Kind != summary.Deref || !strings.HasSuffix(string(e.Path), "*") {
				continue
			}
			reads, writes := streams(a.typeAt(e.Path))
			if !reads && !writes {
				continue
			}
			may, known := perhaps[e.Path]
			if !known {
				paths = append(paths, e.Path)
			}
			perhaps[e.Path] = (may || !known) && !reads
		}
	}
	for _, p := range paths {
		if v := a.value(p, nil); perhaps[p] && c.Obj.Pkg() != in.Pass.Pkg {
			in.LookLate(st, v, true, c.Site())
		} else {
			in.Look(st, v, c.Site())
		}
	}
}

// streams reports whether t is an interface by which one reads, or writes.
func streams(t types.Type) (reads, writes bool) {
	i, ok := types.Unalias(t).(*types.Named)
	if t == nil || !ok {
		return false, false
	}
	u, ok := i.Underlying().(*types.Interface)
	if !ok {
		return false, false
	}
	for m := range u.Methods() {
		reads = reads || m.Name() == "Read"
		writes = writes || m.Name() == "Write"
	}
	return reads, writes
}
