package calls

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What the caller can name, and how loans are put in such names.

// nameResults names what the caller can reach from the results, and what on
// loan was put into its memory.
func (in *Calls) nameResults(st *domain.State, results []domain.Value) map[*domain.Symbol][]summary.Path {
	names := make(map[*domain.Symbol][]summary.Path)
	objects := st.ByObject()
	var walk func(s *domain.Symbol, p summary.Path, depth int)
	walk = func(s *domain.Symbol, p summary.Path, depth int) {
		if depth > 3 || slices.Contains(names[s], p) {
			return
		}
		names[s] = append(names[s], p)
		for _, a := range objects[s] {
			direct := a.Key.Base == s
			for _, x := range st.Mem.At(a).V {
				switch {
				case direct && a.Kind == domain.SymField && a.Key.Index <= domain.CaptureIndex:
					// A closure: releasing what it captures is calling it.
					walk(x, p.Field(a.Key.Index), depth+1)
				case direct && a.Kind == domain.SymField:
					walk(x, p.Field(a.Key.Index), depth+1)
				case direct && a.Kind == domain.SymAddr:
					walk(x, p.Field(a.Key.Index).Load(), depth+1)
				case a == s && x.Kind == domain.SymStruct:
					// Stored whole: callers name its fields by their addresses.
					for _, field := range objects[x] {
						for _, y := range st.Mem.At(field).V {
							walk(y, p.Field(field.Key.Index).Load(), depth+1)
						}
					}
				case a == s:
					walk(x, p.Load(), depth+1)
				}
			}
		}
	}
	for i, r := range results {
		for _, s := range r {
			walk(s, summary.Path("r"+strconv.Itoa(i)), 0)
		}
	}
	asked := make(map[*domain.Symbol]bool) // by the conditions of loans, or for their owners
	for l, stand := range st.Loans.All() {
		if c := l.Cond.One(); c != nil {
			asked[c] = true
		}
		if o := stand.Owner.One(); o != nil && l.Kind == domain.Borrowed {
			asked[o] = true
		}
	}
	for a, c := range st.Mem.All() {
		s := c.V.One()
		if s != nil && !c.Perhaps && in.isLent(st, s) {
			if p, ok := in.fromGlobal(a); ok && a.Depth <= 1 && !a.IsElement() {
				names[s] = append(names[s], p.Load())
			}
		}
		if s == nil || !in.IsPlace(a) {
			continue
		}
		if t, ok := structOf(s); ok && in.holdsGuards(st, s, t) {
			p, _ := a.Path()
			for i := range t.NumFields() {
				if x := st.Part(in.Machine, domain.Value{s}, i, t.Field(i).Type()).One(); x != nil {
					walk(x, p.Field(i).Load(), 1)
				}
			}
		}
		isGuard := func(x *domain.Symbol) bool { return len(x.Guards) > 0 }
		if len(s.AllLoans()) > 0 || len(s.Loose) > 0 || isGuard(s) || asked[s] || slices.ContainsFunc(st.Mem.At(s).V, isGuard) {
			if _, known := s.Path(); !known {
				p, _ := a.Path()
				walk(s, p.Load(), 1)
			}
		}
	}
	return names
}

// isLent reports whether s is borrowed, and guards nothing.
func (in *Calls) isLent(st *domain.State, s *domain.Symbol) bool {
	return len(s.Guards) == 0 && slices.ContainsFunc(s.Loans, func(l *domain.Loan) bool {
		_, ok := st.Loans.Get(l)
		return ok && l.Kind == domain.Borrowed
	})
}

// hasCapture reports whether a path leads through what a closure captures,
// which a caller cannot follow.
func hasCapture(steps summary.Path) bool {
	for len(steps) > 0 {
		field, load, rest := steps.Next()
		if !load && field <= domain.CaptureIndex {
			return true
		}
		steps = rest
	}
	return false
}

