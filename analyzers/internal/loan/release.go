package loan

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A releaseRecord gathers, over all paths that reach a release, whether there
// was anything to release: only if there never was is it a finding.
type releaseRecord struct {
	pos     token.Pos
	site    ssa.Instruction
	some    bool
	nothing bool
	loan    *loan
}

// guardedBy lists the loans of st whose guard is s.
func (in *interpreter) guardedBy(st *state, s *symbol) []*loan {
	var out []*loan
	for _, l := range s.guards {
		if _, ok := st.loans.get(l); ok {
			out = append(out, l)
		}
	}
	if l := in.machine.loans[loanKey{site: s}]; l != nil {
		if _, ok := st.loans.get(l); ok {
			out = append(out, l)
		}
	}
	return out
}

// guardsIn are the guards that v is, or that are in the variables it points to.
func (in *interpreter) guardsIn(st *state, v value) value {
	var out value
	for _, s := range v {
		if len(s.guards) > 0 || s.kind != symAlloc && s.kind != symAddr {
			out = out.union(value{s})
			continue
		}
		if _, isAddr := st.mem.get(s); isAddr || s.kind == symAddr || s.kind == symAlloc && !isObject(s) {
			out = out.union(st.load(in.machine, s, value{s}, deref(s.typ)))
			continue
		}
		out = out.union(value{s})
	}
	return out
}

// isObject reports whether s is an object that was made here, as new(T) or
// &T{}, rather than a variable.
func isObject(s *symbol) bool {
	a, ok := s.key.site.(*ssa.Alloc)
	return !ok || a.Comment == "complit" || a.Comment == "new"
}

// release gives back what v guards.
func (in *interpreter) release(st *state, c *callSite, cl *contract.Claim, v value) {
	idempotent := cl.Idempotent
	if cl.To != nil {
		in.checkReleasedTo(st, c, in.pathValue(st, c, *cl.To, nil), in.guardsIn(st, v))
	}
	guards := in.guardsIn(st, v)
	rec := in.record(c)
	if len(guards) == 0 {
		rec.some = true
		return
	}
	sure := len(guards) == 1 && !guards[0].old
	if sure && in.releasesPart(st, c, cl, guards[0]) {
		rec.some = true
		return
	}
	for _, s := range guards {
		in.releaseOne(st, c, cl, s, sure, idempotent, rec)
	}
}

// releasePerhaps is a release that happens on some of the ways out of a
// callee, for reasons of its own: from here on nothing is known.
func (in *interpreter) releasePerhaps(st *state, c *callSite, cl *contract.Claim, v value) {
	rec := in.record(c)
	rec.some = true
	for _, s := range in.guardsIn(st, v) {
		in.releaseOne(st, c, cl, s, false, cl.Idempotent, rec)
	}
}

// releaseDoubted is a release that depends on a callee's memory. For the
// function's own callers, who may know that memory, it is one.
func (in *interpreter) releaseDoubted(st *state, c *callSite, cl *contract.Claim, v value) {
	in.record(c).some = true
	for _, s := range in.guardsIn(st, v) {
		if p, ok := s.path(); ok {
			st.affect(summary.Release, p, flag("idempotent", cl.Idempotent), c.pos)
		}
	}
	in.doubtLoans(st, v)
}

// doubtLoans gives up the loans that v guards: they may have ended or not.
func (in *interpreter) doubtLoans(st *state, v value) {
	for _, s := range in.guardsIn(st, v) {
		for _, l := range in.guardedBy(st, s) {
			stand := st.loans.at(l)
			stand.unsure = true
			if stand.phase == live || stand.phase == unchecked {
				stand.phase = moved
			}
			st.loans.set(l, stand)
		}
	}
}

// checkReleasedTo reports a release to provably another owner than the one
// that the guard was acquired from.
func (in *interpreter) checkReleasedTo(st *state, c *callSite, to, guards value) {
	g, t := guards.one(), to.one()
	if g == nil || t == nil {
		return
	}
	for _, l := range in.guardedBy(st, g) {
		stand := st.loans.at(l)
		o := stand.owner.one()
		if stand.phase != live || stand.reported || o == nil || !types.Identical(o.typ, t.typ) || !different(o, t) {
			continue
		}
		pos, end := in.releasePos(c)
		in.report(finding{
			Analyzer: "revrelease", Pos: pos, End: end,
			Message: fmt.Sprintf("%s is released to another owner than it was taken from", in.guardName(l)),
			Related: []diag.Related{l.began()},
		})
		in.mark(st, l, stand)
	}
}

