package calls

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// maxOutcomes is how many ways out a summary tells apart; a function with
// more is unknown.
const maxOutcomes = 12

// addOutcome adds the exit e to the summary of the function.
func (in *Calls) addOutcome(e interp.Exit, kept map[*domain.Loan]bool) {
	in.blurAll(e.St, e.Results)
	o := summary.Outcome{Results: make([]summary.Result, len(e.Results))}
	names := in.nameResults(e.St, e.Results)
	for s := range names {
		for _, l := range s.Guards {
			kept[l] = kept[l] || e.St.Loans.At(l).Parked
		}
	}
	for i, r := range e.Results {
		o.Results[i] = in.resultOf(e.St, r, names)
		if s := r.One(); s != nil && s.IsZeroStruct() && !types.IsInterface(in.Root.Signature.Results().At(i).Type()) {
			o.Results[i].Const = "zero"
		}
	}
	in.presume(o.Results, e.Results)
	o.Params = in.foundOfParams(e.St)
	o.Left = in.left(e.St)
	for l, stand := range e.St.Loans.All() {
		if stand.Phase == domain.Ended && l.Kind != domain.Implicit && l.Kind != domain.Scoped {
			if t, ok := in.leftOver(l, names, stand.Reported); ok {
				o.Ended = append(o.Ended, t)
			}
			if t, ok := in.overInside(e, l, stand); ok {
				o.Ended = append(o.Ended, t)
			}
			continue
		}
		if l.Kind == domain.Acquired && !stand.Reported && !stand.Given && !l.Old && !l.Reference && (stand.Phase == domain.Moved || stand.Unsure && stand.Phase != domain.Absent) {
			if t, ok := in.leftOver(l, names, true); ok { // its caller is not told when it ends
				o.Ended = append(o.Ended, t)
			}
			continue
		}
		if stand.Unsure || stand.Reported || stand.Phase != domain.Live && stand.Phase != domain.Unchecked || l.Old {
			continue
		}
		if l.Kind == domain.Acquired && !kept[l] && !l.Reference || l.Kind == domain.Scoped || l.Kind == domain.Implicit {
			if l.Mandatory && stand.Parked {
				in.DoubtLeak(e.St, l) // its caller has it, and no name for it
			}
			continue
		}
		if l.Kind == domain.Acquired && !l.Reference && !in.isPayable(l, names) {
			in.DoubtLeak(e.St, l)
			continue
		}
		if in.isEndedByAnswer(l, names) {
			in.DoubtLeak(e.St, l) // what its caller has ends it, or does not, by what it answers
			continue
		}
		if t, ok := in.describe(e.St, l, stand, names); ok && stand.Parked && l.Mandatory && !l.Reference && inResultsAlone(t.Guards) {
			in.DoubtLeak(e.St, l) // it is in memory of the caller's, too, inside of something: who keeps it there releases it
		} else if ok {
			o.Loans = append(o.Loans, t)
			if l.Mandatory {
				in.handed.Set(l, true)
			}
		} else if l.Mandatory && !l.Reference {
			in.DoubtLeak(e.St, l) // its caller has no name for it
		}
	}
	o.Effects = in.storedInResults(e.St, names)
	o.Effects = append(o.Effects, in.storedInParameters(e.St)...)
	for f, info := range e.St.Effects {
		how := f.Detail
		if info.Untested && o.Presumes(f.Path) {
			how.Way = summary.Untested
		}
		s := summary.Effect{Kind: summary.EffectKind(f.Kind), Path: f.Path, Detail: how, May: info.May || e.St.Doubted}
		s.May = s.May || s.Kind == summary.Go && in.hangsOnNumber(info.Pos)
		s.ByErrors = s.Kind == summary.Release && !s.May && in.isDecidedByErrors(f.Path, info.Pos)
		o.Effects = append(o.Effects, s)
	}
	in.eachOf(&o, e.Ret)
	in.appendsOne(&o, e.Ret)
	slices.SortFunc(o.Effects, summary.Effect.Compare)
	o.Effects = slices.CompactFunc(o.Effects, summary.Effect.Same)
	in.outcomes = append(in.outcomes, o)
}

