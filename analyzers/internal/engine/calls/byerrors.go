package calls

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What is released unless something fails. A callee that releases on one way out and not on
// another may have reasons that it shares with its caller: a flag in memory, a count, a number.
// Whether what it calls has failed is no such reason, because neither has a say in that. So both ways are
// possible, as they are if a branch of the caller's own asks for an error.
//
// Approximated: a callee whose errors go by what its caller has made sure of, as a check of
// arguments does, is believed to be able to fail. A caller that asks which error it got may
// know more, and is left in doubt. Whether rows have a next one is no reason of the callee's either, and
// a caller that knows how many there are is not told from others.

// isDecidedByErrors reports whether nothing decides if path is released at pos but whether calls of the
// function fail, and whether there is something to release. Path is a parameter, or what is embedded in one and
// released by a method that is promoted. Of another part its holder knows more: it is closed with its holder, where
// a method of that has failed.
func (in *Calls) isDecidedByErrors(path summary.Path, pos token.Pos) bool {
	letter, n, steps := path.Root()
	if letter != 'p' || n >= len(in.Root.Params) {
		return false
	}
	param := in.Root.Params[n]
	isParameter := func(v ssa.Value) bool { return v == ssa.Value(param) }
	isAnswer := func(v ssa.Value) bool { return in.releasesByAnswer(v, param) }
	if steps != "" {
		isPromoted := func(c *ssa.CallCommon) bool {
			isHelper := in.byErrors[pos] && slices.Contains(c.Args, ssa.Value(param)) // it has found the same, for its own callers
			return !c.IsInvoke() && (isHelper || embeds(param.Type(), steps, c.StaticCallee()))
		}
		if !in.calledAt(pos, isPromoted) {
			return false
		}
	}
	for _, b := range in.Root.Blocks {
		for _, i := range b.Instrs {
			if c, ok := i.(ssa.CallInstruction); ok && c.Pos() == pos {
				return (in.byErrors[pos] || in.isContracted(c.Common())) && in.FlowOf(in.Root).DecidedByErrors(b, isParameter, isAnswer)
			}
		}
	}
	return false // in a closure
}

// calledAt reports whether a call at pos is as is says.
func (in *Calls) calledAt(pos token.Pos, is func(*ssa.CallCommon) bool) bool {
	for _, b := range in.Root.Blocks {
		for _, i := range b.Instrs {
			if c, ok := i.(ssa.CallInstruction); ok && c.Pos() == pos && is(c.Common()) {
				return true
			}
		}
	}
	return false
}

// embeds reports whether steps lead to a field that is embedded in what t points to, and fn is a method of that, which
// t has by that alone.
func embeds(t types.Type, steps summary.Path, fn *ssa.Function) bool {
	i, load, rest := steps.Next()
	if load || rest != "*" || fn == nil || fn.Object() == nil {
		return false
	}
	s, ok := gotypes.Deref(t).Underlying().(*types.Struct)
	if !ok || i < 0 || i >= s.NumFields() || !s.Field(i).Embedded() {
		return false
	}
	m, index, _ := types.LookupFieldOrMethod(t, true, fn.Object().Pkg(), fn.Object().Name())
	return m == fn.Object() && len(index) == 2 && index[0] == i
}

// releasesByAnswer reports whether v is what a method of param answers that releases it by that: where Next says that
// there are no more rows, it has closed them.
func (in *Calls) releasesByAnswer(v ssa.Value, param *ssa.Parameter) bool {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.IsInvoke() || call.Call.Signature().Recv() == nil || !isOrEmbeds(param, call.Call.Args[0]) {
		return false
	}
	fn := call.Call.StaticCallee()
	if fn == nil {
		return false
	}
	ct := in.Contracts.Of(fn.Object())
	return ct != nil && slices.ContainsFunc(ct.Claims, func(c contract.Claim) bool {
		return c.Verb == contract.Release && c.If != nil && len(c.Values) == 1 && c.Values[0].Root == contract.Recv
	})
}

// isOrEmbeds reports whether v is param, or what is embedded in it.
func isOrEmbeds(param *ssa.Parameter, v ssa.Value) bool {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if a, ok := load.X.(*ssa.FieldAddr); ok && gotypes.Deref(a.X.Type()).Underlying().(*types.Struct).Field(a.Field).Embedded() {
			v = a.X
		}
	}
	return v == ssa.Value(param)
}

// isContracted reports whether a contract says what the call does, and not what it is given to run.
func (in *Calls) isContracted(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return in.Contracts.Of(c.Method) != nil
	}
	fn := c.StaticCallee()
	return fn != nil && in.Contracts.Of(fn.Object()) != nil
}

// asksWhichError reports whether the caller does more with the error of the call than to ask
// whether there is one, to wrap it and to hand it on, or gets it where that cannot be seen.
func (a *application) asksWhichError() bool {
	if _, ok := a.c.Instr.(*ssa.Go); ok {
		return false
	}
	call, ok := a.c.Instr.(*ssa.Call)
	if !ok || a.c.Deferred {
		return true
	}
	if gotypes.IsError(call.Type()) {
		return asksWhich(call, nil)
	}
	return slices.ContainsFunc(*call.Referrers(), func(r ssa.Instruction) bool {
		x, ok := r.(*ssa.Extract)
		return ok && gotypes.IsError(x.Type()) && asksWhich(x, nil)
	})
}

// asksWhich reports whether err is compared with another error than nil or looked into, or is kept
// where that cannot be seen; seen has what it is known by so far.
func asksWhich(err ssa.Value, seen []ssa.Value) bool {
	if slices.Contains(seen, err) {
		return false
	}
	seen = append(seen, err)
	return slices.ContainsFunc(*err.Referrers(), func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.BinOp:
			return !domain.IsNilConst(r.X) && !domain.IsNilConst(r.Y)
		case *ssa.Phi:
			return asksWhich(r, seen)
		case *ssa.UnOp: // of a variable in memory
			return asksWhich(r, seen)
		case *ssa.Store:
			cell, ok := r.Addr.(*ssa.Alloc)
			return !ok || r.Val == err && asksWhich(cell, seen)
		case *ssa.Call:
			res := r.Call.Signature().Results()
			return r.Call.IsInvoke() && r.Call.Value == err || res.Len() > 0 && !gotypes.IsError(res.At(res.Len()-1).Type())
		case *ssa.ChangeInterface, *ssa.Return, *ssa.DebugRef, *ssa.Panic:
			return false // it is wrapped, printed or handed on
		}
		return true
	})
}
