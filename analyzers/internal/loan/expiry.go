package loan

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// end ends the loan l in st, and with it all that was taken from its value or
// guard. What outlives it and still holds a value is looked for where it
// matters: locals when they are read, goroutines now, all else at the exit.
func (in *interpreter) end(st *state, l *loan, site ssa.Instruction, by string) {
	in.ending++
	in.endOne(st, l, site, by)
	if in.ending--; in.ending == 0 {
		in.reportLent(st)
	}
}

func (in *interpreter) endOne(st *state, l *loan, site ssa.Instruction, by string) {
	stand := st.loans[l]
	if stand.phase == ended {
		return
	}
	stand.phase, stand.ended, stand.endedBy = ended, sitePos(site), by
	if _, isReturn := site.(*ssa.Return); !isReturn && l.kind == borrowed && len(l.until) > 0 && !l.old {
		in.reportGathered(st, l, &stand)
	}
	if stand.handed != token.NoPos && !stand.reported && !stand.unsure {
		in.reportHanded(st, l, &stand)
	}
	st.loans[l] = stand
	if !l.reference {
		in.endTaken(st, l, site, by)
	}
}

// reportGathered looks, when a later call on its owner ends l, for a
// collection that has gathered its value: unlike a variable, which is
// overwritten in the next round, it will be read (decision 42).
func (in *interpreter) reportGathered(st *state, l *loan, stand *standing) {
	if stand.reported || stand.unsure {
		return
	}
	for _, a := range in.sortedCells(st) {
		if a.key.index != elementIndex || isVarargs(a.object()) || !isGathering(st.mem[a].by) {
			continue
		}
		for _, s := range st.mem[a].v {
			if containsLoan(s.allLoans(), l) && isHeld(s, l) && s.kind != symContent {
				st.loans[l] = *stand
				in.reportStored(st, l, st.mem[a])
				*stand = st.loans[l]
				return
			}
		}
	}
}

// isGathering reports whether by adds to a collection.
func isGathering(by ssa.Instruction) bool {
	switch by := by.(type) {
	case *ssa.MapUpdate:
		return true
	case *ssa.Store:
		_, ok := by.Addr.(*ssa.IndexAddr)
		return ok
	case *ssa.Call:
		_, ok := by.Call.Value.(*ssa.Builtin)
		return ok
	}
	return false
}

// endTaken ends the values that were taken from a value or the guard of l. A
// debt on them stays (decision 8).
func (in *interpreter) endTaken(st *state, l *loan, site ssa.Instruction, by string) {
	for t, stand := range st.loans {
		if t == l || stand.phase != live && stand.phase != unchecked || t.kind == acquired && t.mandatory {
			continue
		}
		o := stand.owner.one()
		if o == nil || !in.isOf(o, l) {
			continue
		}
		if o.old || l.old {
			stand.unsure = true
			st.loans[t] = stand
			continue
		}
		in.end(st, t, site, by)
	}
}

// isOf reports whether s is a value or the guard of l.
func (in *interpreter) isOf(s *symbol, l *loan) bool {
	return containsLoan(s.guards, l) || containsLoan(s.allLoans(), l) || l.key.site == any(s)
}

// use is site looking at v: following it, reading it, calling its method.
func (in *interpreter) use(st *state, v value, site ssa.Instruction) {
	if in.isOwnState(site) {
		return
	}
	for _, s := range v {
		if p, ok := s.path(); ok && s.depth <= 1 {
			st.affect(summary.Deref, p, "", sitePos(site))
		}
	}
	if len(st.loans) == 0 {
		return
	}
	var bad *loan
	var some *loan
	all, worst := true, none
	for _, s := range v {
		if s.isNil() {
			continue
		}
		l, is := in.judge(st, s)
		if is == violated && bad == nil {
			bad = l
		}
		all = all && is == violated
		if is != violated && is > worst {
			worst, some = is, l
		}
	}
	switch {
	case bad != nil && all:
		in.tally.count(site, judgement{violated, "", bad})
		in.reportUse(st, bad, site)
	case bad != nil:
		in.tally.count(site, judgement{unknown, "it is one of several values", bad})
	case worst != none:
		in.tally.count(site, judgement{worst, in.why(st, some), some})
	}
}

// isOwnState reports whether site looks at an unexported field of a handle, or
// calls a method of it that has no contract, in the package that declares it:
// that is how the package itself keeps track of whether the handle is over.
func (in *interpreter) isOwnState(site ssa.Instruction) bool {
	switch i := site.(type) {
	case *ssa.UnOp:
		f, ok := i.X.(*ssa.FieldAddr)
		return ok && in.isOwnState(f)
	case *ssa.Store:
		f, ok := i.Addr.(*ssa.FieldAddr)
		return ok && in.isOwnState(f)
	case *ssa.FieldAddr:
		v, ok := fieldOf(i.X.Type(), i.Field).(*types.Var)
		return ok && !v.Exported() && in.isOwnHandle(i.X.Type())
	case ssa.CallInstruction:
		fn := i.Common().StaticCallee()
		return fn != nil && fn.Signature.Recv() != nil && in.isOwnHandle(fn.Signature.Recv().Type()) && in.contracts.Of(real(fn).Object()) == nil
	}
	return false
}

