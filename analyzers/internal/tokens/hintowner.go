package tokens

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// A place is a variable and the fields selected from it: n.card.regs.
type place struct {
	root   *types.Var
	fields []*types.Var
}

// placeOf is the place that e names, if it is one.
func (h *hinter) placeOf(e ast.Expr) (place, bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v := h.variable(e)
		return place{root: v}, v != nil
	case *ast.SelectorExpr:
		s := h.Pass.TypesInfo.Selections[e]
		if s == nil || s.Kind() != types.FieldVal {
			return place{}, false
		}
		p, ok := h.placeOf(e.X)
		return place{p.root, append(p.fields, s.Obj().(*types.Var))}, ok
	}
	return place{}, false
}

// holders are the types of the objects that the place is a part of, outermost first.
func (p place) holders() (types []types.Type) {
	t := p.root.Type()
	for _, f := range p.fields {
		types = append(types, t)
		t = f.Type()
	}
	return types
}

// isIn reports whether p is q, or a part of it.
func (p place) isIn(q place) bool {
	n := len(q.fields)
	return p.root == q.root && n <= len(p.fields) && slices.Equal(q.fields, p.fields[:n])
}

// A provenance is where a token comes from.
type provenance struct {
	tokens []*types.Var // the token, the one that it was had by, and so on
	owner  ast.Expr     // what the first of them was taken from; nil: a caller gave it
}

// provenanceOf follows a token of the innermost of the functions outwards. It
// is not ok where what calls a literal is not known, or another token is
// about, which may be of another owner.
func (h *hinter) provenanceOf(token *types.Var, stack []ast.Node) (p provenance, ok bool) {
	for {
		fn := stack[len(stack)-1]
		p.tokens = append(p.tokens, token)
		if from := h.borrowedTokens(fn)[token]; from != nil {
			token = from
			p.tokens = append(p.tokens, token)
		}
		if _, isDecl := fn.(*ast.FuncDecl); isDecl {
			return p, h.noOther(p.tokens, stack)
		}
		p.owner = h.lends(fn.(*ast.FuncLit), token, stack)
		if p.owner == nil {
			return p, false
		}
		outer := h.tokenOf(p.owner)
		if outer == nil {
			return p, h.noOther(p.tokens, stack)
		}
		for stack = stack[:len(stack)-1]; len(stack) > 0; stack = stack[:len(stack)-1] {
			if fn := stack[len(stack)-1]; isFunction(fn) && (slices.Contains(h.parameters(fn), outer) || h.borrowedTokens(fn)[outer] != nil) {
				break
			}
		}
		if len(stack) == 0 || len(h.assignments(outer)) > 0 {
			return p, false
		}
		token, p.owner = outer, nil
	}
}

// noOther reports whether the functions have no token among their parameters
// but those given.
func (h *hinter) noOther(tokens []*types.Var, stack []ast.Node) bool {
	for _, fn := range stack {
		for _, v := range h.parameters(fn) {
			if h.Contracts.IsToken(v.Type()) && !slices.Contains(tokens, v) {
				return false
			}
		}
	}
	return true
}

// lends is the owner that lends the literal, an argument of a call, its
// parameter.
func (h *hinter) lends(lit *ast.FuncLit, parameter *types.Var, stack []ast.Node) ast.Expr {
	if len(stack) < 2 {
		return nil
	}
	call, ok := stack[len(stack)-2].(*ast.CallExpr)
	if !ok {
		return nil
	}
	arg := slices.Index(call.Args, ast.Expr(lit))
	f := h.callee(call)
	if arg < 0 || f == nil {
		return nil
	}
	c := h.Contracts.Of(f)
	if c == nil {
		return nil
	}
	index := slices.Index(h.parameters(lit), parameter)
	for _, claim := range c.Claims {
		if claim.From == nil || len(claim.From.Steps) > 0 {
			continue
		}
		for _, args := range callbacks(claim, arg) {
			if args.Index != index || len(args.Steps) > 0 {
				continue
			}
			switch claim.From.Root {
			case contract.Recv:
				if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
					return sel.X
				}
			case contract.Param:
				if claim.From.Index < len(call.Args) {
					return call.Args[claim.From.Index]
				}
			}
		}
	}
	return nil
}

