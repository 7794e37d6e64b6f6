package rules

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A releaseRecord gathers, over all paths that reach a release, whether there
// was anything to release: only if there never was is it a finding.
type releaseRecord struct {
	pos     token.Pos
	site    ssa.Instruction
	some    bool
	nothing bool
	loan    *domain.Loan
}

// guardsIn are the guards that v is, or that are in the variables it points to.
func (in *Rules) guardsIn(st *domain.State, v domain.Value) domain.Value {
	var out domain.Value
	for _, s := range v {
		if w := in.Whole(st, s); w != s {
			out = out.Union(domain.Value{w})
			continue
		}
		if c, ok := st.Mem.Get(s); ok && len(s.Guards) == 0 && s.Kind != domain.SymAlloc && s.Kind != domain.SymAddr && slices.ContainsFunc(c.V, func(x *domain.Symbol) bool { return len(in.GuardedBy(st, x)) > 0 }) {
			out = out.Union(c.V) // a pointer to the guard
			continue
		}
		if len(s.Guards) > 0 || s.Kind != domain.SymAlloc && s.Kind != domain.SymAddr || in.isCountedVariable(s) {
			out = out.Union(domain.Value{s})
			continue
		}
		if _, isAddr := st.Mem.Get(s); isAddr || s.Kind == domain.SymAddr || s.Kind == domain.SymAlloc && !isObject(s) {
			out = out.Union(st.Load(in.Machine, s, domain.Value{s}, gotypes.Deref(s.Typ)))
			continue
		}
		out = out.Union(domain.Value{s})
	}
	return out
}

// isCountedVariable reports whether s is a variable that is itself acquired, by its methods, again and
// again: a lock.
func (in *Rules) isCountedVariable(s *domain.Symbol) bool {
	p, ok := s.Typ.(*types.Pointer)
	if !ok || s.Kind != domain.SymAlloc {
		return false
	}
	_, isStruct := p.Elem().Underlying().(*types.Struct)
	return isStruct && in.isCounted(p)
}

// GuardsAt are the guards at the address a.
func (in *Rules) GuardsAt(st *domain.State, a *domain.Symbol) domain.Value {
	return in.guardsIn(st, domain.Value{a})
}

// Entrust moves what v guards: somebody else releases it.
func (in *Rules) Entrust(st *domain.State, v domain.Value) { in.MoveGuards(st, in.guardsIn(st, v)) }

// isObject reports whether s is an object that was made here, as new(T) or
// &T{}, rather than a variable.
func isObject(s *domain.Symbol) bool {
	a, ok := s.Key.Site.(*ssa.Alloc)
	return !ok || a.Comment == "complit" || a.Comment == "new"
}

// Release gives back what v guards.
func (in *Rules) Release(st *domain.State, c *interp.CallSite, cl *contract.Claim, v domain.Value) {
	idempotent := cl.Idempotent
	if cl.To != nil {
		in.ReleasedTo(st, c, in.PathValue(st, c, *cl.To, nil), in.guardsIn(st, v))
	}
	guards := in.guardsIn(st, v)
	rec := in.record(c)
	if len(guards) == 0 {
		rec.some = true
		return
	}
	sure := len(guards) == 1 && !guards[0].Old
	if sure && in.releasesPart(st, c, cl, guards[0]) {
		rec.some = true
		return
	}
	if s := readAtOnce(guards); s != nil && in.isReference(st, s) && in.isOwed(st, s) {
		in.releaseOne(st, c, cl, s, true, idempotent, rec)
		return
	}
	for _, s := range guards {
		in.releaseOne(st, c, cl, s, sure, idempotent, rec)
	}
}

// isReference reports whether s is the guard of references, and of nothing else.
func (in *Rules) isReference(st *domain.State, s *domain.Symbol) bool {
	loans := in.lockedBy(st, s)
	return len(loans) > 0 && !s.Old && !slices.ContainsFunc(loans, func(l *domain.Loan) bool { return !l.Reference })
}

