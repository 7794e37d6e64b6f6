package rules

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Use is site looking at v: following it, reading it, calling its method.
func (in *Rules) Use(st *domain.State, v domain.Value, site ssa.Instruction) {
	if in.isOwnState(site) {
		return
	}
	for _, s := range v {
		s = seat(s)
		if p, ok := s.Path(); ok && in.isTold(s) {
			st.AffectPerhaps(len(v) > 1, summary.Deref, p, summary.Detail{}, sitePos(site))
			if known, _ := in.Nilness(st, s); !known {
				st.LookedUntested(p)
			}
			in.lateFor(st, s, p, len(v) > 1, site)
		} else if ok {
			in.lateUntold(st, s, site)
		}
	}
	if st.Loans.Len() == 0 {
		in.useLost(st, v, site)
		return
	}
	in.answer(st, v, site, false)
	in.useLost(st, v, site)
}

// UseWhole is site giving back v, a guard that stands in something else, as a lock does in a struct:
// that has to be there still.
func (in *Rules) UseWhole(st *domain.State, v domain.Value, site ssa.Instruction) {
	if in.isOwnState(site) {
		return
	}
	var wholes domain.Value
	for _, s := range v {
		w := s.Object()
		if l, is := in.judge(st, w); w == s || is != report.Violated || st.Loans.At(l).Phase != domain.Ended {
			return
		}
		wholes = wholes.Union(domain.Value{w})
	}
	in.answer(st, wholes, site, false)
}

// UseAbsent is site looking at v, which may have ended, but has to be there.
func (in *Rules) UseAbsent(st *domain.State, v domain.Value, site ssa.Instruction) {
	if in.isOwnState(site) {
		return
	}
	for _, s := range v {
		l, is := in.judge(st, s)
		if is != report.Violated {
			return
		}
		if phase := st.Loans.At(l).Phase; phase != domain.Unchecked && phase != domain.Absent {
			return
		}
	}
	in.answer(st, v, site, false)
}

// lateFor notes for callers that site looks at s, their p, after a release of something of
// theirs, or a call of a function of theirs, which may be one: that may have ended the loan of p, which only they know.
// What was handed on may have been released, too.
func (in *Rules) lateFor(st *domain.State, s *domain.Symbol, p summary.Path, may bool, site ssa.Instruction) {
	lendable := in.isLendable(s)
	for e, info := range st.Effects {
		moved := e.Kind == domain.EffectKind(summary.Moved)
		if e.Kind == domain.EffectKind(summary.Release) || lendable && (e.Kind == domain.EffectKind(summary.Call) || moved && e.Path != p) {
			st.AffectPerhaps(may || info.May || moved, summary.Late, p, summary.Detail{To: e.Path}, sitePos(site))
		}
	}
}

// lateUntold counts that site looks at s, of which callers are not told, after a release of something
// of theirs: whether that ended the loan of s, or of what leads to it, nobody knows.
func (in *Rules) lateUntold(st *domain.State, s *domain.Symbol, site ssa.Instruction) {
	b := s
	for b != nil && !in.isLendable(b) {
		b = b.Key.Base
	}
	if b == nil || len(s.AllLoans()) > 0 {
		return
	}
	for e := range st.Effects {
		if e.Kind == domain.EffectKind(summary.Release) {
			in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: notKnownWhence})
			return
		}
	}
}

// LookLate is a callee looking at v, which it was given, after it released
// something that it was given, too.
func (in *Rules) LookLate(st *domain.State, v domain.Value, may bool, site ssa.Instruction) {
	for _, s := range v {
		l, is := in.judge(st, s)
		switch {
		case is == report.Violated && st.Loans.At(l).Phase != domain.Ended:
			continue // not given, as was found when it was looked at first
		case is == report.Violated && (may || len(v) > 1):
			in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: "a callee may look at it after it was released", Loan: l})
			continue
		}
		in.answer(st, domain.Value{s}, site, may)
	}
	for _, s := range v {
		if p, ok := s.Path(); ok && in.isTold(s) {
			in.lateFor(st, s, p, may, site)
		}
	}
}

// LookPerhaps is a callee perhaps looking at v, which it was given, for reasons that the caller may have ruled out: that
// v was not given is in doubt then, and so is that its loan has ended.
func (in *Rules) LookPerhaps(st *domain.State, v domain.Value, site ssa.Instruction) {
	for _, s := range v {
		if l, is := in.judge(st, s); is == report.Violated && st.Loans.At(l).Phase != domain.Ended {
			in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: notChecked, Loan: l})
		}
	}
	in.LookLate(st, v, true, site)
}