// callbacks is what a claim says is lent to the function that is parameter i.
func callbacks(claim contract.Claim, i int) (args []contract.Path) {
	if claim.Verb != contract.Scoped {
		return nil
	}
	for _, p := range claim.Places {
		if p.Kind == contract.Callback && p.Path.Root == contract.Param && p.Path.Index == i && len(p.Path.Steps) == 0 {
			args = append(args, p.Args...)
		}
	}
	return args
}

func (h *hinter) callee(call *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return nil
	}
	f, _ := h.Pass.TypesInfo.Uses[id].(*types.Func)
	return f
}

// likely reports whether the token, of the innermost of the functions, speaks
// of the owner of the resource, as far as that can be told: see the top of
// hint.go.
func (h *hinter) likely(resource ast.Expr, token *types.Var, stack []ast.Node) bool {
	p, ok := h.provenanceOf(token, stack)
	if !ok {
		return false
	}
	r, ok := h.placeOf(resource)
	if !ok {
		return false
	}
	if is, known := h.madeWith(r, p, 3); known {
		return is
	}
	parts := h.newPartCounter(resource, p.tokens)
	if p.owner == nil {
		return parts.isOnly(r) && slices.Equal(h.withParts(parts), []*types.Var{r.root})
	}
	o, ok := h.placeOf(p.owner)
	switch {
	case !ok || len(h.assignments(o.root)) > 0:
		return false
	case o.root == r.root:
		up := len(o.fields) - 1
		return up >= 0 && up < len(r.fields) && slices.Equal(o.fields[:up], r.fields[:up]) && parts.isOnly(r)
	}
	given := h.withParts(parts)
	return len(o.fields) == 0 && len(r.fields) == 0 && len(given) == 2 && slices.Contains(given, o.root) && slices.Contains(given, r.root)
}

// madeWith reports whether what stands in the place was returned by calls that
// were given a token of the same provenance, or by way of other places, as many
// as said. It is not known if the function does not put anything there.
func (h *hinter) madeWith(r place, p provenance, ways int) (is, known bool) {
	is = true
	elsewhere := h.assignments(r.root)
	ast.PreorderStack(h.decl, nil, func(n ast.Node, stack []ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, e := range a.Lhs {
			put, ok := h.placeOf(e)
			if !ok || !r.isIn(put) {
				continue
			}
			elsewhere = slices.DeleteFunc(elsewhere, func(n ast.Node) bool { return n == a })
			known = true
			is = is && i == 0 && len(a.Rhs) == 1 && h.isMade(a.Rhs[0], p, functionsOf(stack), ways)
		}
		return true
	})
	if len(elsewhere) > 0 {
		return false, true // by a range clause, or through its address
	}
	return is, known
}

// isMade reports whether e is a call that is given a token of the same
// provenance as p, or names what was so made.
func (h *hinter) isMade(e ast.Expr, p provenance, stack []ast.Node, ways int) bool {
	if from, ok := h.placeOf(e); ok && ways > 0 {
		is, known := h.madeWith(from, p, ways-1)
		return is && known
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		token := h.tokenOf(arg)
		if token == nil {
			return false
		}
		if slices.Contains(p.tokens, token) {
			return true
		}
		q, ok := h.provenanceOf(token, stack)
		return ok && h.sameOwner(p.owner, q.owner)
	})
}

// sameOwner reports whether two expressions name the same owner.
func (h *hinter) sameOwner(x, y ast.Expr) bool {
	if x == nil || y == nil {
		return false
	}
	a, ok := h.placeOf(x)
	b, ok2 := h.placeOf(y)
	return ok && ok2 && a.root == b.root && slices.Equal(a.fields, b.fields) && len(h.assignments(a.root)) == 0
}

