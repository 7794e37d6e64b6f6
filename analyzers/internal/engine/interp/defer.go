package interp

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// runDefers runs the deferred calls of the innermost frame, last first.
func (in *Interp) runDefers(st *domain.State) []*domain.State {
	states := []*domain.State{st}
	for {
		var next []*domain.State
		ran := false
		for _, st := range states {
			f := st.Top()
			if len(f.Defers) == 0 {
				next = append(next, st)
				continue
			}
			ran = true
			d := f.Defers[len(f.Defers)-1]
			f.Defers = f.Defers[: len(f.Defers)-1 : len(f.Defers)-1]
			next = append(next, in.runDeferred(st, d)...)
		}
		states = in.Merged(next)
		if !ran || in.GaveUp {
			return states
		}
	}
}

func (in *Interp) runDeferred(st *domain.State, d domain.Pending) []*domain.State {
	if _, ok := d.Instr.Call.Value.(*ssa.Builtin); ok {
		return []*domain.State{st}
	}
	if !d.Perhaps {
		return in.Up.DeferredCall(st, d)
	}
	ran := in.Up.DeferredCall(st.Clone(), d)
	for _, r := range ran {
		for l, stand := range r.Loans.All() {
			was, ok := st.Loans.Get(l)
			if !ok || stand.Phase == was.Phase && (was.Unsure || !stand.Unsure) || was.Phase == domain.Ended {
				continue
			}
			if stand.Phase == domain.Ended {
				stand.Unsure = true
				r.Loans.Set(l, stand)
			}
			if was.Phase == domain.Live || was.Phase == domain.Unchecked {
				was.Phase, was.Unsure = domain.Moved, true
				st.Loans.Set(l, was)
			}
		}
	}
	return append(ran, st)
}

// pushDefer evaluates the operands of a deferred call. In the body of a
// range-over-func loop it belongs to the function around the loop.
func (in *Interp) pushDefer(st *domain.State, i *ssa.Defer) {
	d := domain.Pending{Instr: i, Fn: in.Eval(st, i.Call.Value)}
	for _, a := range i.Call.Args {
		d.Args = append(d.Args, in.Eval(st, a))
	}
	if i.Call.IsInvoke() {
		in.Up.DeferInvoke(st, d.Fn, i)
	}
	fn := i.Parent()
	if i.DeferStack != nil {
		for domain.IsYield(fn) && fn.Parent() != nil {
			fn = fn.Parent()
		}
	}
	for n, f := range st.Frames {
		if f.Fn != fn {
			continue
		}
		if n < len(st.Frames)-1 {
			f = f.Clone()
			st.Frames[n] = f
		}
		f.Defers = pushed(f.Defers, d)
		return
	}
	// The body of a loop that is analysed on its own: run it at its end.
	top := st.Top()
	top.Defers = pushed(top.Defers, d)
}

// pushed is defers with d. Of a statement in a loop the last two rounds are kept: what
// happens in earlier ones is what happens in the last but one.
func pushed(defers []domain.Pending, d domain.Pending) []domain.Pending {
	out := slices.Clone(defers)
	first, n := -1, 0
	for i, have := range out {
		if have.Instr == d.Instr {
			if n++; first < 0 {
				first = i
			}
		}
	}
	if n > 1 {
		out = slices.Delete(out, first, first+1)
	}
	return append(out, d)
}

// goStmt starts a goroutine: what it is given is in its hands too. One that is
// waited for at once runs in place.
func (in *Interp) goStmt(st *domain.State, i *ssa.Go) []*domain.State {
	if IsAwaited(i, i.Call.Value, false) {
		return in.Up.Started(st, i)
	}
	v := in.Eval(st, i.Call.Value)
	for _, a := range i.Call.Args {
		v = v.Union(in.Eval(st, a))
	}
	left := in.Up.Abandons(st, i)
	in.Up.Entrusts(st, i)
	in.Up.HandOver(st, v, i, summary.ToGoroutine)
	in.Up.StayOwed(st, left)
	return []*domain.State{st}
}