// ReleaseAnyway gives back what v guards, if that is there at all.
func (in *Rules) ReleaseAnyway(st *domain.State, c *interp.CallSite, cl *contract.Claim, v domain.Value) {
	if s := in.guardsIn(st, v).One(); s != nil && !s.Old {
		for _, l := range in.GuardedBy(st, s) {
			if stand := st.Loans.At(l); !l.Old && (stand.Phase == domain.Unchecked || stand.Phase == domain.Absent) {
				in.End(st, l, c.Site(), c.Name())
				in.record(c).some = true
			}
		}
	}
	in.Release(st, c, cl, v)
}

// ReleaseIfThere gives back what v guards, by a method that may well look whether there is
// something to release: where that is not checked, it is in doubt.
func (in *Rules) ReleaseIfThere(st *domain.State, c *interp.CallSite, cl *contract.Claim, v domain.Value) {
	missing := false
	for _, s := range in.guardsIn(st, v) {
		for _, l := range in.GuardedBy(st, s) {
			if stand := st.Loans.At(l); !l.Old && (stand.Phase == domain.Unchecked || stand.Phase == domain.Absent) && l.NilGuard {
				in.doubt(st, c.Site(), l, "revrelease")
				in.End(st, l, c.Site(), c.Name())
				in.record(c).some, missing = true, true
			}
		}
	}
	if !missing {
		in.Release(st, c, cl, v)
	}
}

// ReleasePerhaps is a release that happens on some of the ways out of a
// callee, for reasons of its own: from here on nothing is known.
func (in *Rules) ReleasePerhaps(st *domain.State, c *interp.CallSite, cl *contract.Claim, v domain.Value) {
	rec := in.record(c)
	rec.some = true
	for _, s := range in.guardsIn(st, v) {
		if p, ok := s.Path(); ok && len(in.GuardedBy(st, s)) == 0 {
			st.AffectPerhaps(true, summary.Release, p, summary.Detail{Way: summary.Idempotent.When(cl.Idempotent)}, c.Pos)
			continue
		}
		in.releaseOne(st, c, cl, s, false, cl.Idempotent, rec)
	}
}

// ReleaseDoubted is a release that depends on a callee's memory. For the
// function's own callers, who may know that memory, it is one.
func (in *Rules) ReleaseDoubted(st *domain.State, c *interp.CallSite, cl *contract.Claim, v domain.Value) {
	in.record(c).some = true
	for _, s := range in.guardsIn(st, v) {
		if p, ok := s.Path(); ok {
			st.Affect(summary.Release, p, summary.Detail{Way: summary.Idempotent.When(cl.Idempotent)}, c.Pos)
		}
		for _, l := range in.GuardedBy(st, s) {
			stand := st.Loans.At(l)
			missing := (stand.Phase == domain.Unchecked || stand.Phase == domain.Absent) && l.NilGuard && !stand.Asked
			again := !cl.Idempotent && (stand.Unsure || stand.Phase == domain.Moved || stand.Phase == domain.Ended)
			if missing || again {
				in.doubt(st, c.Site(), l, "revrelease")
			}
		}
	}
	in.DoubtLoans(st, v)
}

// DoubtLoans gives up the loans that v guards: they may have ended or not.
func (in *Rules) DoubtLoans(st *domain.State, v domain.Value) {
	for _, s := range in.guardsIn(st, v) {
		for _, l := range in.GuardedBy(st, s) {
			stand := st.Loans.At(l)
			stand.Unsure = true
			if stand.Phase == domain.Live || stand.Phase == domain.Unchecked {
				stand.Phase = domain.Moved
			}
			st.Loans.Set(l, stand)
			in.LoseSight(l)
		}
	}
}

// isInterfaceMethod reports whether c calls a method that an interface declares.
func isInterfaceMethod(c *interp.CallSite) bool {
	f, ok := c.Obj.(*types.Func)
	return ok && f.Signature().Recv() != nil && types.IsInterface(f.Signature().Recv().Type())
}

