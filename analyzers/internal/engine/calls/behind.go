package calls

import (
	"go/types"
	"slices"
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
	for _, p := range looked(s) {
		reads, writes := streams(a.typeAt(p))
		if !reads && !writes {
			continue
		}
		v := a.value(p, nil)
		a.looksThrough(p, v, maxThrough)
		switch {
		case !strings.HasSuffix(string(p), "*"): // the contract says what becomes of what is passed itself
		case reads || c.Obj.Pkg() == in.Pass.Pkg:
			in.Look(st, v, c.Site())
		default:
			in.LookLate(st, v, true, c.Site())
		}
	}
}

// looked are the paths at which a function looks, on some way.
func looked(s *summary.Summary) (paths []summary.Path) {
	for _, o := range s.Outcomes {
		for _, e := range o.Effects {
			if e.Kind == summary.Deref && !slices.Contains(paths, e.Path) {
				paths = append(paths, e.Path)
			}
		}
	}
	return paths
}

// maxThrough is how many readers behind readers are looked through.
const maxThrough = 3

// looksThrough looks at what stands behind v, which is path, an interface by which the callee reads or writes: where it is
// known what it holds, its method looks at that.
func (a *application) looksThrough(path summary.Path, v domain.Value, depth int) {
	s := v.One()
	reads, writes := streams(a.typeAt(path))
	if s == nil || s.Old || depth == 0 {
		return
	}
	for _, name := range []string{"Read", "Write"} {
		m := a.in.methodOf(s, name)
		if m == nil || name == "Read" && !reads || name == "Write" && !writes {
			continue
		}
		c := a.callOf(m, s)
		sum := a.in.summaryOf(c)
		if sum == nil || a.in.contractOf(c) != nil {
			continue
		}
		b := &application{in: a.in, of: sum, st: a.st, c: c}
		for _, p := range looked(sum) {
			if letter, i, steps := p.Root(); letter == 'p' && i == 0 && strings.HasSuffix(string(steps), "*") {
				behind := b.value(p, nil)
				a.in.Look(a.st, behind, a.c.Site())
				b.looksThrough(p, behind, depth-1)
			}
		}
	}
}

// streams reports whether t is an interface by which one reads, or writes.
func streams(t types.Type) (reads, writes bool) {
	if t == nil {
		return false, false
	}
	if i, ok := t.Underlying().(*types.Interface); ok {
		for m := range i.Methods() {
			reads = reads || m.Name() == "Read"
			writes = writes || m.Name() == "Write"
		}
	}
	return reads, writes
}
