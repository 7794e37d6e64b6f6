package loan

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// runDefers runs the deferred calls of the innermost frame, last first.
func (in *interpreter) runDefers(st *state) []*state {
	states := []*state{st}
	for {
		var next []*state
		ran := false
		for _, st := range states {
			f := st.top()
			if len(f.defers) == 0 {
				next = append(next, st)
				continue
			}
			ran = true
			d := f.defers[len(f.defers)-1]
			f.defers = f.defers[: len(f.defers)-1 : len(f.defers)-1]
			next = append(next, in.runDeferred(st, d)...)
		}
		states = in.merged(next)
		if !ran || in.gaveUp {
			return states
		}
	}
}

func (in *interpreter) runDeferred(st *state, d pending) []*state {
	if _, ok := d.instr.Call.Value.(*ssa.Builtin); ok {
		return []*state{st}
	}
	c := in.callSite(st, d.instr, d.fn, d.args)
	c.deferred = true
	var out []*state
	for _, r := range in.perform(st, c) {
		out = append(out, r.st)
	}
	return out
}

// pushDefer evaluates the operands of a deferred call. In the body of a
// range-over-func loop it belongs to the function around the loop.
func (in *interpreter) pushDefer(st *state, i *ssa.Defer) {
	d := pending{instr: i, fn: in.eval(st, i.Call.Value)}
	for _, a := range i.Call.Args {
		d.args = append(d.args, in.eval(st, a))
	}
	fn := i.Parent()
	if i.DeferStack != nil {
		for isYield(fn) && fn.Parent() != nil {
			fn = fn.Parent()
		}
	}
	for n, f := range st.frames {
		if f.fn != fn {
			continue
		}
		if n < len(st.frames)-1 {
			f = f.clone()
			st.frames[n] = f
		}
		f.defers = append(slices.Clip(f.defers), d)
		return
	}
	// The body of a loop that is analysed on its own: run it at its end.
	top := st.top()
	top.defers = append(slices.Clip(top.defers), d)
}

// goStmt starts a goroutine: what it is given is in its hands too.
func (in *interpreter) goStmt(st *state, i *ssa.Go) []*state {
	v := in.eval(st, i.Call.Value)
	for _, a := range i.Call.Args {
		v = v.union(in.eval(st, a))
	}
	in.handOver(st, v, i, "used by a goroutine")
	return []*state{st}
}