// isOwnHandle reports whether t is a handle that this package declares.
func (in *interpreter) isOwnHandle(t types.Type) bool {
	n, ok := types.Unalias(deref(t)).(*types.Named)
	return ok && n.Obj().Pkg() == in.pass.Pkg && in.isHandle(n)
}

// isHandle reports whether values of type n are released by a method of theirs.
func (in *interpreter) isHandle(n *types.Named) bool {
	for m := range n.Origin().Methods() {
		c := in.contracts.Of(m)
		if c != nil && slices.ContainsFunc(c.Claims, func(c contract.Claim) bool {
			return c.Verb == contract.Release && len(c.Values) > 0 && c.Values[0].Root == contract.Recv
		}) {
			return true
		}
	}
	return false
}

// useElement is site looking at an element of v: a slice that is nil, as it
// is where its loan was not given, has none.
func (in *interpreter) useElement(st *state, v value, site ssa.Instruction) {
	in.use(st, v, site)
	s := v.one()
	if s == nil {
		return
	}
	for _, l := range s.loans {
		stand, ok := st.loans[l]
		if ok && l.nilSlice && (stand.phase == unchecked || stand.phase == absent) && !stand.reported && !stand.unsure && !stand.asked && !l.old {
			in.reportNil(st, l, site, stand, false)
			return
		}
	}
}

// look is a callee looking at v on some of its paths: it may have tested v
// before, but not whether its loan has ended.
func (in *interpreter) look(st *state, v value, site ssa.Instruction) {
	for _, s := range v {
		if p, ok := s.path(); ok && s.depth <= 1 {
			e := effect{effectKind(summary.Deref), p, ""}
			if _, ok := st.effects[e]; !ok && len(st.effects) < maxEffects {
				st.effects[e] = effectInfo{pos: sitePos(site), may: true}
			}
		}
		if l, is := in.judge(st, s); is != violated || st.loans[l].phase != ended {
			return
		}
	}
	in.use(st, v, site)
}

// allBad reports whether none of the values v may be looked at.
func (in *interpreter) allBad(st *state, v value) bool {
	for _, s := range v {
		if _, is := in.judge(st, s); is != violated && !s.isNil() {
			return false
		}
	}
	return true
}

// why says why l is unknown in st.
func (in *interpreter) why(st *state, l *loan) string {
	stand := st.loans[l]
	switch {
	case stand.reported:
		return "an earlier finding concerns it"
	case l.old:
		return "it is of an earlier round of a loop"
	case stand.phase == moved && !stand.unsure:
		return "its guard was handed on"
	}
	return "paths or code out of sight may have ended it"
}

// judge says whether s may be looked at now.
func (in *interpreter) judge(st *state, s *symbol) (*loan, verdict) {
	out, loan := none, (*loan)(nil)
	for _, l := range in.loansOf(st, s) {
		stand, ok := st.loans[l]
		if !ok {
			continue
		}
		is := proved
		switch {
		case stand.reported || stand.unsure || (s.old || l.old) && stand.phase != ended:
			is = unknown
		case stand.phase == moved:
			is = unknown
		case stand.phase == ended:
			is = violated
		case stand.phase == unchecked || stand.phase == absent:
			if !l.nilable {
				if l.op != 0 && stand.phase == unchecked {
					is = unknown
				}
				break
			}
			if known, isNil := in.nilness(st, s); known && !isNil {
				break
			}
			is = violated
			if stand.asked {
				is = unknown
			}
		}
		if is > out {
			out, loan = is, l
		}
	}
	return loan, out
}

// loansOf are the loans that s is a value of, said or implied.
func (in *interpreter) loansOf(st *state, s *symbol) []*loan {
	if st.isDetached(s) {
		return nil
	}
	loans := s.allLoans()
	for b := s; b != nil; b = b.key.base {
		if l := in.machine.loans[loanKey{site: b}]; l != nil {
			loans = append(loans[:len(loans):len(loans)], l)
		}
		if b.kind == symContent {
			break // what is loaded from an implied loan may be shared
		}
	}
	return loans
}

// isDetached reports whether s was loaded from a place in which something
// else stands by now: it was taken out of what is on loan (res := p.buf;
// p.buf = nil), and is no part of it any more.
func (st *state) isDetached(s *symbol) bool {
	for ; s != nil; s = s.from {
		for b := s; b != nil; b = b.key.base {
			if b.kind != symContent {
				continue
			}
			if c, ok := st.mem[b.key.base]; ok && len(c.v) > 0 && !c.v.has(b) && !slices.ContainsFunc(c.v, func(x *symbol) bool { return x.comesFrom(b) }) {
				return true
			}
		}
	}
	return false
}

// comesFrom reports whether s was computed from b.
func (s *symbol) comesFrom(b *symbol) bool {
	for ; s != nil; s = s.from {
		if s == b {
			return true
		}
	}
	return false
}