func (in *Rules) record(c *interp.CallSite) *releaseRecord {
	rec := in.recordAt[c.Pos]
	if rec == nil {
		rec = &releaseRecord{pos: c.Pos, site: c.Site()}
		in.records = append(in.records, rec)
		if in.recordAt == nil {
			in.recordAt = make(map[token.Pos]*releaseRecord)
		}
		in.recordAt[c.Pos] = rec
	}
	return rec
}

func (in *Rules) releaseOne(st *domain.State, c *interp.CallSite, cl *contract.Claim, s *domain.Symbol, sure, idempotent bool, rec *releaseRecord) {
	if p, ok := s.Path(); ok && !(sure && in.isOwed(st, s)) {
		e := domain.Effect{Kind: domain.EffectKind(summary.Release), Path: p, Detail: summary.Detail{Way: summary.Idempotent.When(idempotent)}}
		if _, again := st.Effects[e]; again && in.isCounted(s.Typ) {
			st.Affect(summary.Moved, p, summary.Detail{}, c.Pos) // how many references it gives back is not told
			in.Tally.Count(c.Site(), report.Judgement{Verdict: report.Unknown, Reason: notKnownWhence, Analyzer: "revrelease"})
		}
		if sure {
			st.Affect(summary.Release, p, summary.Detail{Way: summary.Idempotent.When(idempotent)}, c.Pos)
		} else {
			st.Affect(summary.Moved, p, summary.Detail{}, c.Pos)
		}
	}
	in.Unlocked(st, c, s)
	if s.Kind == domain.SymConst {
		// The zero guard: there is nothing to release. A nil pointer, or what
		// is no guard at all, is somebody else's finding.
		n, ok := types.Unalias(s.Typ).(*types.Named)
		isGuard := ok && !s.IsNil() && in.isHandle(n) && !in.isObjectGuard(n)
		rec.nothing = rec.nothing || isGuard
		rec.some = rec.some || !isGuard
		if s.IsNil() && in.looksAtLendable(c.Site()) {
			in.Tally.Count(c.Site(), report.Judgement{Verdict: report.Unknown, Reason: onNil})
		}
		return
	}
	loans := in.lockedBy(st, s)
	if len(loans) == 0 {
		in.MoveGuards(st, domain.Value{s}) // a wrapper, perhaps: its method may release what it holds
	}
	if !in.hasMethod(s, c) {
		rec.some = true
		return
	}
	if len(loans) > 0 {
		// What a pool gave can be a writer, which is closed before it goes back.
		own := c.HasRecv && c.Args[0].Has(s) // a method of what it gave
		closes := idempotent || own && in.Contracts.Of(c.Obj) != nil
		loans = slices.DeleteFunc(slices.Clone(loans), func(l *domain.Loan) bool {
			return l.Kind == domain.Acquired && !l.Mandatory && (closes && l.Untyped || own && isInterfaceMethod(c))
		})
		if len(loans) == 0 {
			rec.some = true
			return
		}
	}
	if len(loans) == 0 {
		rec.some = true
		if in.isForeign(st, s) && !in.isOnLoan(st, s.Loans) {
			in.Tally.Count(c.Site(), report.Judgement{Verdict: report.Unknown, Reason: notKnownWhence, Analyzer: "revrelease"})
		}
		for _, l := range s.Loans { // a callee kept its guard, and left this behind
			if stand, ok := st.Loans.Get(l); ok && l.Kind == domain.Acquired && stand.Phase == domain.Ended && stand.Unsure {
				in.doubt(st, c.Site(), l, "revrelease")
			}
		}
		if !sure {
			return
		}
		for _, l := range s.Loans {
			if in.releaseBorrowed(st, c, s, l, idempotent) {
				return
			}
		}
		if s.Kind == domain.SymFresh || s.Whole().Kind == domain.SymParam || s.Kind == domain.SymContent && s.Root().Kind == domain.SymParam {
			in.implicit(st, c, cl, s)
		}
		return
	}
	if sure && !s.IsElement() && in.answersAnother(st, c, cl, loans) {
		rec.some = true
		return
	}
	for _, l := range in.youngest(st, loans) {
		in.releaseLoan(st, c, l, sure, idempotent, rec)
	}
}

