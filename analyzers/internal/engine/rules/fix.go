package rules

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Fixes are offered only where they cannot change a correct program, and
// where they are complete: what they write compiles and does what it says.

// fixLeak defers the release of l right after the access was checked. It is
// offered only where the function does not release l anywhere, is not in a
// loop there, and does no more with guard and value than look at them: what is
// handed on must not be released here.
func (in *Rules) fixLeak(l *domain.Loan, released bool) []analysis.SuggestedFix {
	if len(in.Lost[l]) > 0 {
		return nil // somebody has it on another way out
	}
	call, ok := l.Key.Site.(*ssa.Call)
	if !ok || released {
		return nil
	}
	guard, typ := in.guardVariable(l, call)
	if guard == "" {
		return nil
	}
	method := in.releaseMethod(typ)
	if method == "" {
		return nil
	}
	block, i := in.Names.StatementIn(call.Pos())
	if block == nil || !in.isKeptHere(call) {
		return nil
	}
	after := block[i]
	if i+1 < len(block) {
		if check, ok := block[i+1].(*ast.IfStmt); ok && check.Init == nil && check.Else == nil && report.Leaves(check.Body) {
			after = check
		}
	}
	if l.NilGuard && after == block[i] {
		return nil // it would release nil
	}
	release := "defer " + guard + "." + method + "()"
	text := "\n" + in.Names.Indent(after.Pos()) + release
	return []analysis.SuggestedFix{{
		Message:   "Insert " + release,
		TextEdits: []analysis.TextEdit{{Pos: after.End(), End: after.End(), NewText: []byte(text)}},
	}}
}

// isKeptHere reports whether all that the function of call does with the
// variables that its results are assigned to is to look at them, and whether
// that is in no loop: a deferred release is right then.
func (in *Rules) isKeptHere(call *ssa.Call) bool {
	var fn ast.Node
	loops := false
	in.Names.Around(call.Pos(), func(n ast.Node) {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			fn, loops = n, false
		case *ast.ForStmt, *ast.RangeStmt:
			loops = true
		}
	})
	if fn == nil || loops {
		return false
	}
	x := in.Names.Index(call.Pos())
	kept := make(map[types.Object]bool)
	for _, e := range x.Assigns[x.Calls[call.Pos()]] {
		id, ok := e.(*ast.Ident)
		if !ok {
			return false
		}
		if obj := in.Pass.TypesInfo.Defs[id]; obj != nil {
			kept[obj] = true
		} else if id.Name != "_" && !gotypes.IsError(in.Pass.TypesInfo.TypeOf(id)) {
			return false // a variable that was there before may be read elsewhere
		}
	}
	return in.onlyLookedAt(fn, kept)
}

// onlyLookedAt reports whether fn selects from the variables, follows,
// indexes, compares and passes them, and nothing else.
func (in *Rules) onlyLookedAt(fn ast.Node, vars map[types.Object]bool) bool {
	ok := true
	var stack []ast.Node
	ast.Inspect(fn, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		id, isIdent := n.(*ast.Ident)
		if isIdent && vars[in.Pass.TypesInfo.Uses[id]] && !gotypes.IsError(in.Pass.TypesInfo.TypeOf(id)) {
			ok = ok && report.IsLook(stack, id)
		}
		stack = append(stack, n)
		return true
	})
	return ok
}

func (in *Rules) releasesAnywhere(l *domain.Loan) bool {
	for _, r := range in.records {
		if r.loan == l || r.loan != nil && r.loan.Pos == l.Pos {
			return true
		}
	}
	return false
}

// guardVariable is the variable that holds the guard of l.
func (in *Rules) guardVariable(l *domain.Loan, call *ssa.Call) (string, types.Type) {
	if l.Claim == nil || l.Claim.Verb != contract.Acquire {
		return "", nil
	}
	p := l.Claim.Guard
	if p == nil && len(l.Claim.Values) == 1 {
		p = &l.Claim.Values[0]
	}
	if p == nil || p.Root != contract.Result || len(p.Steps) > 0 {
		return "", nil
	}
	name := in.Names.Result(call, p.Index)
	if !token.IsIdentifier(name) {
		return "", nil
	}
	return name, call.Call.Signature().Results().At(p.Index).Type()
}

// releaseMethod is the method without parameters of t that is a release of
// its receiver, if there is just one.
func (in *Rules) releaseMethod(t types.Type) string {
	if !types.IsInterface(t) {
		if _, ok := t.Underlying().(*types.Pointer); !ok {
			t = types.NewPointer(t)
		}
	}
	found := ""
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		f := set.At(i).Obj().(*types.Func)
		c := in.Contracts.Of(f)
		if c == nil || !f.Exported() || f.Signature().Params().Len() > 0 {
			continue
		}
		isRelease := slices.ContainsFunc(c.Claims, func(c contract.Claim) bool {
			return c.Verb == contract.Release && len(c.Values) == 1 && c.Values[0].Root == contract.Recv
		})
		if !isRelease {
			continue
		}
		if found != "" {
			return ""
		}
		found = f.Name()
	}
	return found
}