// withParts are the parameters of the declared function, its tokens apart,
// that are, or have among their parts, owners or resources.
func (h *hinter) withParts(c *partCounter) (vars []*types.Var) {
	for _, v := range h.parameters(h.decl) {
		owners, resources := c.count(v.Type(), 2)
		if owners+resources > 0 && !h.Contracts.IsToken(v.Type()) {
			vars = append(vars, v)
		}
	}
	return vars
}

// A partCounter counts the owners and the resources among the parts of types.
type partCounter struct {
	owners   []types.Object // the types that lend tokens
	resource types.Object   // the type of the resource, of any instance
}

func (h *hinter) newPartCounter(resource ast.Expr, tokens []*types.Var) *partCounter {
	c := &partCounter{resource: typeName(h.Pass.TypesInfo.TypeOf(resource))}
	for _, token := range tokens {
		c.owners = append(c.owners, h.ownersOf(token.Type())...)
	}
	return c
}

// ownersOf lists the types of the token's package that have a method which
// lends such tokens to a callback, and are no tokens themselves.
func (h *hinter) ownersOf(token types.Type) (owners []types.Object) {
	name := typeName(token)
	if name == nil || name.Pkg() == nil {
		return nil
	}
	scope := name.Pkg().Scope()
	for _, n := range scope.Names() {
		t, ok := scope.Lookup(n).(*types.TypeName)
		if !ok || t.IsAlias() || h.Contracts.IsToken(t.Type()) {
			continue
		}
		named, ok := t.Type().(*types.Named)
		if !ok {
			continue
		}
		for m := range named.Methods() {
			if h.lendsTokens(m, token) {
				owners = append(owners, t)
				break
			}
		}
	}
	return owners
}

// lendsTokens reports whether the method gives tokens of the type to a callback.
func (h *hinter) lendsTokens(method *types.Func, token types.Type) bool {
	c := h.Contracts.Of(method)
	if c == nil {
		return false
	}
	for _, claim := range c.Claims {
		for i := range method.Signature().Params().Len() {
			sig, ok := method.Signature().Params().At(i).Type().Underlying().(*types.Signature)
			if !ok {
				continue
			}
			for _, arg := range callbacks(claim, i) {
				if arg.Index < sig.Params().Len() && types.Identical(sig.Params().At(arg.Index).Type(), token) {
					return true
				}
			}
		}
	}
	return false
}

// count counts parts of t: fields, and fields of fields, as deep as said.
// Collections count as many.
func (c *partCounter) count(t types.Type, depth int) (owners, resources int) {
	name := typeName(t)
	switch {
	case name == nil:
	case slices.Contains(c.owners, name):
		return 1, 0
	case name == c.resource:
		return 0, 1
	}
	var elem types.Type
	switch t := gotypes.Deref(t).Underlying().(type) {
	case *types.Struct:
		if depth > 0 {
			for f := range t.Fields() {
				o, r := c.count(f.Type(), depth-1)
				owners, resources = owners+o, resources+r
			}
		}
		return owners, resources
	case *types.Slice:
		elem = t.Elem()
	case *types.Array:
		elem = t.Elem()
	case *types.Map:
		elem = t.Elem()
	default:
		return 0, 0
	}
	owners, resources = c.count(elem, depth)
	return 2 * owners, 2 * resources
}

// isOnly reports whether no object that the place is a part of has a second
// owner, so that there is no question which of them it belongs to.
func (c *partCounter) isOnly(p place) bool {
	total := 0
	for _, t := range p.holders() {
		owners, _ := c.count(t, 1)
		total += owners
	}
	return total <= 1
}

// typeName is the name that t, or what it points to, was declared by.
func typeName(t types.Type) types.Object {
	if t == nil {
		return nil
	}
	if n, ok := types.Unalias(gotypes.Deref(t)).(*types.Named); ok {
		return n.Origin().Obj()
	}
	return nil
}