// isReleasedEachTime reports whether the closure that captures what p names releases
// it whenever it is called, so that a second call is a second release.
func (in *Calls) isReleasedEachTime(names map[*domain.Symbol][]summary.Path, p summary.Path) bool {
	for s, ps := range names {
		mc, ok := s.Key.Site.(*ssa.MakeClosure)
		if !ok || s.Kind != domain.SymFunc || !slices.ContainsFunc(ps, func(q summary.Path) bool { return strings.HasPrefix(string(p), string(q)+".-") }) {
			continue
		}
		fn := mc.Fn.(*ssa.Function)
		if len(fn.Blocks) != 1 {
			return false
		}
		for _, i := range fn.Blocks[0].Instrs {
			c, ok := i.(ssa.CallInstruction)
			if !ok {
				continue
			}
			f := c.Common().StaticCallee()
			if f == nil {
				continue
			}
			if ct := in.Contracts.Of(interp.Real(f).Object()); ct != nil && slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool { return cl.Verb == contract.Release && !cl.Idempotent }) {
				return true
			}
		}
	}
	return false
}

// describe puts l in terms of the function's results, which hold what is in held, and parameters; not ok
// if the caller would have no name for its values.
func (in *Calls) describe(st *domain.State, l *domain.Loan, stand domain.Standing, names map[*domain.Symbol][]summary.Path, held []types.Type) (summary.Loan, bool) {
	t := summary.Loan{Kind: uint8(l.Kind), Phase: uint8(stand.Phase), What: l.What, Name: l.Name, Flags: l.Flags()}
	for s, ps := range names {
		if interp.ContainsLoan(s.Guards, l) {
			t.Guards = append(t.Guards, in.endable(ps, names, held)...)
			t.Outside = append(t.Outside, in.endable(ps, names, nil)...)
			for _, p := range ps {
				if _, _, steps := p.Root(); hasCapture(steps) && in.isReleasedEachTime(names, p) {
					t.Flags |= domain.FlagOnce
				}
			}
		}
		if l.Holds(s) {
			t.Values = append(t.Values, ps...)
		}
	}
	if l.Reference && len(t.Guards) == 0 {
		for _, s := range in.GuardsOf(l) {
			if p, ok := s.Path(); ok {
				t.Guards = append(t.Guards, p)
			}
		}
	}
	slices.Sort(t.Guards)
	if slices.Sort(t.Outside); slices.Equal(t.Guards, t.Outside) && !l.Outside {
		t.Outside = nil // there is no inside that would not be known
	}
	slices.Sort(t.Values)
	if l.Kind == domain.Acquired && len(t.Guards) == 0 || l.Kind != domain.Acquired && len(t.Values) == 0 {
		return t, false
	}
	t.Owner = in.ownerPaths(st, stand.Owner, names, 0)
	slices.Sort(t.Owner)
	if l.Kind == domain.Borrowed && len(t.Owner) == 0 && !in.isLeft(st, stand.Owner, names) {
		return t, false // nobody has the owner, to end it
	}
	if stand.Phase == domain.Unchecked {
		c := l.Cond.One()
		if c == nil || len(names[c]) == 0 {
			return t, false
		}
		t.Cond, t.Op = names[c][0], uint8(l.Op)
	}
	if c := l.Cond.One(); stand.Phase == domain.Live && l.Kind == domain.Acquired && c != nil && len(names[c]) > 0 && in.isOpen(st, c) {
		t.Cond, t.Op = names[c][0], uint8(l.Op) // who asked for the value first may ask for it still
	}
	if stand.Asked || in.isTestedInPlace(st, l) {
		t.Flags |= domain.FlagAsked
	}
	if (stand.Far != nil || in.isKeptFar(st, l)) && !slices.ContainsFunc(t.Values, summary.Path.IsGlobal) {
		t.Flags |= domain.FlagFar
	}
	for _, e := range l.Until {
		u := e.Name
		if e.Prefix {
			u += "*"
		}
		if e.Type != "" {
			u = e.Type + "." + u
		}
		t.Until = append(t.Until, u)
	}
	return t, true
}

// isOpen reports whether nobody has asked c, an error or a bool, how it came out.
func (in *Calls) isOpen(st *domain.State, c *domain.Symbol) bool {
	if known, _ := in.Nilness(st, c); known {
		return false
	}
	known, _ := in.Truth(st, c)
	return !known
}

// isLeft reports whether callers can get at owner, for which they have no name: it stands in their memory, in
// what a package variable leads to, or in a result.
func (in *Calls) isLeft(st *domain.State, owner domain.Value, names map[*domain.Symbol][]summary.Path) (left bool) {
	look := func(v domain.Value) {
		st.Reach(v, func(s *domain.Symbol) { left = left || owner.Has(s) })
	}
	for s := range names {
		look(domain.Value{s})
	}
	for a, c := range st.Mem.All() {
		if r := a.Root(); r != nil && (r.Kind == domain.SymGlobal || r.Kind == domain.SymParam) {
			look(c.V)
		}
	}
	return left
}

