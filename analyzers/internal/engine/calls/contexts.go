package calls

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
)

// What is known of contexts: what they answer, and with what they end.

// isDone reports whether c asks a context for its error where it was found to have one: it
// answers the same from then on.
func isDone(c *interp.CallSite) bool {
	call := c.Instr.Common()
	if !asksContext(call, "Err") {
		return false
	}
	for b := c.Instr.Block(); b.Idom() != nil; b = b.Idom() {
		if len(b.Preds) != 1 {
			continue
		}
		from := b.Preds[0]
		branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
		if !ok || from.Succs[0] != b {
			continue
		}
		cond, ok := branch.Cond.(*ssa.BinOp)
		if !ok || cond.Op != token.NEQ {
			continue
		}
		before, ok := cond.X.(*ssa.Call)
		if nothing, isConst := cond.Y.(*ssa.Const); ok && isConst && nothing.IsNil() && asksContext(&before.Call, "Err") && before.Call.Value == call.Value {
			return true
		}
	}
	return false
}

// asksContext reports whether c asks a context by the method of this name.
func asksContext(c *ssa.CallCommon, method string) bool {
	return c.IsInvoke() && c.Method.Name() == method && c.Method.Pkg() != nil && c.Method.Pkg().Path() == "context"
}

// hasDeadline reports whether v is a context that was made with a deadline, or of one that was.
func (in *Calls) hasDeadline(st *domain.State, v domain.Value) bool {
	s := v.One()
	if s == nil {
		return false
	}
	call, ok := s.Key.Site.(*ssa.Call)
	if !ok || !makesContext(call) {
		return false
	}
	switch call.Call.StaticCallee().Name() {
	case "WithTimeout", "WithTimeoutCause", "WithDeadline", "WithDeadlineCause":
		return true
	case "WithCancel", "WithCancelCause", "WithValue":
		parent := call.Call.Args[0]
		return st.Knows(parent) && in.hasDeadline(st, in.Eval(st, parent))
	}
	return false
}

// endsWithParent reports whether l cancels a context that was made of another one, which has
// been cancelled, or is somebody else's to cancel: then nothing of it is left.
func (in *Calls) endsWithParent(st *domain.State, l *domain.Loan) bool {
	call, ok := l.Key.Site.(*ssa.Call)
	if !ok || !makesContext(call) {
		return false
	}
	parent, ok := call.Call.Args[0].(*ssa.Extract)
	if !ok {
		return false
	}
	for of, stand := range st.Loans.All() {
		if of.Key.Site == any(parent.Tuple) && in.Cancels(of) && (stand.Phase == domain.Ended || stand.Phase == domain.Moved) && !of.Old {
			return true
		}
	}
	return false
}

func makesContext(c *ssa.Call) bool {
	f := c.Call.StaticCallee()
	return f != nil && f.Pkg != nil && f.Pkg.Pkg.Path() == "context" && len(c.Call.Args) > 0
}