// isOwed reports whether everything that s guards was acquired here and is still
// there: a lock that the function took itself. To release it takes nothing from
// its callers.
func (in *Rules) isOwed(st *domain.State, s *domain.Symbol) bool {
	loans := in.lockedBy(st, s)
	for _, l := range loans {
		if l.Old || st.Loans.At(l).Phase != domain.Live {
			return false
		}
	}
	return len(loans) > 0
}

// implicit records the release of something that was acquired elsewhere: a
// second release on the same path is then known for what it is.
func (in *Rules) implicit(st *domain.State, c *interp.CallSite, cl *contract.Claim, s *domain.Symbol) {
	isHanded := len(cl.Values) > 0 && !(c.HasRecv && c.Args[0].Has(s)) // a contract gives it back as a whole, to a pool say
	if s.Typ != nil && in.isObjectGuard(s.Typ) && !isHanded || s.IsElement() {
		return
	}
	if cl.Idempotent { // it may be released again, but what was taken from it has ended
		for l, stand := range st.Loans.All() {
			if stand.Owner.One() == s && !s.Old && l.Kind != domain.Scoped && (stand.Phase == domain.Live || stand.Phase == domain.Unchecked) && !(l.Kind == domain.Acquired && l.Mandatory) {
				in.End(st, l, c.Site(), c.Name())
			}
		}
		return
	}
	l := in.LoanOf(domain.LoanKey{Site: s}, func(l *domain.Loan) {
		l.Kind, l.Pos, l.What, l.Claim = domain.Implicit, c.Pos, c.Name(), cl
		l.Name = in.symbolName(s)
	})
	st.Loans.Set(l, domain.Standing{Phase: domain.Live})
	in.End(st, l, c.Site(), c.Name())
}

// MayBeReplaced notes that code out of sight, or another goroutine, may have put something else where something stands,
// in memory of the caller's, that was released here: a connection that is dialled anew.
func (in *Rules) MayBeReplaced(st *domain.State) {
	for l, stand := range st.Loans.All() {
		if l.Kind == domain.Implicit && l.IsOfMemory() && !stand.Unsure {
			stand.Unsure = true
			st.Loans.Set(l, stand)
			in.LoseSight(l)
		}
	}
}

// releaseBorrowed is the release of what is only borrowed or scoped; an
// idempotent release is allowed to end it.
func (in *Rules) releaseBorrowed(st *domain.State, c *interp.CallSite, s *domain.Symbol, l *domain.Loan, idempotent bool) bool {
	stand, ok := st.Loans.Get(l)
	if !ok || stand.Unsure || stand.Reported || l.Kind != domain.Borrowed && l.Kind != domain.Scoped || stand.Phase != domain.Live {
		return false
	}
	if idempotent {
		in.End(st, l, c.Site(), c.Name())
		return true
	}
	if l.Token || l.Old || in.isCounted(s.Typ) || strings.HasPrefix(l.What, "New") { // what a New makes is its caller's
		return false
	}
	pos, end := in.releasePos(c)
	in.Sink.Add(l, diag.Finding{
		Analyzer: "revrelease", Pos: pos, End: end,
		Message: fmt.Sprintf("%s is only lent to this function: %s is not its to call", l.Subject(), c.Name()),
		Related: []diag.Related{report.Began(l)},
	})
	in.Mark(st, l, stand)
	return true
}