// answer counts what is to be said of site looking at v, and reports it. perhaps
// is a look that may come after a test that nobody here sees: it is certain that
// the loan has ended, not that it was not given.
func (in *Rules) answer(st *domain.State, v domain.Value, site ssa.Instruction, perhaps bool) {
	var bad, some *domain.Loan
	all, worst := true, report.None
	for _, s := range v {
		if s.IsNil() {
			continue
		}
		l, is := in.judge(st, s)
		if is == report.Violated && bad == nil {
			bad = l
		}
		all = all && is == report.Violated
		if is != report.Violated && is > worst {
			worst, some = is, l
		}
	}
	switch {
	case bad != nil && all && perhaps && st.Loans.At(bad).Phase != domain.Ended:
		in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: notChecked, Loan: bad})
	case bad != nil && all:
		in.Tally.Count(site, report.Judgement{Verdict: report.Violated, Loan: bad, Nil: st.Loans.At(bad).Phase != domain.Ended})
		in.reportUse(st, bad, site)
	case bad != nil:
		in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: "it is one of several values", Loan: bad})
	case worst != report.None:
		in.Tally.Count(site, report.Judgement{Verdict: worst, Reason: in.why(st, some), Loan: some})
	}
}

// seat is what callers are told of, of a look at s. Who reads a field looks at the struct, and of one that
// is a number, a text, or leads elsewhere, nothing else is on loan: a method that reads ten fields is one look.
func seat(s *domain.Symbol) *domain.Symbol {
	for s.Kind == domain.SymAddr && s.Key.Index >= 0 && s.Typ != nil {
		switch gotypes.Deref(s.Typ).Underlying().(type) {
		case *types.Basic, *types.Pointer, *types.Map, *types.Chan, *types.Signature:
			s = s.Key.Base
		default:
			return s
		}
	}
	return s
}

// isTold reports whether callers are told of looks at s: what lies two loads away
// only where it is of a type that loans have, or a reader or writer, which may hold one of these.
func (in *Rules) isTold(s *domain.Symbol) bool {
	if s.Depth != 2 || in.isLendable(s) {
		return s.Depth <= 2
	}
	reads, writes := gotypes.Streams(s.Typ)
	return reads || writes
}

func (in *Rules) isLendable(s *domain.Symbol) bool {
	return s.Typ != nil && in.Lendable.Has(s.Typ)
}

// isLookedAtAsLendable reports whether s is of a type that loans have, or is an interface of which site
// looks at the value as of such a type.
func (in *Rules) isLookedAtAsLendable(s *domain.Symbol, site ssa.Instruction) bool {
	return in.isLendable(s) || s.Typ != nil && types.IsInterface(s.Typ) && in.looksAtLendable(site)
}

// useLost is a look at a value of a type that loans have, of which nothing is
// known but that: it was received, found in a collection, or given by code out of
// sight. It may be on a loan that has ended.
func (in *Rules) useLost(st *domain.State, v domain.Value, site ssa.Instruction) {
	nothing := len(v) > 1 && slices.ContainsFunc(v, (*domain.Symbol).IsNil)
	if s := v.One(); s != nil {
		nothing = in.isNil(st, s) && len(s.AllLoans()) == 0
	}
	if nothing && in.looksAtLendable(site) {
		in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: onNil})
		return
	}
	for _, s := range v {
		if (in.isForeign(st, s) || !in.isTold(s)) && in.isLookedAtAsLendable(s, site) && !in.isOnLoan(st, s.AllLoans()) {
			in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: notKnownWhence})
			return
		}
	}
}

// isOnLoan reports whether any of loans is there on this path: what one way out of a callee put on loan is
// on none where the callee took another.
func (in *Rules) isOnLoan(st *domain.State, loans []*domain.Loan) bool {
	return slices.ContainsFunc(loans, func(l *domain.Loan) bool {
		_, ok := st.Loans.Get(l)
		return ok
	})
}

// UseNil is site looking at what is nil, of type t, or releasing it.
func (in *Rules) UseNil(t types.Type, site ssa.Instruction) {
	if t != nil && (in.Lendable.Has(t) || in.Guarding.Has(t)) {
		in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: onNil})
	}
}

// InvokeNil is a call of a method of an interface that has nothing in it, where by contract
// such interfaces are released.
func (in *Rules) InvokeNil(st *domain.State, c *interp.CallSite) {
	t := c.Instr.Common().Value.Type()
	if s := c.Args[0].One(); s != nil && !s.IsTypedNil() && in.isNil(st, s) && len(in.GuardedBy(st, s)) == 0 && in.Guarding.Has(t) {
		in.Tally.Count(c.Site(), report.Judgement{Verdict: report.Unknown, Reason: onNil})
	}
}

