package loan

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// use is site looking at v: following it, reading it, calling its method.
func (in *interpreter) use(st *state, v value, site ssa.Instruction) {
	if in.isOwnState(site) {
		return
	}
	for _, s := range v {
		if p, ok := s.path(); ok && s.depth <= 1 {
			st.affectPerhaps(len(v) > 1, summary.Deref, p, "", sitePos(site))
		}
	}
	if st.loans.len() == 0 {
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
	return packageOf(t) == in.pass.Pkg && in.isHandleType(t)
}

// isHandle reports whether values of type n are released by a method of theirs.
func (in *interpreter) isHandle(n *types.Named) bool {
	methods := n.Origin().Methods()
	if i, ok := n.Origin().Underlying().(*types.Interface); ok {
		methods = i.Methods()
	}
	for m := range methods {
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
		stand, ok := st.loans.get(l)
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
				st.ownEffects()[e] = effectInfo{pos: sitePos(site), may: true}
			}
		}
		if l, is := in.judge(st, s); is != violated || st.loans.at(l).phase != ended {
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
	stand := st.loans.at(l)
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
		stand, ok := st.loans.get(l)
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
			if c, ok := st.mem.get(b.key.base); ok && len(c.v) > 0 && !c.v.has(b) && !slices.ContainsFunc(c.v, func(x *symbol) bool { return x.comesFrom(b) }) {
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