// leftOver is l, which has ended, where values of it stand in memory that the caller goes on
// using, reported or not, or are returned although that was reported; not ok if there are none.
func (in *Calls) leftOver(l *domain.Loan, names map[*domain.Symbol][]summary.Path, reported bool) (t summary.Loan, ok bool) {
	for s, ps := range names {
		if interp.ContainsLoan(s.AllLoans(), l) {
			for _, p := range ps {
				if letter, _, _ := p.Root(); letter == 'p' || letter == 'r' && reported {
					t.Values = append(t.Values, p)
				}
			}
		}
	}
	slices.Sort(t.Values)
	return paid(l, t.Values), len(t.Values) > 0
}

// paid is l, of which nothing is owed any more, where its values stand at those paths.
func paid(l *domain.Loan, at []summary.Path) summary.Loan {
	return summary.Loan{Kind: uint8(l.Kind), What: l.What, Name: l.Name, Flags: l.Flags() &^ domain.FlagMandatory, Values: at}
}

// insideResults are the fields of what is returned at e that hold a value on loan, by the loan.
func (in *Calls) insideResults(e interp.Exit) map[*domain.Loan][]summary.Path {
	inside := make(map[*domain.Loan][]summary.Path)
	for _, s := range in.Made {
		if s.Old || s.Kind != domain.SymContent || s.Key.Base.Kind != domain.SymAddr || len(s.Loans) == 0 {
			continue
		}
		at := s.Key.Base
		if c, is := e.St.Mem.Get(at); is && (c.Perhaps || c.V.One() != s) {
			continue // another has its place now
		}
		for i, r := range e.Results {
			if r.One() != at.Key.Base || at.Key.Index < 0 {
				continue
			}
			for _, l := range s.Loans {
				inside[l] = append(inside[l], summary.Path("r"+strconv.Itoa(i)).Field(at.Key.Index).Load())
			}
		}
	}
	return inside
}

// overInside is l, which has ended for certain, where a value of it stands in fields of what is returned, as a body does
// in its response: nobody has reported that, since the rest may be what callers want. Who looks at the value is told.
func overInside(l *domain.Loan, stand domain.Standing, at []summary.Path) (t summary.Loan, ok bool) {
	if len(at) == 0 || stand.Reported || stand.Unsure || l.Old || l.Loose || l.Reference || l.Kind == domain.MayNil {
		return t, false
	}
	slices.Sort(at)
	t = paid(l, at)
	t.Phase = uint8(domain.Ended)
	return t, true
}

// isKeptFar reports whether a package variable leads to a value of l.
func (in *Calls) isKeptFar(st *domain.State, l *domain.Loan) (far bool) {
	for a, c := range st.Mem.All() {
		if r := a.ReachedFrom(); r == nil || r.Kind != domain.SymGlobal {
			continue
		}
		st.Reach(c.V, func(s *domain.Symbol) { far = far || interp.ContainsLoan(s.AllLoans(), l) })
	}
	return far
}

// isTestedInPlace reports whether a comparison of a value of l stands in the caller's memory:
// a flag that says whether it is there.
func (in *Calls) isTestedInPlace(st *domain.State, l *domain.Loan) bool {
	for a, c := range st.Mem.All() {
		s := c.V.One()
		if s != nil && s.Kind == domain.SymCompare && in.IsPlace(a) && (interp.ContainsLoan(s.Key.Base.Loans, l) || s.Key.Base == l.Cond.One()) {
			return true
		}
	}
	return false
}

// ownerPaths names an owner, or, where the caller has no name for it, what it
// was taken from.
func (in *Calls) ownerPaths(st *domain.State, owner domain.Value, names map[*domain.Symbol][]summary.Path, depth int) (out []summary.Path) {
	for _, o := range owner {
		if p, ok := o.Path(); ok {
			out = append(out, p)
		}
		out = append(out, names[o]...)
		if len(out) > 0 || depth > 2 {
			continue
		}
		for _, l := range slices.Concat(o.Loose, o.AllLoans()) {
			if stand, ok := st.Loans.Get(l); ok {
				out = append(out, in.ownerPaths(st, stand.Owner, names, depth+1)...)
			}
		}
	}
	return out
}
