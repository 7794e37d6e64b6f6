package loan

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// handOver gives v to a goroutine or channel. Whether that is an escape is
// asked when the loans of v end: a wait may come before.
func (in *interpreter) handOver(st *state, v value, site ssa.Instruction, how string) {
	in.handOverAt(st, v, sitePos(site), how)
}

func (in *interpreter) handOverAt(st *state, v value, pos token.Pos, how string) {
	in.moveGuards(st, v)
	st.reach(v, func(s *symbol) {
		if p, ok := s.path(); ok && isReference(s.typ) {
			st.affect(summary.Go, p, how, pos)
		}
		for _, l := range s.allLoans() {
			if stand, ok := st.loans.get(l); ok && stand.handed == token.NoPos && isHeld(s, l) {
				stand.handed, stand.handedN, stand.joined = pos, how, false
				stand.runner = functionsIn(v)
				st.loans.set(l, stand)
				if stand.phase == ended && !stand.reported && !stand.unsure {
					in.reportHanded(st, l, &stand)
					st.loans.set(l, stand)
				}
			}
		}
		if o := s.object(); o.kind == symAlloc {
			st.spilled.set(o, true)
		}
		for a, c := range st.mem.all() {
			if isPointer(s.typ) && isWithin(a, s) && isBoolean(deref(a.typ)) { // who has it may set its options
				st.mem.set(a, cell{value{in.overwrittenAt(pos, a)}, c.pos, c.by})
			}
		}
	})
}

// functionsIn are the functions among v.
func functionsIn(v value) (out value) {
	for _, s := range v {
		if s.kind == symFunc {
			out = append(out, s)
		}
	}
	return out
}

// received is a receive from the channel ch: it waits for a goroutine that can
// get at ch. (Of other loans than tokens that is not asked: who cancels a wait
// for them will see to it that nobody uses them.)
func (in *interpreter) received(st *state, ch value) {
	var apart table[*loan, standing]
	for l, stand := range st.loans.all() {
		if l.token && stand.handed != token.NoPos && len(stand.runner) > 0 && !in.getsAt(st, stand.runner, ch) {
			apart.set(l, stand)
		}
	}
	in.joined(st)
	for l, stand := range apart.all() {
		st.loans.set(l, stand)
	}
}

// getsAt reports whether the functions fns may use the channel ch: what they
// capture leads to it, or to what it came from.
func (in *interpreter) getsAt(st *state, fns, ch value) bool {
	reached := make(map[*symbol]bool)
	st.reach(fns, func(s *symbol) { reached[s] = true })
	comesFrom := func(v value) bool {
		return len(v) == 0 || slices.ContainsFunc(v, func(s *symbol) bool {
			for ; s != nil; s = s.key.base {
				if reached[s] {
					return true
				}
			}
			return false
		})
	}
	for _, s := range ch {
		call, ok := s.key.site.(*ssa.Call)
		if s.kind != symFresh || !ok {
			if s.kind == symFresh || comesFrom(value{s}) {
				return true
			}
			continue
		}
		operands := call.Call.Args
		if call.Call.IsInvoke() {
			operands = append(operands[:len(operands):len(operands)], call.Call.Value)
		}
		for _, o := range operands {
			if isReference(o.Type()) && (!st.knows(o) || comesFrom(in.eval(st, o))) {
				return true
			}
		}
	}
	return len(ch) == 0
}

// joined is a wait: goroutines that were given a value may have ended.
func (in *interpreter) joined(st *state) {
	for l, stand := range st.loans.all() {
		if stand.handed != token.NoPos && stand.keeper == nil {
			stand.handed, stand.joined = token.NoPos, true
			st.loans.set(l, stand)
		}
	}
	for e := range st.effects {
		if e.kind == effectKind(summary.Go) {
			delete(st.ownEffects(), e)
		}
	}
	st.affect(summary.Join, "", "", token.NoPos)
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
	for l, stand := range st.loans.all() {
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
	return st.belongs.at(o).one() == s && o.typ != nil && s.typ != nil && packageOf(o.typ) == packageOf(s.typ)
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
	if o == s || st.same.at(o) == s || in.isPartOf(st, o, s) {
		return true
	}
	for _, l := range o.allLoans() {
		if stand, ok := st.loans.get(l); ok && in.takenFrom(st, stand.owner, s, depth+1) {
			return true
		}
	}
	return false
}
