package loan

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

const (
	flagMandatory = 1 << iota
	flagOnce
	flagDeep
	flagNilable
	flagNilGuard
	flagToken
	flagWaited
	flagCounted
	flagReference
)

func (l *loan) flags() (f uint16) {
	for i, on := range []bool{l.mandatory, l.once, l.deep, l.nilable, l.nilGuard, l.token, l.waited, l.counted, l.reference} {
		if on {
			f |= 1 << i
		}
	}
	return f
}

func (l *loan) setFlags(f uint16) {
	l.mandatory, l.once, l.deep = f&flagMandatory != 0, f&flagOnce != 0, f&flagDeep != 0
	l.nilable, l.nilGuard = f&flagNilable != 0, f&flagNilGuard != 0
	l.token, l.waited = f&flagToken != 0, f&flagWaited != 0
	l.counted, l.reference = f&flagCounted != 0, f&flagReference != 0
}

// maxOutcomes is how many ways out a summary tells apart; a function with
// more is unknown.
const maxOutcomes = 12

// addOutcome adds the exit e to the summary of the function.
func (in *interpreter) addOutcome(e exit, kept map[*loan]bool) {
	o := summary.Outcome{Results: make([]summary.Result, len(e.results))}
	names := in.nameResults(e.st, e.results)
	for i, r := range e.results {
		o.Results[i] = in.resultOf(e.st, r, names)
	}
	for _, p := range in.root.Params {
		s := in.param(in.root, p)
		if f := e.st.facts.at(s); f != 0 {
			path, _ := s.path()
			o.Params = append(o.Params, summary.ParamFact{Path: path, Fact: summary.Fact(f)})
		}
	}
	for s, f := range e.st.facts.all() {
		if path, ok := s.path(); ok && s.kind == symContent && s.depth == 1 {
			o.Params = append(o.Params, summary.ParamFact{Path: path, Fact: summary.Fact(f)})
		}
	}
	slices.SortFunc(o.Params, func(a, b summary.ParamFact) int { return strings.Compare(string(a.Path), string(b.Path)) })
	for l, stand := range e.st.loans.all() {
		if stand.unsure || stand.phase != live && stand.phase != unchecked || l.old {
			continue
		}
		if l.kind == acquired && !kept[l] && !l.reference || l.kind == scoped || l.kind == implicit {
			continue
		}
		if t, ok := in.describe(e.st, l, stand, names); ok {
			o.Loans = append(o.Loans, t)
		}
	}
	o.Effects = in.storedInResults(e.st, names)
	o.Effects = append(o.Effects, in.storedInParameters(e.st)...)
	for f, info := range e.st.effects {
		o.Effects = append(o.Effects, summary.Effect{Kind: summary.EffectKind(f.kind), Path: f.path, To: f.to, May: info.may})
	}
	slices.SortFunc(o.Effects, summary.Effect.Compare)
	o.Effects = slices.CompactFunc(o.Effects, func(e, f summary.Effect) bool {
		return e.Kind == f.Kind && e.Path == f.Path && e.To == f.To
	})
	in.outcomes = append(in.outcomes, o)
}

// resultOf says what one result is.
func (in *interpreter) resultOf(st *state, v value, names map[*symbol][]summary.Path) (r summary.Result) {
	for i, s := range v {
		var f summary.Fact
		if known, is := in.nilness(st, s); known && (s.typ == nil || isNillable(s.typ) || s.isNil()) {
			f |= factBit(is, summary.Nil, summary.NotNil)
		}
		if known, is := in.truth(st, s); known {
			f |= factBit(is, summary.True, summary.False)
		}
		if i == 0 {
			r.Fact = f
		} else {
			r.Fact &= f
		}
		if p, ok := s.path(); ok && s.kind != symDerived {
			r.Alias = append(r.Alias, p)
		} else if ok {
			r.From = append(r.From, p)
		} else if s.kind == symDerived || s.kind == symFunc {
			st.reach(value{s}, func(x *symbol) {
				if p, ok := x.path(); ok && isReference(x.typ) {
					r.From = append(r.From, p)
				}
			})
		}
	}
	slices.Sort(r.From)
	r.From = slices.Compact(r.From)
	slices.Sort(r.Alias)
	r.Alias = slices.Compact(r.Alias)
	if c := constantOf(v); c != nil && c.Kind() == constant.Int {
		r.Const = c.ExactString()
	}
	if s := v.one(); s != nil && s.kind == symCompare && s.key.op != token.NOT && r.Fact&(summary.True|summary.False) == 0 {
		if x, ok := operand(s.key.base, names); ok {
			if y, ok := operand(s.key.with, names); ok {
				r.Equal, r.Differ = [2]summary.Path{x, y}, s.key.op == token.NEQ
			}
		}
	}
	return r
}

// operand names one side of a comparison.
func operand(s *symbol, names map[*symbol][]summary.Path) (summary.Path, bool) {
	if s.isNil() {
		return "nil", true
	}
	if ps := names[s]; len(ps) > 0 {
		return ps[0], true
	}
	return s.path()
}