// fixNil tests the result right after the call and returns where it is not
// there. It is offered only where what to return instead is plain, and nothing is owed yet that a return would leave.
func (in *Rules) fixNil(st *domain.State, l *domain.Loan, site ssa.Instruction) []analysis.SuggestedFix {
	call, ok := l.Key.Site.(*ssa.Call)
	if !ok || owesBefore(st, l) || site.Parent() != call.Parent() || l.Claim == nil || l.Claim.If == nil || l.Claim.If.Path.Root != contract.Result || len(l.Claim.If.Path.Steps) > 0 {
		return nil
	}
	cond := in.Names.Result(call, l.Claim.If.Path.Index)
	if !token.IsIdentifier(cond) {
		return nil
	}
	test := map[contract.Op]string{contract.IsNil: cond + " != nil", contract.NotNil: cond + " == nil", contract.IsTrue: "!" + cond, contract.IsFalse: cond}[l.Claim.If.Op]
	errName := ""
	if l.Claim.If.Op == contract.IsNil {
		errName = cond
	}
	values, ok := in.zeroResults(call.Parent().Signature, errName)
	if !ok {
		return nil
	}
	block, i := in.Names.StatementIn(call.Pos())
	if block == nil {
		return nil
	}
	if _, ok := block[i].(*ast.AssignStmt); !ok {
		return nil
	}
	indent := in.Names.Indent(block[i].Pos())
	leave := strings.TrimSpace("return " + values)
	text := "\n" + indent + "if " + test + " {\n" + indent + "\t" + leave + "\n" + indent + "}"
	return []analysis.SuggestedFix{{
		Message:   "Insert if " + test + " { " + leave + " }",
		TextEdits: []analysis.TextEdit{{Pos: block[i].End(), End: block[i].End(), NewText: []byte(text)}},
	}}
}

// owesBefore reports whether something that was acquired before l was still owed when l began, and no call was deferred
// in between that might release it.
func owesBefore(st *domain.State, l *domain.Loan) bool {
	for o, stand := range st.Loans.All() {
		if o == l || !o.Mandatory || o.Pos >= l.Pos || stand.Phase == domain.Ended && stand.Ended < l.Pos {
			continue
		}
		if !slices.ContainsFunc(st.Top().Defers, func(d domain.Pending) bool { return o.Pos < d.Instr.Pos() && d.Instr.Pos() < l.Pos }) {
			return true
		}
	}
	return false
}

// zeroResults writes what a function of signature sig returns when it gives
// up: zero values, and the error errName; not ok if an error is due and there
// is none.
func (in *Rules) zeroResults(sig *types.Signature, errName string) (string, bool) {
	var out []string
	for v := range sig.Results().Variables() {
		if gotypes.IsError(v.Type()) {
			if errName == "" {
				return "", false
			}
			out = append(out, errName)
			continue
		}
		z, ok := in.zeroText(v.Type())
		if !ok {
			return "", false
		}
		out = append(out, z)
	}
	return strings.Join(out, ", "), true
}

func (in *Rules) zeroText(t types.Type) (string, bool) {
	if gotypes.IsParameter(t) {
		return "", false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return "false", true
		case u.Info()&types.IsNumeric != 0:
			return "0", true
		case u.Info()&types.IsString != 0:
			return `""`, true
		}
	case *types.Struct, *types.Array:
		n, ok := types.Unalias(t).(*types.Named)
		if !ok || n.Obj().Pkg() != in.Pass.Pkg || n.TypeArgs() != nil {
			return "", false
		}
		return n.Obj().Name() + "{}", true
	}
	return "nil", gotypes.IsNillable(t)
}

// fixBytes copies the bytes that leave: e, of type []byte.
func (in *Rules) fixBytes(e ast.Expr) []analysis.SuggestedFix {
	if e == nil || !types.Identical(in.Pass.TypesInfo.TypeOf(e), types.NewSlice(types.Typ[types.Byte])) {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message: "Copy the bytes: append([]byte(nil), " + types.ExprString(e) + "...)",
		TextEdits: []analysis.TextEdit{
			{Pos: e.Pos(), End: e.Pos(), NewText: []byte("append([]byte(nil), ")},
			{Pos: e.End(), End: e.End(), NewText: []byte("...)")},
		},
	}}
}