// releasesPart reports the release of a part where the contract wants the
// whole, or what starts where the whole does.
func (in *interpreter) releasesPart(st *state, c *callSite, cl *contract.Claim, s *symbol) bool {
	cut := s.cut
	if in := st.mem.at(s).v.one(); in != nil && sliceOf(in.typ) != nil {
		cut = max(cut, in.cut) // a pointer to a slice: the slice in it (decision 25)
	}
	if !(cl.Whole && cut != uncut || cl.Prefix && cut == cutHead) {
		return false
	}
	for _, l := range in.guardedBy(st, s) {
		stand := st.loans.at(l)
		if stand.phase != live || stand.reported || stand.unsure {
			continue
		}
		pos, end := in.releasePos(c)
		in.report(finding{
			Analyzer: "revrelease", Pos: pos, End: end,
			Message: fmt.Sprintf("only a part of %s is released here: %s wants what %s gave", l.subject(), c.name(), l.what),
			Related: []diag.Related{l.began()},
		})
		in.mark(st, l, stand)
		return true
	}
	return false
}

func (in *interpreter) record(c *callSite) *releaseRecord {
	for _, rec := range in.records {
		if rec.pos == c.pos {
			return rec
		}
	}
	rec := &releaseRecord{pos: c.pos, site: c.site()}
	in.records = append(in.records, rec)
	return rec
}

func (in *interpreter) releaseOne(st *state, c *callSite, cl *contract.Claim, s *symbol, sure, idempotent bool, rec *releaseRecord) {
	if p, ok := s.path(); ok {
		if sure {
			st.affect(summary.Release, p, flag("idempotent", idempotent), c.pos)
		} else {
			st.affect(summary.Moved, p, "", c.pos)
		}
	}
	if s.kind == symConst {
		// The zero guard: there is nothing to release. A nil pointer, or what
		// is no guard at all, is somebody else's finding.
		n, ok := types.Unalias(s.typ).(*types.Named)
		isGuard := ok && !s.isNil() && in.isHandle(n) && !in.isObjectGuard(n)
		rec.nothing = rec.nothing || isGuard
		rec.some = rec.some || !isGuard
		return
	}
	if !in.hasMethod(s, c) {
		rec.some = true
		return
	}
	loans := in.guardedBy(st, s)
	if len(loans) == 0 {
		rec.some = true
		if !sure {
			return
		}
		for _, l := range s.loans {
			if in.releaseBorrowed(st, c, s, l, idempotent) {
				return
			}
		}
		if s.kind == symFresh || s.kind == symParam || s.kind == symContent && s.root().kind == symParam {
			in.implicit(st, c, cl, s)
		}
		return
	}
	for _, l := range in.youngest(st, loans) {
		in.releaseLoan(st, c, l, sure, idempotent, rec)
	}
}

// hasMethod reports whether what s was when it was acquired has the method that
// c calls, if that is one of an interface: what a pool gives as any is not
// given back by its Close.
func (in *interpreter) hasMethod(s *symbol, c *callSite) bool {
	f, ok := c.obj.(*types.Func)
	if !ok || s.typ == nil || !types.IsInterface(s.typ) {
		return true
	}
	recv := f.Signature().Recv()
	if recv == nil || !types.IsInterface(recv.Type()) {
		return true
	}
	m, _, _ := types.LookupFieldOrMethod(s.typ, false, in.pass.Pkg, f.Name())
	return m != nil
}

// implicit records the release of something that was acquired elsewhere: a
// second release on the same path is then known for what it is.
func (in *interpreter) implicit(st *state, c *callSite, cl *contract.Claim, s *symbol) {
	if in.isCounted(s.typ) || s.isElement() {
		return
	}
	if cl.Idempotent { // it may be released again, but what was taken from it has ended
		for l, stand := range st.loans.all() {
			if stand.owner.one() == s && !s.old && l.kind != scoped && (stand.phase == live || stand.phase == unchecked) && !(l.kind == acquired && l.mandatory) {
				in.end(st, l, c.site(), c.name())
			}
		}
		return
	}
	l := in.loanOf(loanKey{site: s}, func(l *loan) {
		l.kind, l.pos, l.what, l.claim = implicit, c.pos, c.name(), cl
		l.name = in.names.symbol(s)
	})
	st.loans.set(l, standing{phase: live})
	in.end(st, l, c.site(), c.name())
}