func factBit(is bool, yes, no summary.Fact) summary.Fact {
	if is {
		return yes
	}
	return no
}

// nameResults names what the caller can reach from the results.
func (in *interpreter) nameResults(st *state, results []value) map[*symbol][]summary.Path {
	names := make(map[*symbol][]summary.Path)
	objects := st.byObject()
	var walk func(s *symbol, p summary.Path, depth int)
	walk = func(s *symbol, p summary.Path, depth int) {
		if depth > 3 || slices.Contains(names[s], p) {
			return
		}
		names[s] = append(names[s], p)
		for _, a := range objects[s] {
			direct := a.key.base == s
			for _, x := range st.mem.at(a).v {
				switch {
				case direct && a.kind == symField && a.key.index <= captureIndex:
					// A closure: releasing what it captures is calling it.
					walk(x, p.Field(a.key.index), depth+1)
				case direct && a.kind == symField:
					walk(x, p.Field(a.key.index), depth+1)
				case direct && a.kind == symAddr:
					walk(x, p.Field(a.key.index).Load(), depth+1)
				case a == s:
					walk(x, p.Load(), depth+1)
				}
			}
		}
	}
	for i, r := range results {
		for _, s := range r {
			walk(s, summary.Path("r"+string(rune('0'+min(i, 9)))), 0)
		}
	}
	return names
}

// storedInResults tells which parameters stand in the objects that are
// returned, and where.
func (in *interpreter) storedInResults(st *state, names map[*symbol][]summary.Path) (out []summary.Effect) {
	for s, ps := range names {
		p, ok := s.path()
		if !ok || !isReference(s.typ) {
			continue
		}
		for _, to := range ps {
			// An address that holds it, or the field of a struct.
			if _, _, steps := to.Root(); steps == "" || hasCapture(steps) {
				continue
			}
			out = append(out, summary.Effect{Kind: summary.Store, Path: p, To: strings.TrimSuffix(string(to), "*")})
		}
	}
	return out
}

// storedInParameters tells what stands in the caller's memory at the exit that
// was not there at the entry.
func (in *interpreter) storedInParameters(st *state) (out []summary.Effect) {
	for a, c := range st.mem.all() {
		to, ok := a.path()
		if a.kind == symField || !isReference(deref(a.typ)) {
			continue
		}
		if !ok || a.depth > 2 {
			out = append(out, in.keptFar(st, a, c.v)...)
		}
		if !ok {
			continue
		}
		if a.depth > 2 { // too far away for a caller to follow
			for _, s := range c.v {
				if p, ok := s.path(); ok && isReference(s.typ) && s.key.base != a {
					out = append(out, summary.Effect{Kind: summary.Moved, Path: p})
				}
			}
			continue
		}
		may := len(c.v) > 1
		for _, s := range c.v {
			switch p, ok := s.path(); {
			case s.kind == symContent && s.key.base == a:
			case ok && isReference(s.typ):
				out = append(out, summary.Effect{Kind: summary.Store, Path: p, To: string(to), May: may})
			case a.key.index != elementIndex && a.depth <= 1:
				out = append(out, summary.Effect{Kind: summary.Write, Path: to, May: may})
				fallthrough
			default:
				st.reach(value{s}, func(x *symbol) {
					if p, ok := x.path(); ok && x != s && isReference(x.typ) {
						out = append(out, summary.Effect{Kind: summary.Store, Path: p, To: string(to), May: true})
					}
				})
			}
		}
	}
	return out
}

// keptFar tells what of the parameters stands at a, which was reached from
// another parameter over more loads than a caller can follow.
func (in *interpreter) keptFar(st *state, a *symbol, v value) (out []summary.Effect) {
	root := a.reachedFrom()
	if root == nil {
		return nil
	}
	to, ok := root.path()
	if !ok {
		to = "g"
	}
	st.reach(v, func(s *symbol) {
		if p, ok := s.path(); ok && s.root() != root && isReference(s.typ) {
			out = append(out, summary.Effect{Kind: summary.Kept, Path: p, To: string(to)})
		}
	})
	return out
}

// hasCapture reports whether a path leads through what a closure captures,
// which a caller cannot follow.
func hasCapture(steps summary.Path) bool {
	for len(steps) > 0 {
		field, load, rest := steps.Next()
		if !load && field <= captureIndex {
			return true
		}
		steps = rest
	}
	return false
}

