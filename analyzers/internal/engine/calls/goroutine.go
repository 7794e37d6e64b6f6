package calls

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Entrusts moves what the goroutine that i starts releases: a lock that is taken here, and
// given back there.
func (in *Calls) Entrusts(st *domain.State, i *ssa.Go) {
	if st.Loans.Len() == 0 {
		return
	}
	var args []domain.Value
	for _, a := range i.Call.Args {
		args = append(args, in.Eval(st, a))
	}
	c := in.callSite(st, i, in.Eval(st, i.Call.Value), args)
	if c.Fn == nil {
		return
	}
	if s := in.summaryOf(c); s != nil && c.Fn.Parent() == nil {
		a := &application{in: in, of: s, st: st, c: c}
		for _, o := range s.Outcomes {
			for _, e := range o.Effects {
				if e.Kind == summary.Release {
					in.Entrust(st, a.value(e.Path, nil))
				}
			}
		}
		return
	}
	for _, b := range c.Fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				in.Entrust(st, in.releasedBy(st, c, call.Common()))
			}
		}
	}
}

// Abandons are the loans that the goroutine which i starts leaves on some way out, and that nobody else has: who
// accepts a connection, and starts what serves it, has left it open where that returns without a
// Close. What the goroutine does is executed aside.
//
// Approximated: locks and other counts, cancel functions, which their parent may cancel, what waits for others, as a
// listener does, and what is held by something else as well, are handed over as before.
func (in *Calls) Abandons(st *domain.State, i *ssa.Go) (left []*domain.Loan) {
	var args []domain.Value
	for _, a := range i.Call.Args {
		args = append(args, in.Eval(st, a))
	}
	c := in.callSite(st, i, in.Eval(st, i.Call.Value), args)
	if in.aside || c.Fn == nil || len(c.Fn.Blocks) == 0 {
		return nil
	}
	var given domain.Value
	for _, v := range append(slices.Clone(c.Args), c.Captures...) {
		given = given.Union(v)
	}
	candidates := in.ownOf(st, given)
	if len(candidates) == 0 {
		return nil
	}
	var ways []*domain.State
	in.aside = true
	ended := in.Unheard(func() { ways = in.Started(st.Clone(), i) })
	in.aside = false
	if !ended {
		return nil
	}
	for _, l := range candidates {
		if slices.ContainsFunc(ways, func(way *domain.State) bool { return isStillOwed(way, l) && !in.isPublished(way, l) }) {
			left = append(left, l)
			for _, s := range in.shares(st, c.Captures) {
				in.abandoned[[2]any{l.Key.Site, s.Key.Site}] = true
			}
		}
	}
	return left
}

// shares are the variables that a function literal with these captures shares with the function, by the literals that
// it captures, too.
func (in *Calls) shares(st *domain.State, captures []domain.Value) (vars domain.Value) {
	for _, v := range captures {
		vars = vars.Union(v)
		st.Reach(v, func(s *domain.Symbol) {
			if mc, ok := s.Key.Site.(*ssa.MakeClosure); ok && s.Kind == domain.SymFunc {
				for n, b := range mc.Bindings {
					vars = vars.Union(in.Captured(st, s, n, b.Type()))
				}
			}
		})
	}
	return vars
}

// ownOf are the loans whose guards are reached from v, and nobody but the function has: it has to see to it that
// they are released.
func (in *Calls) ownOf(st *domain.State, v domain.Value) (own []*domain.Loan) {
	st.Reach(v, func(s *domain.Symbol) {
		for _, l := range in.GuardedBy(st, s) {
			others := slices.ContainsFunc(in.GuardsOf(l), func(g *domain.Symbol) bool { return g.Typ == nil || gotypes.IsFunc(g.Typ) || waitsForOthers(g.Typ) })
			if l.Kind == domain.Acquired && l.Mandatory && !l.Reference && !l.Lax && !l.Old && !others && !slices.Contains(own, l) && isStillOwed(st, l) && !in.isPublished(st, l) {
				own = append(own, l)
			}
		}
	})
	return own
}

// waitsForOthers reports whether values of type t give out what comes in, by Accept or by a channel: a goroutine that
// takes it is there as long as they are, and returns when they have been closed.
func waitsForOthers(t types.Type) bool {
	for m := range types.NewMethodSet(t).Methods() {
		if strings.HasPrefix(m.Obj().Name(), "Accept") {
			return true
		}
	}
	str, ok := gotypes.Deref(t).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range str.Fields() {
		if _, isChan := f.Type().Underlying().(*types.Chan); isChan && f.Exported() {
			return true
		}
	}
	return false
}

// isStillOwed reports whether l certainly is to be released in st.
func isStillOwed(st *domain.State, l *domain.Loan) bool {
	stand, ok := st.Loans.Get(l)
	return ok && stand.Phase == domain.Live && !stand.Unsure && !stand.Reported && !stand.Parked && !stand.Given
}

// releasedBy is what the call, which stands in the function that c calls, releases by the
// contract of its method.
func (in *Calls) releasedBy(st *domain.State, c *interp.CallSite, call *ssa.CallCommon) domain.Value {
	f := call.StaticCallee()
	if f == nil || len(call.Args) == 0 {
		return nil
	}
	ct := in.Contracts.Of(interp.Real(f).Object())
	if ct == nil {
		return nil
	}
	for _, cl := range ct.Claims {
		if cl.Verb == contract.Release && len(cl.Values) > 0 && cl.Values[0].Root == contract.Recv && len(cl.Values[0].Steps) == 0 {
			return in.inCallee(st, c, call.Args[0])
		}
	}
	return nil
}

// inCallee is what v, in the function that c calls, is at the start of it; nil if that is not
// told by its captures and arguments.
func (in *Calls) inCallee(st *domain.State, c *interp.CallSite, v ssa.Value) domain.Value {
	switch v := v.(type) {
	case *ssa.FreeVar:
		for n, f := range c.Fn.FreeVars {
			if f == v && n < len(c.Captures) {
				return c.Captures[n]
			}
		}
	case *ssa.Parameter:
		for n, p := range c.Fn.Params {
			if p == v && n < len(c.Args) {
				return c.Args[n]
			}
		}
	case *ssa.FieldAddr:
		var out domain.Value
		for _, s := range in.inCallee(st, c, v.X) {
			if !s.IsNil() {
				out = out.Union(domain.Value{in.Address(s, v.Field, v.Type())})
			}
		}
		return out
	case *ssa.UnOp:
		if at := in.inCallee(st, c, v.X); v.Op == token.MUL && len(at) > 0 {
			return st.Load(in.Machine, c.Site(), at, gotypes.Deref(v.X.Type()))
		}
	}
	return nil
}