func (in *Rules) releaseLoan(st *domain.State, c *interp.CallSite, l *domain.Loan, sure, idempotent bool, rec *releaseRecord) {
	stand := st.Loans.At(l)
	rec.loan = l
	if stand.Reported {
		rec.some = true
		in.doubt(st, c.Site(), l, "revrelease")
		return
	}
	if !sure || l.Old {
		// One of several: which, is not known.
		rec.some = true
		in.doubt(st, c.Site(), l, "revrelease")
		stand.Unsure = true
		if stand.Phase == domain.Live || stand.Phase == domain.Unchecked {
			stand.Phase = domain.Moved
		}
		st.Loans.Set(l, stand)
		in.LoseSight(l)
		return
	}
	switch stand.Phase {
	case domain.Moved:
		rec.some = true
		in.doubt(st, c.Site(), l, "revrelease")
		if !l.Counted { // somebody else may hold a reference of their own
			in.End(st, l, c.Site(), c.Name())
		}
	case domain.Live:
		rec.some = true
		in.End(st, l, c.Site(), c.Name())
	case domain.Unchecked:
		rec.some = true
		if l.NilGuard && !stand.Asked {
			in.reportNil(st, l, c.Site(), stand, true)
			return
		}
		if l.NilGuard {
			in.doubt(st, c.Site(), l, "revrelease")
		}
		in.End(st, l, c.Site(), c.Name())
	case domain.Absent:
		if stand.Unsure || stand.Asked {
			rec.some = true
			in.doubt(st, c.Site(), l, "revrelease")
			return
		}
		if l.Reference && !in.IsOwn(st, l) {
			rec.some = true
			return
		}
		rec.nothing = true
		if l.NilGuard {
			rec.some = true
			in.reportNil(st, l, c.Site(), stand, true)
		}
	case domain.Ended:
		rec.some = true
		if stand.Unsure {
			in.doubt(st, c.Site(), l, "revrelease")
		}
		if idempotent && !l.Once && l.Key.Variant != "" { // a function that a callee made: it may release what must not be released again
			in.doubt(st, c.Site(), l, "revrelease")
		}
		if stand.Unsure || idempotent && !l.Once || l.Reference && !in.IsOwn(st, l) && !in.isLockedHere(l) {
			return
		}
		if l.IsCount() && len(stand.Owner) > 1 { // which of several locks was released, is not known any more
			in.doubt(st, c.Site(), l, "revrelease")
			return
		}
		in.reportSecond(st, l, c, stand)
	}
}

// IsPutBack reports whether v went back to a pool of anything: by now it may be somebody else's, so that not
// even what may be called on what has ended may be called on it.
func (in *Rules) IsPutBack(st *domain.State, v domain.Value) bool {
	s := v.One()
	return s != nil && slices.ContainsFunc(s.AllLoans(), func(l *domain.Loan) bool {
		return l.Untyped && l.Kind == domain.Acquired && st.Loans.At(l).Phase == domain.Ended
	})
}

// isLockedHere reports whether l, a reference, is one that nobody else can have had when it began: of
// what is locked the second Unlock is wrong, whoever owns it. Of elements it is not known which one is.
func (in *Rules) isLockedHere(l *domain.Loan) bool {
	return l.Once && !slices.ContainsFunc(in.GuardsOf(l), (*domain.Symbol).IsElement)
}

// Flag is name where on holds, and nothing elsewhere.
func Flag(name string, on bool) string {
	if on {
		return name
	}
	return ""
}

// AsRelease performs the call of a function that is itself a guard: a cancel
// function, a method value g.Release.
func (in *Rules) AsRelease(st *domain.State, c *interp.CallSite) ([]interp.Returned, bool) {
	if c.HasRecv {
		return nil, false
	}
	var guards domain.Value
	for _, s := range c.Callee {
		if len(in.GuardedBy(st, s)) > 0 {
			guards = guards.Union(domain.Value{s})
		}
	}
	if len(guards) == 0 || len(guards) != len(c.Callee) {
		return nil, false
	}
	if out, ok := in.asAnswer(st, c, guards); ok {
		return out, true
	}
	rec := in.record(c)
	for _, s := range guards {
		for _, l := range in.GuardedBy(st, s) {
			if !in.releaseNothing(st, c, s, l, rec) {
				in.releaseLoan(st, c, l, len(guards) == 1 && !s.Old, true, rec)
			}
		}
	}
	return []interp.Returned{{St: st, Results: in.FreshResults(c)}}, true
}

