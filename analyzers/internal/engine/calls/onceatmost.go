package calls

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A function that calls one which it was given in no loop, and once on each way, calls it once at most each time it runs. Of
// an iterator this says that a loop over it has one round at most: nothing of an earlier one is lost in it, or deferred twice.

// callsAtMostOnce reports whether fn calls its i-th parameter, the receiver counted, once at most each time it runs. Where that gets
// to somewhere it may be called from again, that is not known.
func (in *Calls) callsAtMostOnce(fn *ssa.Function, i int) bool {
	fn = interp.Real(fn)
	if i < 0 || i >= len(fn.Params) {
		return false
	}
	if fn.Parent() == nil && fn.Pkg != in.program.Pkg {
		return in.saysAtMostOnce(fn, i)
	}
	p := fn.Params[i]
	if once, known := in.program.onceAtMost[p]; known {
		return once
	}
	if in.program.onceAtMost == nil {
		in.program.onceAtMost = make(map[*ssa.Parameter]bool)
	}
	in.program.onceAtMost[p] = false // of one that passes it on to itself
	once := len(fn.Blocks) > 0 && in.isCalledAtMostOnce(p)
	in.program.onceAtMost[p] = once
	return once
}

// saysAtMostOnce is callsAtMostOnce for fn of another package, by its summary.
func (in *Calls) saysAtMostOnce(fn *ssa.Function, i int) bool {
	c := &interp.CallSite{}
	in.resolveFunc(c, fn)
	s := in.summaryOf(c)
	return s != nil && !slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
			letter, n, steps := e.Path.Root()
			return letter == 'p' && n == i && (e.Kind != summary.Call || steps != "" || e.Way != summary.AtMostOnce)
		})
	})
}

// isCalledAtMostOnce reads what becomes of the function v.
func (in *Calls) isCalledAtMostOnce(v ssa.Value) bool {
	calls, known := in.callsOf(v)
	return known && isOneCall(calls)
}

// maxCallsRead is how many calls of one function are compared with each other.
const maxCallsRead = 8

// isOneCall reports whether one of calls is executed at most, and that once.
func isOneCall(calls []*ssa.BasicBlock) bool {
	if len(calls) > maxCallsRead {
		return false
	}
	for n, a := range calls {
		if slices.ContainsFunc(a.Succs, func(s *ssa.BasicBlock) bool { return domain.Leads(s, a) }) {
			return false
		}
		if slices.ContainsFunc(calls[:n], func(b *ssa.BasicBlock) bool { return domain.Leads(a, b) || domain.Leads(b, a) }) {
			return false
		}
	}
	return true
}

// callsOf are the blocks of calls of the function v, of which each calls it once at most: by the function that v is a value of, or by what that
// passes v to. Not known if it may be called from elsewhere, or when that function is left.
func (in *Calls) callsOf(v ssa.Value) (calls []*ssa.BasicBlock, known bool) {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			if !in.makesOneCall(r, v) {
				return nil, false
			}
			calls = append(calls, r.Block())
		case *ssa.Store: // a variable that is captured, most often
			cell, ok := r.Addr.(*ssa.Alloc)
			if !ok || r.Val != v {
				return nil, false
			}
			more, ok := in.callsOfHeld(cell, r)
			if !ok {
				return nil, false
			}
			calls = append(calls, more...)
		default:
			return nil, false
		}
	}
	return calls, true
}

// makesOneCall reports whether call calls v, or passes it once to what calls it once at most.
func (in *Calls) makesOneCall(call *ssa.Call, v ssa.Value) bool {
	args := call.Call.Args
	at := slices.Index(args, v)
	switch {
	case call.Call.IsInvoke():
		return false
	case at < 0:
		return call.Call.Value == v
	case call.Call.Value == v || slices.Contains(args[at+1:], v):
		return false
	}
	if fn := call.Call.StaticCallee(); fn != nil {
		return in.callsAtMostOnce(fn, at)
	}
	if made, ok := call.Call.Value.(*ssa.Call); ok && at == len(args)-1 && made.Call.StaticCallee() != nil { // a loop over an iterator
		c := &interp.CallSite{}
		in.resolveFunc(c, made.Call.StaticCallee())
		return in.returnsOneRound(c, 0)
	}
	return false
}

