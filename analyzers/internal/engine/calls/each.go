package calls

import (
	"go/token"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What a function does to each element of a collection that it is given, and leaves out none: it has a loop that
// comes to all of them, whatever happens in it. Callers who know the elements know then what became of every one.

// An eachLoop is a loop over all elements of a slice.
type eachLoop struct {
	header *ssa.BasicBlock
	of     summary.Path // the slice
	deeds  []summary.Effect
}

// eachLoops are those of fn, the function under analysis.
func (in *Calls) eachLoops() []eachLoop {
	if in.loops == nil {
		in.loops = []eachLoop{}
		for _, b := range in.Root.Blocks {
			if l, ok := in.eachLoop(b); ok {
				in.loops = append(in.loops, l)
			}
		}
	}
	return in.loops
}

// eachLoop reads the loop of which header decides whether it goes on.
func (in *Calls) eachLoop(header *ssa.BasicBlock) (l eachLoop, ok bool) {
	index, slice := countsThrough(header)
	if index == nil {
		return l, false
	}
	path, addr := pathOf(in.Root, slice)
	if path == "" {
		return l, false
	}
	loop := loopOf(header)
	if len(loop) == 0 {
		return l, false
	}
	var elements []ssa.Value
	for _, s := range sameSlices(slice, addr) {
		for _, r := range *s.Referrers() {
			switch r := r.(type) {
			case *ssa.DebugRef:
			case *ssa.Call:
				if b, is := r.Call.Value.(*ssa.Builtin); !is || b.Name() != "len" {
					return l, false
				}
			case *ssa.IndexAddr:
				if r.X != s || r.Index != index || !loop[r.Block()] {
					return l, false
				}
				elements = append(elements, r)
			default:
				return l, false
			}
		}
	}
	if addr != nil && slices.ContainsFunc(*addr.Referrers(), func(r ssa.Instruction) bool {
		load, is := r.(*ssa.UnOp)
		_, isDebug := r.(*ssa.DebugRef)
		return !isDebug && (!is || load.Op != token.MUL)
	}) {
		return l, false
	}
	if len(elements) != 1 {
		return l, false
	}
	l = eachLoop{header: header, of: path}
	r := &reading{in: in}
	if !r.read(elements[0], path.Field(-1)) || r.ends && r.uses > 1 {
		return l, false
	}
	slices.SortFunc(r.deeds, summary.Effect.Compare)
	backwards := header.Instrs[len(header.Instrs)-1].(*ssa.If).Cond.(*ssa.BinOp).Op == token.GEQ
	for _, e := range slices.CompactFunc(r.deeds, summary.Effect.Same) {
		e.To = path
		if e.Kind == summary.Call {
			e.Way = summary.LastFirst.When(backwards)
		}
		l.deeds = append(l.deeds, e)
	}
	return l, len(l.deeds) > 0
}

// paramPath is what callers of fn call v, a parameter; "" if it is none.
func paramPath(fn *ssa.Function, v ssa.Value) summary.Path {
	if p, ok := v.(*ssa.Parameter); ok {
		return summary.Path("p" + strconv.Itoa(slices.Index(fn.Params, p)))
	}
	return ""
}

// fieldPath is what callers of fn call what stands in the field, of what a parameter points to; "" if it is of
// something else.
func fieldPath(fn *ssa.Function, field *ssa.FieldAddr) summary.Path {
	p := paramPath(fn, field.X)
	if p == "" {
		return ""
	}
	return p.Field(field.Field).Load()
}

// pathOf is what callers of fn call slice, a parameter, what one points to or a field of that; and the address of what is pointed to.
func pathOf(fn *ssa.Function, slice ssa.Value) (summary.Path, ssa.Value) {
	load, ok := slice.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return paramPath(fn, slice), nil
	}
	if p := paramPath(fn, load.X); p != "" {
		return p.Load(), load.X
	}
	if field, ok := load.X.(*ssa.FieldAddr); ok && paramPath(fn, field.X) != "" {
		return fieldPath(fn, field), field
	}
	return "", nil
}

// sameSlices are slice and, where it was loaded from addr, what else is loaded from there.
func sameSlices(slice, addr ssa.Value) []ssa.Value {
	if addr == nil {
		return []ssa.Value{slice}
	}
	var out []ssa.Value
	for _, b := range addr.Parent().Blocks {
		for _, i := range b.Instrs {
			load, ok := i.(*ssa.UnOp)
			if !ok || load.Op != token.MUL {
				continue
			}
			if sameAddress(load.X, addr) {
				out = append(out, load)
			}
		}
	}
	return out
}

// sameAddress reports whether x and y are one parameter, or address one field of what one points to.
func sameAddress(x, y ssa.Value) bool {
	f, ok := x.(*ssa.FieldAddr)
	g, both := y.(*ssa.FieldAddr)
	return x == y || ok && both && f.X == g.X && f.Field == g.Field
}

// A reading gathers what a loop does with an element.
type reading struct {
	in    *Calls
	deeds []summary.Effect
	uses  int  // of the element, or of what lies in it
	ends  bool // one of them releases or calls it
}