// releaseNothing calls s, a function that a callee gave to release l with. Where there may be no l,
// and there is a function all the same, it most likely does nothing then, as one that is
// deferred before anybody asks for the error. It reports whether that is so.
func (in *Rules) releaseNothing(st *domain.State, c *interp.CallSite, s *domain.Symbol, l *domain.Loan, rec *releaseRecord) bool {
	stand := st.Loans.At(l)
	if stand.Reported || l.Old || !l.NilGuard || stand.Phase != domain.Absent && stand.Phase != domain.Unchecked {
		return false
	}
	if known, isNil := in.Nilness(st, s); !known || isNil {
		return false
	}
	rec.some = true
	in.doubt(st, c.Site(), l, "revrelease")
	if stand.Phase == domain.Unchecked {
		in.End(st, l, c.Site(), c.Name())
	}
	return true
}

// Ending are the calls of s that end l by their answer; nil if s is not called for that.
func Ending(l *domain.Loan, s *domain.Symbol) *contract.Ends {
	if l.Claim == nil || l.Claim.Ends == nil || s.Kind != domain.SymFresh || s.Key.Site != l.Key.Site || s.Key.Index != l.Claim.Ends.Func {
		return nil
	}
	return l.Claim.Ends
}

// asAnswer performs the call of a function whose answer ends a loan, as of a
// sequence that is exhausted: in one state it does, in the other it does not.
// Where it is not known which function is called, the debt is out of sight.
func (in *Rules) asAnswer(st *domain.State, c *interp.CallSite, guards domain.Value) ([]interp.Returned, bool) {
	var l *domain.Loan
	for _, s := range guards {
		for _, x := range in.GuardedBy(st, s) {
			if Ending(x, s) != nil {
				l = x
			}
		}
	}
	if l == nil {
		return nil, false
	}
	results := in.FreshResults(c)
	for _, r := range results {
		r[0].Lost = true // who answers is not followed
	}
	ends := Ending(l, guards[0])
	if len(guards) > 1 || len(in.GuardedBy(st, guards[0])) > 1 || guards[0].Old || ends.Answer >= len(results) {
		in.MoveGuards(st, guards)
		return []interp.Returned{{St: st, Results: results}}, true
	}
	learn := in.Learn
	if ends.Op == contract.IsNil || ends.Op == contract.NotNil {
		learn = in.LearnNil
	}
	says := ends.Op == contract.IsTrue || ends.Op == contract.IsNil
	over := interp.Returned{St: st.Clone(), Results: results}
	var out []interp.Returned
	answer := results[ends.Answer].One()
	if learn(over.St, answer, says) {
		rec := in.record(c)
		rec.some = true
		if stand := over.St.Loans.At(l); stand.Phase == domain.Live || stand.Phase == domain.Moved {
			in.releaseLoan(over.St, c, l, true, true, rec)
		}
		out = append(out, over)
	}
	if learn(st, answer, !says) {
		out = append(out, interp.Returned{St: st, Results: results})
	}
	return out, true
}

// LetLoose notes that code out of sight may call the closure s: of what happens in it
// this function sees some of the times alone.
func (in *Rules) LetLoose(s *domain.Symbol) {
	if mc, ok := s.Key.Site.(*ssa.MakeClosure); ok {
		if in.loose == nil {
			in.loose = make(map[*ssa.Function]bool)
		}
		in.loose[mc.Fn.(*ssa.Function)] = true
	}
}

// report looks, after the last path, for releases that never had anything to release.
func (in *Rules) ReportReleases() {
	for _, rec := range in.records {
		if rec.nothing && !rec.some && !in.loose[rec.site.Parent()] {
			in.reportNothing(rec)
		}
	}
}