// blurAll makes one of the elements of each collection that callers get at, for so they know them. What guards
// there are in them is then one of several, too.
func (in *Calls) blurAll(st *domain.State, results []domain.Value) {
	var owed []*domain.Loan
	for l, stand := range st.Loans.All() {
		if l.Mandatory && !stand.Reported && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked) {
			owed = append(owed, l)
		}
	}
	var objects map[*domain.Symbol]bool
	st.BlurAll(in.Machine, func(s *domain.Symbol) bool {
		if objects == nil {
			objects = make(map[*domain.Symbol]bool)
			for s := range reachedByCaller(st, results) {
				objects[s], objects[s.Object()] = true, true
			}
		}
		return objects[s] || s.Kind != domain.SymAlloc || st.Spilled.At(s)
	})
	for _, l := range owed {
		if st.Loans.At(l).Phase == domain.Moved {
			in.DoubtLeak(st, l)
		}
	}
}

// foundOfParams is what tests in st have found of what was passed.
func (in *Calls) foundOfParams(st *domain.State) (out []summary.ParamFact) {
	for _, p := range in.Root.Params {
		s := in.param(in.Root, p)
		if f := st.Facts.At(s); f != 0 {
			path, _ := s.Path()
			out = append(out, summary.ParamFact{Path: path, Fact: summary.Fact(f)})
		}
		if known, is := in.isEmpty(st, s); known {
			path, _ := s.Path()
			out = append(out, summary.ParamFact{Path: path, Fact: factBit(is, summary.Empty, summary.Filled)})
		}
	}
	for s, f := range st.Facts.All() {
		if of, ok := in.asksLength(s); ok {
			if known, is := in.isEmpty(st, of); known {
				path, _ := of.Path()
				out = append(out, summary.ParamFact{Path: path, Fact: factBit(is, summary.Empty, summary.Filled)})
			}
		}
		if path, ok := s.Path(); ok && (s.Kind == domain.SymContent && s.Depth == 1 || s.Kind == domain.SymField && s.Depth == 0) {
			out = append(out, summary.ParamFact{Path: path, Fact: summary.Fact(f)})
			if s.Typ != nil && in.Lendable.Has(s.Typ) {
				in.lendable[path] = true
			}
		}
	}
	for s, t := range st.Types.All() {
		if path, ok := s.Path(); ok && s.Kind == domain.SymParam {
			out = append(out, summary.ParamFact{Path: path, Type: t})
		}
	}
	out = append(out, in.testsOfParams(st)...)
	slices.SortFunc(out, func(a, b summary.ParamFact) int {
		return cmp.Or(strings.Compare(string(a.Path), string(b.Path)), strings.Compare(a.Type, b.Type), cmp.Compare(a.Fact, b.Fact))
	})
	return slices.Compact(out)
}

// asksLength is the slice, in a field of what was passed, of which s compares the length.
func (in *Calls) asksLength(s *domain.Symbol) (of *domain.Symbol, ok bool) {
	if s.Kind != domain.SymCompare {
		return nil, false
	}
	n, ok := s.Key.Base.Key.Site.(domain.LengthOf)
	if !ok || !domain.IsGivenSlice(n.Of) {
		return nil, false
	}
	_, named := n.Of.Path()
	return n.Of, named
}

// isEndedByAnswer reports whether the caller can reach a function whose answer ends l.
func (in *Calls) isEndedByAnswer(l *domain.Loan, names map[*domain.Symbol][]summary.Path) bool {
	for s := range names {
		if rules.Ending(l, s) != nil {
			return true
		}
	}
	return false
}

// inResultsAlone reports whether all paths lead from results.
func inResultsAlone(paths []summary.Path) bool {
	return !slices.ContainsFunc(paths, func(p summary.Path) bool {
		letter, _, _ := p.Root()
		return letter != 'r'
	})
}