// isElement reports whether s is an element of a collection, or was reached
// through one: which of them, is not known.
func (s *symbol) isElement() bool {
	for ; s != nil; s = s.key.base {
		if s.key.index == elementIndex && (s.kind == symAddr || s.kind == symField) {
			return true
		}
	}
	return false
}

// releaseBorrowed is the release of what is only borrowed or scoped; an
// idempotent release is allowed to end it.
func (in *interpreter) releaseBorrowed(st *state, c *callSite, s *symbol, l *loan, idempotent bool) bool {
	stand, ok := st.loans.get(l)
	if !ok || stand.unsure || stand.reported || l.kind != borrowed && l.kind != scoped || stand.phase != live {
		return false
	}
	if idempotent {
		in.end(st, l, c.site(), c.name())
		return true
	}
	if l.token || l.old || in.isCounted(s.typ) {
		return false
	}
	pos, end := in.releasePos(c)
	in.report(finding{
		Analyzer: "revrelease", Pos: pos, End: end,
		Message: fmt.Sprintf("%s is only lent to this function: %s is not its to call", l.subject(), c.name()),
		Related: []diag.Related{l.began()},
	})
	in.mark(st, l, stand)
	return true
}

func (in *interpreter) releaseLoan(st *state, c *callSite, l *loan, sure, idempotent bool, rec *releaseRecord) {
	stand := st.loans.at(l)
	rec.loan = l
	if stand.reported {
		rec.some = true
		return
	}
	if !sure || l.old {
		// One of several: which, is not known.
		rec.some = true
		stand.unsure = true
		if stand.phase == live || stand.phase == unchecked {
			stand.phase = moved
		}
		st.loans.set(l, stand)
		return
	}
	switch stand.phase {
	case moved:
		rec.some = true
		if !l.counted { // somebody else may hold a reference of their own
			in.end(st, l, c.site(), c.name())
		}
	case live:
		rec.some = true
		in.end(st, l, c.site(), c.name())
	case unchecked:
		rec.some = true
		if l.nilGuard && !stand.asked {
			in.reportNil(st, l, c.site(), stand, true)
			return
		}
		in.end(st, l, c.site(), c.name())
	case absent:
		if l.reference && !in.isOwn(st, l) {
			rec.some = true
			return
		}
		rec.nothing = true
		if l.nilGuard {
			rec.some = true
			in.reportNil(st, l, c.site(), stand, true)
		}
	case ended:
		rec.some = true
		if stand.unsure || idempotent && !l.once || l.reference && !in.isOwn(st, l) {
			return
		}
		in.reportSecond(st, l, c, stand)
	}
}

// isCounted reports whether values of type t can be acquired again: of such
// only the loans seen here are followed.
func (in *interpreter) isCounted(t types.Type) bool {
	if t == nil {
		return false
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		c := in.contracts.Of(set.At(i).Obj())
		if c != nil && slices.ContainsFunc(c.Claims, func(c contract.Claim) bool {
			return c.Verb == contract.Acquire && slices.ContainsFunc(guardPaths(&c), func(p contract.Path) bool { return p.Root == contract.Recv })
		}) {
			return true
		}
	}
	return false
}

func flag(name string, on bool) string {
	if on {
		return name
	}
	return ""
}

// asRelease performs the call of a function that is itself a guard: a cancel
// function, a method value g.Release.
func (in *interpreter) asRelease(st *state, c *callSite) ([]returned, bool) {
	if c.hasRecv {
		return nil, false
	}
	var guards value
	for _, s := range c.callee {
		if len(in.guardedBy(st, s)) > 0 {
			guards = guards.union(value{s})
		}
	}
	if len(guards) == 0 || len(guards) != len(c.callee) {
		return nil, false
	}
	rec := in.record(c)
	for _, s := range guards {
		for _, l := range in.guardedBy(st, s) {
			in.releaseLoan(st, c, l, len(guards) == 1 && !s.old, true, rec)
		}
	}
	return []returned{{st: st, results: in.freshResults(c)}}, true
}

// report looks, after the last path, for releases that never had anything to release.
func (in *interpreter) reportReleases() {
	for _, rec := range in.records {
		if rec.nothing && !rec.some {
			in.reportNothing(rec)
		}
	}
}
