package calls

import (
	"go/token"

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
