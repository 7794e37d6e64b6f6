package calls

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

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
	held := in.heldIn(e)
	o.Params = in.foundOfParams(e.St)
	o.Left = in.left(e.St)
	var inside map[*domain.Loan][]summary.Path
	for l, stand := range e.St.Loans.All() {
		if stand.Phase == domain.Ended && l.Kind != domain.Implicit && l.Kind != domain.Scoped {
			if t, ok := in.leftOver(l, names, stand.Reported); ok {
				o.Ended = append(o.Ended, t)
			}
			if inside == nil {
				inside = in.insideResults(e)
			}
			if t, ok := overInside(l, stand, inside[l]); ok {
				o.Ended = append(o.Ended, t)
			}
			continue
		}
		open := stand.Phase == domain.Live || stand.Phase == domain.Unchecked
		if stand.Reported && open && !stand.Given && !l.Old && !l.Reference && (l.Kind == domain.Acquired || l.Kind == domain.Borrowed) {
			if t, ok := in.leftOver(l, names, true); ok { // what has become of it behind the mistake is not told
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
		if t, ok := in.describe(e.St, l, stand, names, held); ok && stand.Parked && l.Mandatory && !l.Reference && inResultsAlone(t.Guards) {
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
		s.ByErrors = s.Kind == summary.Release && !s.May && in.isDecidedByErrors(f.Path, info.Pos) || s.Way == summary.ForHolders && !s.May && in.waitsUnlessItFails(info.Pos)
		o.Effects = append(o.Effects, s)
	}
	in.nameHeld(&o, held)
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
			if s.Typ != nil && (in.Lendable.Has(s.Typ) || in.tellsOfLent(s)) {
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
	if in.yieldsAtMostOnce(st, v) {
		r.Fact |= summary.OneRound
	}
	if in.isOwn(st, v, names) {
		r.Fact |= summary.Own
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

// isOwn reports whether v, which is returned, is what was made here, or by a callee for this function, and nobody but the caller can
// get at: it stands nowhere else, and a function that is kept in it does not have it.
func (in *Calls) isOwn(st *domain.State, v domain.Value, names map[*domain.Symbol][]summary.Path) bool {
	s := v.One()
	if s == nil || s.Old || s.Typ == nil || !gotypes.IsPointer(s.Typ) || s.Object() != s || !st.IsOwn(s) ||
		slices.ContainsFunc(names[s], func(p summary.Path) bool { return !p.IsResult() }) {
		return false
	}
	within := make(map[*domain.Symbol]bool)
	st.Reach(v, func(x *domain.Symbol) { within[x.Object()] = true })
	for a, c := range st.Mem.All() {
		if o := a.Object(); st.IsOwn(o) && !within[o] {
			continue // a variable of this function, which ends: whoever else has it is asked
		}
		found := false
		st.Reach(c.V, func(x *domain.Symbol) { found = found || x.Object() == s })
		if found {
			return false
		}
	}
	return true
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