// handOver gives v to a goroutine or channel. Whether that is an escape is
// asked when the loans of v end: a wait may come before.
func (in *interpreter) handOver(st *state, v value, site ssa.Instruction, how string) {
	in.handOverAt(st, v, sitePos(site), how)
}

func (in *interpreter) handOverAt(st *state, v value, pos token.Pos, how string) {
	in.moveGuards(st, v, how)
	st.reach(v, func(s *symbol) {
		if p, ok := s.path(); ok && isReference(s.typ) {
			st.affect(summary.Go, p, how, pos)
		}
		for _, l := range s.allLoans() {
			if stand, ok := st.loans[l]; ok && stand.handed == token.NoPos && isHeld(s, l) {
				stand.handed, stand.handedN, stand.joined = pos, how, false
				st.loans[l] = stand
				if stand.phase == ended && !stand.reported && !stand.unsure {
					in.reportHanded(st, l, &stand)
					st.loans[l] = stand
				}
			}
		}
		if o := s.object(); o.kind == symAlloc {
			st.spilled[o] = true
		}
	})
}

// joined is a wait: goroutines that were given a value may have ended.
func (in *interpreter) joined(st *state) {
	for l, stand := range st.loans {
		if stand.handed != token.NoPos {
			stand.handed, stand.joined = token.NoPos, true
			st.loans[l] = stand
		}
	}
	for e := range st.effects {
		if e.kind == effectKind(summary.Go) {
			delete(st.effects, e)
		}
	}
	st.affect(summary.Join, "", "", token.NoPos)
}

func sitePos(site ssa.Instruction) token.Pos {
	if site == nil {
		return token.NoPos
	}
	return site.Pos()
}

func (s *symbol) pos() token.Pos {
	if v, ok := s.key.site.(ssa.Value); ok {
		return v.Pos()
	}
	return token.NoPos
}

// waits is a call that waits for all accesses taken from v.
func (in *interpreter) waits(st *state, c *callSite, v value) {
	for _, s := range v {
		if p, ok := s.path(); ok {
			st.affect(summary.Waits, p, "", c.pos)
		}
	}
	s := v.one()
	if s == nil || s.old {
		return
	}
	for l, stand := range st.loans {
		if !l.waited || l.old || stand.phase != live && stand.phase != unchecked || stand.reported || stand.unsure {
			continue
		}
		if in.takenFrom(st, stand.owner, s, 0) || in.isOwnerOf(s, l) {
			in.reportWait(st, l, c, s)
		}
	}
}

// isPartOf reports whether o was made with a token of s: what is there only
// while s is, by the package of the token, s waits for.
func (in *interpreter) isPartOf(st *state, o, s *symbol) bool {
	return st.belongs[o].one() == s && o.typ != nil && s.typ != nil && packageOf(o.typ) == packageOf(s.typ)
}

func packageOf(t types.Type) *types.Package {
	if n, ok := types.Unalias(deref(t)).(*types.Named); ok {
		return n.Obj().Pkg()
	}
	return nil
}

// isOwnerOf reports whether s, which was reached from the token of l, is what
// lends such tokens: then it lent this one.
func (in *interpreter) isOwnerOf(s *symbol, l *loan) bool {
	r := s.root()
	if !l.token || r == s || r.typ == nil || !containsLoan(r.allLoans(), l) || s.typ == nil {
		return false
	}
	n, ok := types.Unalias(deref(s.typ)).(*types.Named)
	if !ok {
		return false
	}
	for m := range n.Origin().Methods() {
		ct := in.contracts.Of(m)
		if ct == nil {
			continue
		}
		for _, cl := range ct.Claims {
			if cl.Verb == contract.Scoped && cl.From != nil && cl.From.Root == contract.Recv && in.lendsToken(m, &cl, r.typ) {
				return true
			}
		}
	}
	return false
}

// lendsToken reports whether the claim of m puts values of the token type t on loan.
func (in *interpreter) lendsToken(m *types.Func, cl *contract.Claim, t types.Type) bool {
	for _, pl := range cl.Places {
		if pl.Kind != contract.Callback || pl.Path.Root != contract.Param || pl.Path.Index >= m.Signature().Params().Len() {
			continue
		}
		sig, ok := m.Signature().Params().At(pl.Path.Index).Type().Underlying().(*types.Signature)
		if !ok {
			continue
		}
		for _, a := range pl.Args {
			if a.Index < sig.Params().Len() && types.Identical(sig.Params().At(a.Index).Type(), t) && in.contracts.IsToken(t) {
				return true
			}
		}
	}
	return false
}

// takenFrom reports whether owner is s, or was taken from it.
func (in *interpreter) takenFrom(st *state, owner value, s *symbol, depth int) bool {
	o := owner.one()
	if o == nil || depth > 4 || o.old {
		return false
	}
	if o == s || st.same[o] == s || in.isPartOf(st, o, s) {
		return true
	}
	for _, l := range o.allLoans() {
		if stand, ok := st.loans[l]; ok && in.takenFrom(st, stand.owner, s, depth+1) {
			return true
		}
	}
	return false
}
