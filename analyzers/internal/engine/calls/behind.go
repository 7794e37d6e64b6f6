package calls

import (
	"go/types"
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// looksBehind looks at what stands behind the parameters of c, a call that a contract speaks of, where the body does:
// the file that a scanner was made of. The contract says how long the values of the call are good, and nothing of that.
//
// A writer that has nothing to write looks at nothing, and whether it has is not followed where a contract takes the
// place of the body: whether it is flushed in time is unknown, unless nobody has flushed it before, and this is no deferred
// call or one after a failure. The other methods of its package have something to write.
func (in *Calls) looksBehind(st *domain.State, c *interp.CallSite) {
	s := in.summaryOf(c)
	if s == nil {
		return
	}
	a := &application{in: in, of: s, st: st, c: c}
	for _, p := range looked(s) {
		reads, writes := gotypes.Streams(a.typeAt(p))
		if !reads && !writes {
			continue
		}
		v := a.value(p, nil)
		a.looksThrough(p, v, maxThrough)
		switch {
		case !strings.HasSuffix(string(p), "*"): // the contract says what becomes of what is passed itself
		case reads || c.Obj.Pkg() == in.Pass.Pkg || in.flushesFirst(st, c):
			in.Look(st, v, c.Site())
		default:
			in.LookPerhaps(st, v, c.Site())
		}
	}
}

// flushesFirst reports whether c is called on a writer as the first that flushes it, and not in the end, which comes after
// a failure as well, nor after one: what is cleaned up then is of no use any more.
func (in *Calls) flushesFirst(st *domain.State, c *interp.CallSite) bool {
	w := c.Args[0].One()
	return c.HasRecv && !c.Deferred && w != nil && in.isUnflushed(st, w) && !hasFailed(st)
}

// hasFailed reports whether an error is known to be there.
func hasFailed(st *domain.State) bool {
	for s, f := range st.Facts.All() {
		if f&domain.NotNil != 0 && s.Typ != nil && gotypes.IsError(s.Typ) {
			return true
		}
	}
	return false
}

// isUnflushed reports whether w is a writer that the function made, and that is surely not flushed or closed yet.
func (in *Calls) isUnflushed(st *domain.State, w *domain.Symbol) bool {
	if w.Old {
		return false
	}
	loans := in.GuardedBy(st, w)
	return len(loans) > 0 && !slices.ContainsFunc(loans, func(l *domain.Loan) bool {
		stand := st.Loans.At(l)
		return l.Old || stand.Phase != domain.Live || stand.Unsure
	})
}

// standsBehind puts a writer that a call was given, of which a contract speaks, where its body does, in a result: the file behind a
// buffer. Whose the file is, and what is owed for it, stays as the contract says. Where the body loses sight of a writer, and the
// result has one field of its type, it is there.
func (in *Calls) standsBehind(st *domain.State, c *interp.CallSite, results []domain.Value) {
	s := in.summaryOf(c)
	if s == nil {
		return
	}
	a := &application{in: in, of: s, st: st, c: c}
	for i, w := range c.Args {
		if _, writes := gotypes.Streams(c.ArgTypes[i]); writes && c.HasRecv && i > 0 { // Reset, for one
			for _, at := range in.onlyPlaceFor(c.Args[0], c.ArgTypes[i]) {
				st.Mem.Set(at, domain.Cell{V: w, Pos: c.Pos, By: c.Site()})
			}
		}
	}
	put := func(v domain.Value, places domain.Value) {
		for _, at := range places {
			if _, known := st.Mem.Get(at); !known && len(v) > 0 {
				st.Mem.Set(at, domain.Cell{V: v, Pos: c.Pos, By: c.Site()})
			}
		}
	}
	for _, o := range s.Outcomes {
		for _, e := range o.Effects {
			if _, writes := gotypes.Streams(a.typeAt(e.Path)); !writes {
				continue
			}
			switch letter, _, _ := e.To.Root(); {
			case e.Kind == summary.Store && letter == 'r':
				put(a.value(e.Path, results), a.value(e.To, results))
			case e.Kind == summary.Moved && len(results) > 0:
				put(a.value(e.Path, results), in.onlyPlaceFor(results[0], a.typeAt(e.Path)))
			}
		}
	}
}

// onlyPlaceFor is the field of v, a pointer to a struct, that is of type t, an interface by which one writes, if there is one
// alone.
func (in *Calls) onlyPlaceFor(v domain.Value, t types.Type) (at domain.Value) {
	s := v.One()
	if s == nil || s.Typ == nil || !gotypes.IsPointer(s.Typ) {
		return nil
	}
	str, ok := gotypes.Deref(s.Typ).Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for i := range str.NumFields() {
		if f := str.Field(i).Type(); types.Identical(f, t) {
			at = append(at, in.Address(s, i, types.NewPointer(f)))
		}
	}
	if len(at) > 1 {
		return nil
	}
	return at
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
	reads, writes := gotypes.Streams(a.typeAt(path))
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
		described := a.in.contractOf(c) != nil
		if sum == nil || described && name == "Read" {
			continue
		}
		b := &application{in: a.in, of: sum, st: a.st, c: c}
		for _, p := range looked(sum) {
			if letter, i, steps := p.Root(); letter == 'p' && i == 0 && strings.HasSuffix(string(steps), "*") {
				behind := b.value(p, nil)
				if described && !(a.in.isUnflushed(a.st, s) && !hasFailed(a.st)) {
					a.in.LookPerhaps(a.st, behind, a.c.Site())
				} else {
					a.in.Look(a.st, behind, a.c.Site())
				}
				b.looksThrough(p, behind, depth-1)
			}
		}
	}
}