// read reads what the loop does with v, an element, its address, or what lies in it: callers call it path. Not ok if more
// is done than is read.
func (r *reading) read(v ssa.Value, path summary.Path) bool {
	if !gotypes.IsReference(v.Type()) {
		return true
	}
	for _, i := range *v.Referrers() {
		switch i := i.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			r.deeds = append(r.deeds, summary.Effect{Kind: summary.Deref, Path: path})
			if i.Op != token.MUL || !r.read(i, path.Load()) {
				return false
			}
		case *ssa.FieldAddr:
			r.deeds = append(r.deeds, summary.Effect{Kind: summary.Deref, Path: path})
			before := r.uses
			if !r.read(i, path.Field(i.Field)) {
				return false
			}
			r.uses = max(r.uses, before+1)
		case *ssa.Store:
			if i.Addr != v || gotypes.IsReference(i.Val.Type()) {
				return false
			}
		case *ssa.Call:
			r.uses++
			deeds, ok := r.in.deedsOfCall(i, v, path)
			if !ok {
				return false
			}
			r.deeds = append(r.deeds, deeds...)
			r.ends = r.ends || slices.ContainsFunc(deeds, func(e summary.Effect) bool { return e.Kind != summary.Deref })
		default:
			return false
		}
	}
	return true
}

// deedsOfCall is what a call does with v; not ok if that is not known.
func (in *Calls) deedsOfCall(call *ssa.Call, v ssa.Value, path summary.Path) (out []summary.Effect, ok bool) {
	c := &interp.CallSite{Instr: call, Pos: call.Pos(), Sig: call.Call.Signature()}
	operand := slices.Index(call.Call.Args, v)
	switch {
	case call.Call.Value == v && !call.Call.IsInvoke():
		return []summary.Effect{{Kind: summary.Call, Path: path}}, len(call.Call.Args) == 0 && call.Call.Signature().Results().Len() == 0
	case call.Call.IsInvoke():
		return nil, false
	}
	fn := call.Call.StaticCallee()
	if fn == nil || operand < 0 || slices.Index(call.Call.Args[operand+1:], v) >= 0 {
		return nil, false
	}
	in.resolveFunc(c, fn)
	if ct := in.contractOf(c); ct != nil {
		if len(ct.Claims) != 1 {
			return nil, false
		}
		cl := ct.Claims[0]
		at := -1
		if len(cl.Values) == 1 && len(cl.Values[0].Steps) == 0 {
			switch cl.Values[0].Root {
			case contract.Recv:
				at = 0
			case contract.Param:
				at = in.ArgIndex(c, cl.Values[0].Index)
			}
		}
		if cl.Verb != contract.Release || cl.If != nil || cl.To != nil || at != operand {
			return nil, false
		}
		return []summary.Effect{{Kind: summary.Release, Path: path, Detail: summary.Detail{Way: summary.Idempotent.When(cl.Idempotent)}}}, true
	}
	s := in.summaryOf(c)
	if s == nil || len(s.Outcomes) == 0 {
		return nil, false
	}
	param := summary.Path("p" + strconv.Itoa(operand))
	for n, o := range s.Outcomes {
		var deeds []summary.Effect
		for _, p := range o.Params {
			if letter, i, _ := p.Path.Root(); letter == 'p' && i == operand {
				return nil, false // it depends on what it is
			}
		}
		for _, r := range o.Results {
			if slices.ContainsFunc(slices.Concat(r.Alias, r.From), func(p summary.Path) bool { return isWithin(p, param) }) {
				return nil, false
			}
		}
		for _, e := range o.Effects {
			if !isWithin(e.Path, param) {
				continue
			}
			at := path + e.Path[len(param):]
			switch {
			case e.Kind == summary.Deref && !e.May:
				deeds = append(deeds, summary.Effect{Kind: summary.Deref, Path: at})
			case e.Kind == summary.Deref || e.Kind == summary.Event:
			case e.Kind == summary.Release && !e.May && !e.ByErrors && e.To == "":
				deeds = append(deeds, summary.Effect{Kind: summary.Release, Path: at, Detail: summary.Detail{Way: e.Way}})
			default:
				return nil, false
			}
		}
		if n > 0 && !slices.Equal(deeds, out) {
			return nil, false
		}
		out = deeds
	}
	return out, true
}

// isWithin reports whether p is of, or leads on from there.
func isWithin(p, of summary.Path) bool {
	rest, ok := strings.CutPrefix(string(p), string(of))
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '*')
}

// eachOf puts what is done to each element in the place of what is done to some, on a way out before which a loop over
// all of them has come to its end.
func (in *Calls) eachOf(o *summary.Outcome, ret *ssa.Return) {
	if ret == nil {
		return
	}
	for _, l := range in.eachLoops() {
		if !l.header.Dominates(ret.Block()) {
			continue
		}
		o.Effects = slices.DeleteFunc(o.Effects, func(e summary.Effect) bool {
			if !isWithin(e.Path, l.of.Field(-1)) {
				return false
			}
			switch e.Kind {
			case summary.Release, summary.Call, summary.Moved, summary.Late:
				return true
			case summary.Deref:
				return slices.ContainsFunc(l.deeds, func(d summary.Effect) bool { return d.Kind == e.Kind && d.Path == e.Path })
			}
			return false
		})
		o.Effects = append(o.Effects, l.deeds...)
	}
}

// uses are the instructions that v is an operand of.
func uses(v ssa.Value) (out []ssa.Instruction) {
	for _, r := range *v.Referrers() {
		if _, ok := r.(*ssa.DebugRef); !ok {
			out = append(out, r)
		}
	}
	return out
}