// callsOfHeld are those of the function that the variable at addr holds, which no store writes but the one that is given.
func (in *Calls) callsOfHeld(addr ssa.Value, store *ssa.Store) (calls []*ssa.BasicBlock, known bool) {
	for _, r := range *addr.Referrers() {
		var more []*ssa.BasicBlock
		ok := true
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			ok = r == store
		case *ssa.UnOp:
			more, ok = in.callsOf(r)
		case *ssa.MakeClosure:
			for n, b := range r.Bindings {
				if b != addr || !ok {
					continue
				}
				var inside []*ssa.BasicBlock
				inside, ok = in.callsOfHeld(r.Fn.(*ssa.Function).FreeVars[n], nil)
				if ok = ok && isOneCall(inside); ok && len(inside) > 0 {
					more, ok = in.callsOf(r)
				}
			}
		default:
			ok = false
		}
		if !ok {
			return nil, false
		}
		calls = append(calls, more...)
	}
	return calls, true
}

// yieldsAtMostOnce reports whether a loop over v, which is one iterator or several, has one round at most.
func (in *Calls) yieldsAtMostOnce(st *domain.State, v domain.Value) bool {
	return len(v) > 0 && !slices.ContainsFunc(v, func(s *domain.Symbol) bool {
		if st.Facts.At(s)&domain.OneRound != 0 {
			return false
		}
		var fn *ssa.Function
		if s.Kind == domain.SymFunc {
			switch site := s.Key.Site.(type) {
			case *ssa.Function:
				fn = site
			case *ssa.MakeClosure:
				fn = site.Fn.(*ssa.Function)
			}
		}
		if fn == nil {
			return true
		}
		last := fn.Signature.Params().Len() - 1
		if last < 0 || !gotypes.IsFunc(fn.Signature.Params().At(last).Type()) {
			return true
		}
		fn = interp.Real(fn) // of a method that is bound, which has its receiver besides
		return !in.callsAtMostOnce(fn, len(fn.Params)-1)
	})
}

// hasOneRound reports whether the loop that c, the call of an iterator with its body, stands for has one round at most.
func (in *Calls) hasOneRound(st *domain.State, c *interp.CallSite) bool {
	if c.Fn != nil {
		return in.callsAtMostOnce(c.Fn, len(c.Args)-1)
	}
	return in.yieldsAtMostOnce(st, c.Callee)
}

// noteOneRound notes in st what a callee says in r of the iterators v, that loops over them have one round at most.
func (in *Calls) noteOneRound(st *domain.State, r summary.Result, v domain.Value) {
	if r.Fact&summary.OneRound != 0 {
		in.haveOneRound(st, v)
	}
}

// haveOneRound notes in st that loops over the iterators v, which callees made, have one round at most.
func (in *Calls) haveOneRound(st *domain.State, v domain.Value) {
	for _, s := range v {
		if s.Kind == domain.SymFresh || s.Kind == domain.SymDerived {
			st.Facts.Set(s, st.Facts.At(s)|domain.OneRound)
		}
	}
}

// returnsOneRound reports whether the i-th result of c is an iterator that yields once at most, on all ways out.
func (in *Calls) returnsOneRound(c *interp.CallSite, i int) bool {
	s := in.summaryOf(c)
	return s != nil && len(s.Outcomes) > 0 && !slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return i >= len(o.Results) || o.Results[i].Fact&summary.OneRound == 0
	})
}

// countCalls says of the functions that callers pass how often they are called, where that is known.
func (in *Calls) countCalls(o *summary.Outcome) {
	for n, e := range o.Effects {
		letter, i, steps := e.Path.Root()
		if e.Kind == summary.Call && letter == 'p' && steps == "" && e.To == "" && in.callsAtMostOnce(in.Root, i) {
			o.Effects[n].Way = summary.AtMostOnce
		}
	}
}