// isEmpty is what is known of whether s, a slice that was passed, has elements.
func (in *Calls) isEmpty(st *domain.State, s *domain.Symbol) (known, is bool) {
	if gotypes.SliceOf(s.Typ) == nil {
		return false, false
	}
	return in.Truth(st, in.EmptyTest(s))
}

// presume marks the error of which nothing is known, where something that may be nil is
// returned as nil beside it: code out of sight made that error, and by custom it is one.
func (in *Calls) presume(told []summary.Result, results []domain.Value) {
	sig := in.Root.Signature.Results()
	nothing := false
	for i, r := range results {
		s := r.One()
		nothing = nothing || s != nil && s.IsNil() && !gotypes.IsError(sig.At(i).Type())
	}
	for i := range told {
		if r := &told[i]; nothing && gotypes.IsError(sig.At(i).Type()) && r.Fact&summary.Nil == 0 && len(r.Alias) == 0 {
			r.Fact |= summary.Presumed
		}
	}
}

// left says what is known of what now stands in the caller's memory: whether an
// error that was stored there is nil goes with whether there is a loan.
func (in *Calls) left(st *domain.State) (out []summary.ParamFact) {
	for a, c := range st.Mem.All() {
		s := c.V.One()
		if s == nil || c.Perhaps || s.Old || !in.IsPlace(a) || s.Kind == domain.SymContent && s.Key.Base == a {
			continue
		}
		var f summary.Fact
		t := gotypes.Deref(a.Typ)
		if known, is := in.Nilness(st, s); known && gotypes.IsNillable(t) {
			f |= factBit(is, summary.Nil, summary.NotNil)
		}
		if known, is := in.Truth(st, s); known && gotypes.IsBoolean(t) {
			f |= factBit(is, summary.True, summary.False)
		}
		if p, _ := a.Path(); f != 0 {
			out = append(out, summary.ParamFact{Path: p.Load(), Fact: f})
		}
	}
	slices.SortFunc(out, func(a, b summary.ParamFact) int { return strings.Compare(string(a.Path), string(b.Path)) })
	return out
}

// resultOf says what one result is.
func (in *Calls) resultOf(st *domain.State, v domain.Value, names map[*domain.Symbol][]summary.Path) (r summary.Result) {
	for i, s := range v {
		var f summary.Fact
		if known, is := in.Nilness(st, s); known && (s.Typ == nil || gotypes.IsNillable(s.Typ) || s.IsNil()) {
			f |= factBit(is, summary.Nil, summary.NotNil)
		}
		if known, is := in.Truth(st, s); known {
			f |= factBit(is, summary.True, summary.False)
		}
		if st.Facts.At(s)&domain.OfNone != 0 {
			f |= summary.OfNone
		}
		if i == 0 {
			r.Fact = f
		} else {
			r.Fact &= f
		}
		if p, ok := s.Path(); ok && s.Kind != domain.SymDerived {
			r.Alias = append(r.Alias, p)
		} else if ok {
			r.From = append(r.From, p)
		} else if s.Kind == domain.SymDerived || s.Kind == domain.SymFunc {
			st.Reach(domain.Value{s}, func(x *domain.Symbol) {
				if p, ok := x.Path(); ok && gotypes.IsReference(x.Typ) {
					r.From = append(r.From, p)
				}
			})
		}
	}
	if known, is := st.FoundNil(v); known && r.Fact&(summary.Nil|summary.NotNil) == 0 {
		r.Fact |= factBit(is, summary.Nil, summary.NotNil)
	}
	if s := v.One(); s != nil && in.Root.Synthetic == "" {
		in.describeIterator(st, s, &r)
	}
	r.Other = (len(r.Alias) > 0 || len(r.From) > 0) && slices.ContainsFunc(v, func(s *domain.Symbol) bool {
		_, named := s.Path()
		return !named && s.ReachedFrom() == nil && !s.IsNil() && s.Kind != domain.SymDerived && s.Kind != domain.SymFunc
	})
	r.Found = slices.ContainsFunc(v, isFound)
	slices.Sort(r.From)
	r.From = slices.Compact(r.From)
	slices.Sort(r.Alias)
	r.Alias = slices.Compact(r.Alias)
	if c := domain.ConstantOf(v); c != nil && c.Kind() == constant.Int {
		r.Const = c.ExactString()
	}
	if s := v.One(); s != nil && s.Kind == domain.SymCompare && (s.Key.Op == token.EQL || s.Key.Op == token.NEQ) && r.Fact&(summary.True|summary.False) == 0 {
		if x, ok := operand(s.Key.Base, names); ok {
			if y, ok := operand(s.Key.With, names); ok {
				r.Equal, r.Differ = [2]summary.Path{x, y}, s.Key.Op == token.NEQ
			}
		}
	}
	return r
}