// describe puts l in terms of the function's results and parameters; not ok
// if the caller would have no name for its values.
func (in *interpreter) describe(st *state, l *loan, stand standing, names map[*symbol][]summary.Path) (summary.Loan, bool) {
	t := summary.Loan{Kind: uint8(l.kind), Phase: uint8(stand.phase), What: l.what, Name: l.name, Flags: l.flags()}
	for s, ps := range names {
		if containsLoan(s.guards, l) {
			t.Guards = append(t.Guards, ps...)
		}
		if containsLoan(s.allLoans(), l) {
			t.Values = append(t.Values, ps...)
		}
	}
	if l.reference && len(t.Guards) == 0 {
		for _, s := range in.guardsOf(l) {
			if p, ok := s.path(); ok {
				t.Guards = append(t.Guards, p)
			}
		}
	}
	slices.Sort(t.Guards)
	slices.Sort(t.Values)
	if l.kind == acquired && len(t.Guards) == 0 || l.kind != acquired && len(t.Values) == 0 {
		return t, false
	}
	t.Owner = in.ownerPaths(st, stand.owner, names, 0)
	slices.Sort(t.Owner)
	if l.kind == borrowed && len(t.Owner) == 0 {
		return t, false
	}
	if stand.phase == unchecked {
		c := l.cond.one()
		if c == nil || len(names[c]) == 0 {
			return t, false
		}
		t.Cond, t.Op = names[c][0], uint8(l.op)
	}
	for _, e := range l.until {
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

// ownerPaths names an owner, or, where the caller has no name for it, what it
// was taken from.
func (in *interpreter) ownerPaths(st *state, owner value, names map[*symbol][]summary.Path, depth int) (out []summary.Path) {
	for _, o := range owner {
		if p, ok := o.path(); ok {
			out = append(out, p)
		}
		out = append(out, names[o]...)
		if len(out) > 0 || depth > 2 {
			continue
		}
		for _, l := range o.allLoans() {
			if stand, ok := st.loans.get(l); ok {
				out = append(out, in.ownerPaths(st, stand.owner, names, depth+1)...)
			}
		}
	}
	return out
}

// summarize makes the summary of the outcomes that were found: those that no
// loan of a caller can tell apart are one.
func (in *interpreter) summarize() *summary.Summary {
	s := &summary.Summary{Version: summary.Version}
	// What a field was found to be matters where that decides about a release.
	releases := slices.ContainsFunc(in.outcomes, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool { return e.Kind == summary.Release })
	})
	for _, o := range in.outcomes {
		o.Params = slices.DeleteFunc(o.Params, func(p summary.ParamFact) bool {
			_, _, steps := p.Path.Root()
			if steps == "" || releases {
				return false
			}
			// That it was tested first is not said any more: it is looked at perhaps.
			for i, e := range o.Effects {
				if e.Kind == summary.Deref && strings.HasPrefix(string(e.Path), string(p.Path)) {
					o.Effects[i].May = true
				}
			}
			return true
		})
		s.Outcomes = addDistinct(s.Outcomes, o)
	}
	if len(s.Outcomes) > maxOutcomes {
		s.Outcomes = withoutNumbers(s.Outcomes)
	}
	if len(s.Outcomes) > maxOutcomes {
		return nil
	}
	doubtReleases(s.Outcomes)
	return s
}

// doubtReleases marks the releases that happen for reasons which no caller can
// see, say that a count fell to zero: on another way out that nothing tells
// apart from this one, they do not (decision 20).
func doubtReleases(list []summary.Outcome) {
	type doubt struct{ outcome, effect int }
	var doubts []doubt
	for i, o := range list {
		for n, e := range o.Effects {
			if e.Kind != summary.Release || e.May {
				continue
			}
			if slices.ContainsFunc(list, func(p summary.Outcome) bool { return !p.Releases(e.Path) && !o.Excludes(p) }) {
				doubts = append(doubts, doubt{i, n})
			}
		}
	}
	for _, d := range doubts {
		list[d.outcome].Effects[d.effect].May = true
	}
}

// withoutNumbers are the outcomes that are left when it does not matter which
// number is returned.
func withoutNumbers(list []summary.Outcome) (out []summary.Outcome) {
	for _, o := range list {
		o.Results = slices.Clone(o.Results)
		for i := range o.Results {
			o.Results[i].Const = ""
		}
		out = addDistinct(out, o)
	}
	return out
}

// addDistinct adds o unless an outcome says the same, or the same but for
// facts: then only what both say stays.
func addDistinct(list []summary.Outcome, o summary.Outcome) []summary.Outcome {
	for i, have := range list {
		if have.Equal(o) {
			return list
		}
		if sameDeeds(have, o) {
			list[i] = common(have, o)
			return list
		}
	}
	return append(list, o)
}

// sameDeeds reports whether two outcomes differ in facts alone, and have no
// loans or releases that those facts could be about.
func sameDeeds(a, b summary.Outcome) bool {
	if len(a.Loans) > 0 || len(b.Loans) > 0 {
		return false
	}
	splits := func(e summary.Effect) bool { return e.Kind == summary.Release }
	if slices.ContainsFunc(a.Effects, splits) || slices.ContainsFunc(b.Effects, splits) {
		return false
	}
	// Facts about parameters matter where a parameter is checked and then
	// looked at, or where a result tells how the check came out.
	if len(a.Params) > 0 || len(b.Params) > 0 {
		return false
	}
	return slices.Equal(a.Effects, b.Effects) && slices.EqualFunc(a.Results, b.Results, func(x, y summary.Result) bool {
		return slices.Equal(x.Alias, y.Alias) && slices.Equal(x.From, y.From) && x.Const == y.Const
	})
}

func common(a, b summary.Outcome) summary.Outcome {
	for i := range a.Results {
		a.Results[i].Fact &= b.Results[i].Fact
	}
	return a
}
