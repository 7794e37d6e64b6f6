package tokens

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// A hint tells of the cheaper of two correct ways: a method that acquires is
// called where a token is at hand, and another method of the same type lends
// the same to whoever has a token.
//
// It is given only where the access ends in the function that began it, and
// where the token is likely to speak of the owner of what is accessed. That
// the engine cannot prove, since what belongs together was put together
// elsewhere. Two things count as likely: what was made by a call that was
// given the token, or another one of the same owner; and what is a part of the
// same object as the owner that the token came from, or of the only parameter
// that has such parts, where that object has no second owner among its fields.
// All else is silent.
//
// The syntax suffices for this; nothing is asked of the loans.

// ReportHints adds the hints for the package, if they are asked for.
func (e *Checker) ReportHints() {
	if !e.Options.Hints && !e.Options.Everything {
		return
	}
	h := &hinter{Checker: e}
	for _, f := range e.Pass.Files {
		for _, d := range f.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && fd.Body != nil {
				h.decl = fd
				ast.PreorderStack(fd, nil, func(n ast.Node, stack []ast.Node) bool {
					if call, ok := n.(*ast.CallExpr); ok {
						h.call(call, stack)
					}
					return true
				})
			}
		}
	}
}

// A hinter looks for hints in one declared function after the other.
type hinter struct {
	*Checker
	decl *ast.FuncDecl
}

// An alternative is a pair of methods of one type that give the same: one
// acquires it, with a guard, and the other lends it by a token.
type alternative struct {
	call   *ast.CallExpr // of the one
	recv   ast.Expr      // what it is called on
	lender *types.Func   // the other
	token  types.Type    // which the other needs
}

// call gives a hint on a call, where there is one. The nodes around the call
// are in stack, outermost first.
func (h *hinter) call(call *ast.CallExpr, stack []ast.Node) {
	alt := h.alternative(call)
	if alt == nil {
		return
	}
	assign, ok := stack[len(stack)-1].(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != 2 || len(assign.Rhs) != 1 {
		return // the access is handed on
	}
	guard := h.variable(assign.Lhs[1])
	if guard == nil {
		return
	}
	within := functionsOf(stack)
	releases, ok := h.releases(guard, within[len(within)-1])
	if !ok {
		return // so is the guard
	}
	token, how := h.tokenIn(within, alt.token, call)
	if token == nil || !h.likely(alt.recv, token, within) {
		return
	}
	name := types.ExprString(assign.Lhs[0])
	h.Findings = append(h.Findings, diag.Finding{
		Analyzer: "revbound", Pos: call.Pos(), End: call.End(),
		Message: fmt.Sprintf("%s needs no guard here: %s.%s(%s) gives it by the token %s, which is valid until this function returns",
			name, types.ExprString(alt.recv), alt.lender.Name(), how, token.Name()),
		Fixes: h.fix(alt, assign, releases, how, stack),
		Hint:  true,
	})
}

// functionsOf cuts the stack off after the innermost function.
func functionsOf(stack []ast.Node) []ast.Node {
	fn := len(stack) - 1
	for fn > 0 && !isFunction(stack[fn]) {
		fn--
	}
	return stack[:fn+1]
}

func isFunction(n ast.Node) bool {
	switch n.(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		return true
	}
	return false
}

// alternative finds the method that gives by a token what the call acquires.
func (h *hinter) alternative(call *ast.CallExpr) *alternative {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) > 0 {
		return nil
	}
	s := h.Pass.TypesInfo.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return nil
	}
	acquirer := s.Obj().(*types.Func)
	result := h.gives(acquirer, contract.Acquire, contract.Recv)
	if result == nil {
		return nil
	}
	t := acquirer.Signature().Recv().Type()
	if _, isPointer := t.(*types.Pointer); !isPointer && !types.IsInterface(t) {
		t = types.NewPointer(t)
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		lender := set.At(i).Obj().(*types.Func)
		sig := lender.Signature()
		if sig.Params().Len() != 1 || sig.Variadic() || !h.Contracts.IsToken(sig.Params().At(0).Type()) {
			continue
		}
		given := h.gives(lender, contract.Borrow, contract.Param)
		found, _, _ := types.LookupFieldOrMethod(s.Recv(), true, h.Pass.Pkg, lender.Name())
		if given != nil && types.Identical(given, result) && found == types.Object(lender) {
			return &alternative{call, sel.X, lender, sig.Params().At(0).Type()}
		}
	}
	return nil
}

// gives is the type of the first of two results of f, if that is what a claim
// of the contract puts on loan: with the second as its guard, or on the
// condition that the second, an error, is nil.
func (h *hinter) gives(f *types.Func, verb contract.Verb, from contract.RootKind) types.Type {
	c := h.Contracts.Of(f)
	results := f.Signature().Results()
	if c == nil || results.Len() != 2 {
		return nil
	}
	isResult := func(p contract.Path, i int) bool {
		return p.Root == contract.Result && p.Index == i && len(p.Steps) == 0 && !p.Deref
	}
	for _, claim := range c.Claims {
		if claim.Verb != verb || len(claim.Values) != 1 || !isResult(claim.Values[0], 0) || claim.If == nil || claim.When != nil ||
			claim.From == nil || claim.From.Root != from || len(claim.From.Steps) > 0 {
			continue
		}
		switch verb {
		case contract.Acquire:
			if claim.Guard == nil || !isResult(*claim.Guard, 1) || claim.If.Op != contract.NotNil || !isResult(claim.If.Path, 0) {
				continue
			}
		case contract.Borrow:
			if claim.If.Op != contract.IsNil || !isResult(claim.If.Path, 1) || !gotypes.IsError(results.At(1).Type()) {
				continue
			}
		}
		return results.At(0).Type()
	}
	return nil
}

// releases lists the statements that release the guard, if nothing else is
// done with it, and nowhere but in the function fn itself.
func (h *hinter) releases(guard *types.Var, fn ast.Node) (statements []ast.Stmt, ok bool) {
	ok = true
	ast.PreorderStack(fn, nil, func(n ast.Node, stack []ast.Node) bool {
		id, isIdent := n.(*ast.Ident)
		if !isIdent || h.Pass.TypesInfo.Uses[id] != types.Object(guard) {
			return true
		}
		s := h.releaseBy(id, stack)
		if s == nil || slices.ContainsFunc(stack[1:], isFunction) {
			ok = false
		}
		statements = append(statements, s)
		return true
	})
	return statements, ok && len(statements) > 0
}

// releaseBy is the statement "id.Release()", deferred or not, of which id is
// the beginning.
func (h *hinter) releaseBy(id *ast.Ident, stack []ast.Node) ast.Stmt {
	n := len(stack)
	if n < 4 {
		return nil
	}
	sel, ok := stack[n-1].(*ast.SelectorExpr)
	if !ok || sel.X != id {
		return nil
	}
	call, ok := stack[n-2].(*ast.CallExpr)
	if !ok || call.Fun != sel || len(call.Args) > 0 {
		return nil
	}
	f, ok := h.Pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok {
		return nil
	}
	c := h.Contracts.Of(f)
	if c == nil || !slices.ContainsFunc(c.Claims, func(c contract.Claim) bool {
		return c.Verb == contract.Release && len(c.Values) == 1 && c.Values[0].Root == contract.Recv && len(c.Values[0].Steps) == 0
	}) {
		return nil
	}
	switch s := stack[n-3].(type) {
	case *ast.ExprStmt:
		return s
	case *ast.DeferStmt:
		return s
	}
	return nil
}