// isFound reports whether s is a reference that was found where nobody knows how it got there.
func isFound(s *domain.Symbol) bool {
	if _, named := s.Path(); named || s.Typ == nil || gotypes.IsFunc(s.Typ) || gotypes.IsError(s.Typ) || !gotypes.IsReference(s.Typ) {
		return false
	}
	return s.IsFound() || s.IsLost()
}

// operand names one side of a comparison.
func operand(s *domain.Symbol, names map[*domain.Symbol][]summary.Path) (summary.Path, bool) {
	if s.IsNil() {
		return "nil", true
	}
	if ps := names[s]; len(ps) > 0 {
		return ps[0], true
	}
	return s.Path()
}

func factBit(is bool, yes, no summary.Fact) summary.Fact {
	if is {
		return yes
	}
	return no
}

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

// describe puts l in terms of the function's results and parameters; not ok
// if the caller would have no name for its values.
func (in *Calls) describe(st *domain.State, l *domain.Loan, stand domain.Standing, names map[*domain.Symbol][]summary.Path) (summary.Loan, bool) {
	t := summary.Loan{Kind: uint8(l.Kind), Phase: uint8(stand.Phase), What: l.What, Name: l.Name, Flags: l.Flags()}
	for s, ps := range names {
		if interp.ContainsLoan(s.Guards, l) {
			t.Guards = append(t.Guards, in.endable(ps, names)...)
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
	t.Kind, t.What, t.Name, t.Flags = uint8(l.Kind), l.What, l.Name, l.Flags()&^domain.FlagMandatory
	return t, len(t.Values) > 0
}

// overInside is l, which has ended for certain, where a value of it stands in a field of what is returned, as a body does
// in its response: nobody has reported that, since the rest may be what callers want. Who looks at the value is told.
func (in *Calls) overInside(e interp.Exit, l *domain.Loan, stand domain.Standing) (t summary.Loan, ok bool) {
	if stand.Reported || stand.Unsure || l.Old || l.Loose || l.Reference || l.Kind == domain.MayNil {
		return t, false
	}
	for _, s := range in.Made {
		if s.Old || s.Kind != domain.SymContent || s.Key.Base.Kind != domain.SymAddr || !interp.ContainsLoan(s.Loans, l) {
			continue
		}
		at := s.Key.Base
		if c, is := e.St.Mem.Get(at); is && (c.Perhaps || c.V.One() != s) {
			continue // another has its place now
		}
		for i, r := range e.Results {
			if r.One() == at.Key.Base && at.Key.Index >= 0 {
				t.Values = append(t.Values, summary.Path("r"+strconv.Itoa(i)).Field(at.Key.Index).Load())
			}
		}
	}
	slices.Sort(t.Values)
	t.Kind, t.Phase, t.What, t.Name, t.Flags = uint8(l.Kind), uint8(domain.Ended), l.What, l.Name, l.Flags()&^domain.FlagMandatory
	return t, len(t.Values) > 0
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
