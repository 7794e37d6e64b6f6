package interp

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// A CallSite is one call, with its operands evaluated. The receiver, where
// there is one, is the first argument.
type CallSite struct {
	Instr    ssa.CallInstruction
	Pos      token.Pos // of the call, or of the defer statement
	Sig      *types.Signature
	Obj      types.Object   // the function, method, field or variable that is called, if known
	Fn       *ssa.Function  // its body or declaration, if known
	FuncType types.Type     // of the function value, for contracts on types
	Callee   domain.Value   // the function value
	Captures []domain.Value // of a closure
	Args     []domain.Value
	ArgTypes []types.Type
	HasRecv  bool
	Deferred bool
}

// Name is what messages call the callee.
func (c *CallSite) Name() string {
	switch {
	case c.Obj != nil:
		return c.Obj.Name()
	case c.Fn != nil:
		return c.Fn.Name()
	}
	return "the function"
}

// Site identifies the call: symbols and loans that it makes are its.
func (c *CallSite) Site() ssa.Instruction { return c.Instr }

// Written is the operand that the program has as argument i, of which the receiver is the first; nil if it has none.
func (c *CallSite) Written(i int) ssa.Value {
	if c.Instr == nil { // a call that is only assumed
		return nil
	}
	common := c.Instr.Common()
	if common.IsInvoke() {
		i--
	}
	if i < 0 || i >= len(common.Args) {
		return nil
	}
	return common.Args[i]
}

// A Returned is a state after a call, with what the call returned.
type Returned struct {
	St      *domain.State
	Results []domain.Value
	Ret     *ssa.Return // of a function that was executed in place
}

// maxInline is how deep closures are executed within each other.
const maxInline = 8

// CanInline reports whether fn can be executed in place: it has a body, and is not under way already.
func (in *Interp) CanInline(fn *ssa.Function) bool {
	if len(fn.Blocks) == 0 || len(in.stack) > maxInline {
		return false
	}
	for _, f := range in.stack {
		if f == fn {
			return false
		}
	}
	return true
}

// Inline executes the closure that c calls in the caller's state. enter, if
// not nil, is called in the closure's frame before its body.
func (in *Interp) Inline(st *domain.State, c *CallSite, enter func(*domain.State, *domain.Frame)) []Returned {
	in.Visited[c.Fn] = true
	f := domain.NewFrame(in.FlowOf(c.Fn))
	for i, p := range c.Fn.Params {
		if i < len(c.Args) {
			f.Env.Set(p, c.Args[i])
		}
	}
	for i, v := range c.Fn.FreeVars {
		if i < len(c.Captures) {
			f.Env.Set(v, c.Captures[i])
		}
	}
	st.Push(f)
	if enter != nil {
		enter(st, f)
	}
	var out []Returned
	for _, e := range in.Exec(c.Fn, st) {
		if enter != nil {
			in.Up.EndScope(e.St, e.St.Top(), e.Results, e.Ret)
		}
		e.St.Pop()
		out = append(out, Returned(e))
	}
	return out
}

// FreshResults makes the fresh results of a call, of which it is not known what those hold that are interfaces.
func (in *Interp) FreshResults(c *CallSite) []domain.Value {
	out := in.NewResults(c)
	for _, r := range out {
		if s := r.One(); s.Typ != nil && types.IsInterface(s.Typ) && !gotypes.IsError(s.Typ) {
			s.HoldsAny()
		}
	}
	return out
}

// NewResults makes the fresh results of a call.
func (in *Interp) NewResults(c *CallSite) []domain.Value {
	res := c.Sig.Results()
	out := make([]domain.Value, res.Len())
	for i := range out {
		out[i] = domain.Value{in.Fresh(c.Site(), i, res.At(i).Type())}
	}
	return out
}

// Real is the declared function that a wrapper, thunk or instance stands for.
func Real(fn *ssa.Function) *ssa.Function {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		if f := fn.Prog.FuncValue(obj.Origin()); f != nil {
			return f
		}
	}
	return fn
}
