package interp

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Branches on what is not followed exactly, and may hang together with what has become of a loan.

// doubtInfluenced doubts the loans of which what is known may decide how the branch i comes out, without the engine knowing how: it
// asks a map, a counter or an answer of a callee, into which went the error that tells whether the loan is there, or what was set
// where it began or ended. One of the two ways that now follow may be none.
func (in *Interp) doubtInfluenced(st *domain.State, i *ssa.If) {
	if st.Loans.Len() == 0 {
		return
	}
	cond := in.Eval(st, i.Cond)
	unknown := in.asked(st, i.Cond, i.Block(), nil)
	if len(unknown) == 0 {
		return
	}
	s := cond.One()
	f := in.FlowOf(i.Parent())
	var on *domain.Influence
	for l, stand := range st.Loans.All() {
		site, ok := l.Key.Site.(ssa.Instruction)
		if !ok || l.Old || stand.Unsure || site.Parent() != i.Parent() {
			continue
		}
		if on == nil {
			if on = f.InfluenceOn(unknown, i.Block(), func(p *ssa.Phi) (domain.Value, bool) { return in.Eval(st, p), domain.IsTracked(p) && st.Knows(p) }); on == nil {
				return
			}
		}
		told := func(indirectly bool) bool { return isToldOf(on, site, indirectly) }
		switch stand.Phase {
		case domain.Unchecked, domain.Absent:
			if l.Cond.One() == s && s != nil || stand.Asked || !told(stand.Phase == domain.Absent) && !f.DecidedWith(on, site.Block(), i.Block()) {
				continue
			}
			stand.Asked, stand.Unsure = true, stand.Phase == domain.Absent
		case domain.Live, domain.Ended:
			if !told(true) && !f.DecidedWith(on, site.Block(), i.Block()) && !isEndDecidedWith(f, on, site, stand, i.Block()) {
				continue
			}
			stand.Phase, stand.Unsure = domain.Moved, true
		default:
			continue
		}
		st.Loans.Set(l, stand)
	}
}

// asked is what v, which is worked out in b, asks of: the values that are known of it in st, or of what it compares.
func (in *Interp) asked(st *domain.State, v ssa.Value, b *ssa.BasicBlock, out domain.Value) domain.Value {
	for _, s := range in.Eval(st, v) {
		known, _ := in.Truth(st, s)
		at, isInstr := v.(ssa.Instruction)
		switch {
		case known || s.Kind == domain.SymConst || st.Facts.At(s)&(domain.IsNil|domain.NotNil) != 0:
			continue
		case isInstr && at.Block() == b && s.Key.Site == any(v):
			switch v := v.(type) {
			case *ssa.BinOp:
				out = in.asked(st, v.Y, b, in.asked(st, v.X, b, out))
				continue
			case *ssa.Convert:
				out = in.asked(st, v.X, b, out)
				continue
			case *ssa.UnOp:
				if v.Op == token.NOT {
					out = in.asked(st, v.X, b, out)
					continue
				}
			}
		}
		out = append(out, s)
	}
	return out
}

// isToldOf reports whether an error or a flag that the call site answered with is among what on says.
func isToldOf(on *domain.Influence, site ssa.Instruction, indirectly bool) bool {
	call, ok := site.(*ssa.Call)
	if !ok {
		return false
	}
	for _, r := range *call.Referrers() {
		x, ok := r.(*ssa.Extract)
		if ok && (gotypes.IsError(x.Type()) || gotypes.IsBoolean(x.Type())) && on.Reaches(x, indirectly) {
			return true
		}
	}
	return false
}

// isEndDecidedWith reports whether what on says decides whether the loan from the call site, which stands so, was ended: where
// it was, or, if it is live, where something was done with it on another path.
func isEndDecidedWith(f *domain.Flow, on *domain.Influence, site ssa.Instruction, stand domain.Standing, at *ssa.BasicBlock) bool {
	if stand.Phase == domain.Live {
		return slices.ContainsFunc(f.DoneWith(site), func(b *ssa.BasicBlock) bool { return f.DecidedWith(on, b, at) })
	}
	b := f.BlockAt(stand.Ended)
	return b != nil && f.DecidedWith(on, b, at)
}