// DeferInvoke is the defer statement of a call of a method of v, an interface: it looks into v
// at once, and not when it runs.
func (in *Rules) DeferInvoke(st *domain.State, v domain.Value, site ssa.Instruction) {
	s := v.One()
	if s == nil {
		return
	}
	for _, l := range in.GuardedBy(st, s) {
		stand := st.Loans.At(l)
		if l.NilGuard && (stand.Phase == domain.Unchecked || stand.Phase == domain.Absent) && !stand.Reported {
			in.Tally.Count(site, report.Judgement{Verdict: report.Unknown, Reason: notChecked, Loan: l})
		}
	}
}

func (in *Rules) isNil(st *domain.State, s *domain.Symbol) bool {
	known, is := in.Nilness(st, s)
	return known && is
}

// looksAtLendable reports whether an operand of site is of a type that loans have.
func (in *Rules) looksAtLendable(site ssa.Instruction) bool {
	for _, x := range site.Operands(nil) {
		if *x != nil && in.Lendable.Has((*x).Type()) {
			return true
		}
	}
	return false
}

const onNil = "it is nil on this path"

const notChecked = "it is not checked, and a callee may look at it"

const notKnownWhence = "it is not known where it comes from"

// isForeign reports whether nobody who is followed knows where s comes from: it
// was lost, or it belongs to the function around a closure that code out of sight
// calls, which is analysed on its own for that.
func (in *Rules) isForeign(st *domain.State, s *domain.Symbol) bool {
	r := s.ReachedFrom()
	if r != nil && r.Kind == domain.SymGlobal {
		if g, ok := r.Key.Site.(*ssa.Global); ok && g.Pkg != in.Root.Pkg {
			return false // os.Stdout: what another package keeps for all is its own to keep
		}
	}
	whole := s.Whole()
	if whole.IsLost() || whole.IsFound() || st.IsShared(s) {
		return true
	}
	return r != nil && r.Kind == domain.SymParam && in.Root.Parent() != nil && !s.IsToken()
}

// UseElement is site looking at an element of v: a slice that is nil, as it
// is where its loan was not given, has none.
func (in *Rules) UseElement(st *domain.State, v domain.Value, site ssa.Instruction) {
	in.Use(st, v, site)
	s := v.One()
	if at, ok := site.(*ssa.IndexAddr); ok {
		if _, fixed := at.Index.(*ssa.Const); !fixed {
			return // an index that is counted up to the length comes to no element of a slice that is nil
		}
	}
	if s == nil {
		return
	}
	for _, l := range s.Loans {
		stand, ok := st.Loans.Get(l)
		if ok && l.NilSlice && (stand.Phase == domain.Unchecked || stand.Phase == domain.Absent) && !stand.Reported && !stand.Unsure && !stand.Asked && !l.Old {
			in.reportNil(st, l, site, stand, false)
			return
		}
	}
}

// Look is a callee looking at v on some of its paths: it may have tested v
// before, but not whether its loan has ended.
func (in *Rules) Look(st *domain.State, v domain.Value, site ssa.Instruction) {
	for _, s := range v {
		s = seat(s)
		if p, ok := s.Path(); ok && in.isTold(s) {
			e := domain.Effect{Kind: domain.EffectKind(summary.Deref), Path: p}
			if _, ok := st.Effects[e]; !ok && len(st.Effects) < domain.MaxEffects {
				st.OwnEffects()[e] = domain.EffectInfo{Pos: sitePos(site), May: true}
			}
			if known, _ := in.Nilness(st, s); !known {
				st.LookedUntested(p)
			}
			in.lateFor(st, s, p, true, site)
		} else if ok {
			in.lateUntold(st, s, site)
		}
	}
	if st.Loans.Len() > 0 && !in.isOwnState(site) {
		in.answer(st, v, site, true)
	}
	in.useLost(st, v, site)
}

// allBad reports whether none of the values v may be looked at.
func (in *Rules) allBad(st *domain.State, v domain.Value) bool {
	for _, s := range v {
		if _, is := in.judge(st, s); is != report.Violated && !s.IsNil() {
			return false
		}
	}
	return true
}

// HandedOn is the reason that nothing is known of a loan whose guard went where it
// is not followed.
const HandedOn = "its guard was handed on"

// maxOwners is how far back it is asked what something was borrowed from.
const maxOwners = 4
