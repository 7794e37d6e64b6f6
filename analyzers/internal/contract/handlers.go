package contract

import (
	"go/ast"
	"go/types"
	"slices"
)

// handlers are the functions of a package whose bodies are bound by the
// scoped claims of what they become: a named func type, an alias of one, a
// struct's field or a variable of the package.
type handlers struct {
	set      *Set
	info     *types.Info
	declared map[*types.Func][]Bound
	literals map[*ast.FuncLit][]Bound
	// values are what is assigned to each local variable. A variable that is
	// handed over hands over all of them: none of the order is looked at, for
	// a function that is a handler on one path alone is written as one.
	values map[*types.Var][]ast.Expr
}

// ScopedLiteral lists the scoped claims that bind the body of a function
// literal, as ScopedBy does for methods and declared functions.
func (s *Set) ScopedLiteral(lit *ast.FuncLit) []Bound {
	if s == nil || lit == nil {
		return nil
	}
	return s.handlers().literals[lit]
}

// handlers looks through the package once for functions that become bound.
func (s *Set) handlers() *handlers {
	s.handlersOnce.Do(func() {
		h := &handlers{
			set: s, info: s.pass.TypesInfo,
			declared: make(map[*types.Func][]Bound),
			literals: make(map[*ast.FuncLit][]Bound),
			values:   make(map[*types.Var][]ast.Expr),
		}
		for _, f := range s.pass.Files {
			ast.Inspect(f, h.collect)
		}
		for _, f := range s.pass.Files {
			for _, d := range f.Decls {
				h.visit(d, nil)
			}
		}
		s.found = h
	})
	return s.found
}

// collect notes what is assigned to variables of functions.
func (h *handlers) collect(n ast.Node) bool {
	var names, values []ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		names, values = n.Lhs, n.Rhs
	case *ast.ValueSpec:
		for _, name := range n.Names {
			names = append(names, name)
		}
		values = n.Values
	}
	if len(names) != len(values) {
		return true
	}
	for i, name := range names {
		id, ok := name.(*ast.Ident)
		if !ok {
			continue
		}
		if v, ok := h.info.ObjectOf(id).(*types.Var); ok && v.Parent() != v.Pkg().Scope() {
			h.values[v] = append(h.values[v], values[i])
		}
	}
	return true
}

// visit looks for places in n, which is in a function with the results, where
// a function becomes something else.
func (h *handlers) visit(n ast.Node, results *types.Tuple) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if obj, ok := h.info.Defs[n.Name].(*types.Func); ok && n.Body != nil {
				h.visit(n.Body, obj.Signature().Results())
			}
			return false
		case *ast.FuncLit:
			if sig, ok := h.info.TypeOf(n).(*types.Signature); ok {
				h.visit(n.Body, sig.Results())
			}
			return false
		case *ast.CallExpr:
			h.call(n)
		case *ast.CompositeLit:
			h.composite(n)
		case *ast.AssignStmt:
			if len(n.Lhs) == len(n.Rhs) {
				for i, to := range n.Lhs {
					h.become(n.Rhs[i], h.info.TypeOf(to), h.objectOf(to))
				}
			}
		case *ast.ValueSpec:
			if len(n.Names) == len(n.Values) {
				for i, to := range n.Names {
					h.become(n.Values[i], h.info.TypeOf(to), h.objectOf(to))
				}
			}
		case *ast.ReturnStmt:
			if results.Len() == len(n.Results) {
				for i, e := range n.Results {
					h.become(e, results.At(i).Type(), nil)
				}
			}
		case *ast.SendStmt:
			if c, ok := h.info.TypeOf(n.Chan).Underlying().(*types.Chan); ok {
				h.become(n.Value, c.Elem(), nil)
			}
		}
		return true
	})
}

// call looks at the arguments of a call, or at the operand of a conversion.
func (h *handlers) call(n *ast.CallExpr) {
	fun := h.info.Types[n.Fun]
	if fun.IsType() {
		if len(n.Args) == 1 {
			h.become(n.Args[0], fun.Type, nil)
		}
		return
	}
	if fun.Type == nil {
		return
	}
	sig, ok := fun.Type.Underlying().(*types.Signature)
	if !ok {
		return
	}
	params := sig.Params()
	for i, arg := range n.Args {
		last := params.Len() - 1
		switch {
		case sig.Variadic() && i >= last && !n.Ellipsis.IsValid():
			if s, ok := params.At(last).Type().Underlying().(*types.Slice); ok {
				h.become(arg, s.Elem(), nil)
			}
		case i <= last:
			h.become(arg, params.At(i).Type(), nil)
		}
	}
}

// composite looks at the elements of a composite literal.
func (h *handlers) composite(n *ast.CompositeLit) {
	t := h.info.TypeOf(n)
	if t == nil {
		return
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem() // &T{…} where T stands in the literal around it
	}
	switch t := t.Underlying().(type) {
	case *types.Struct:
		for i, e := range n.Elts {
			field, value := (*types.Var)(nil), e
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				if id, ok := kv.Key.(*ast.Ident); ok {
					field, _ = h.info.Uses[id].(*types.Var)
				}
				value = kv.Value
			} else if i < t.NumFields() {
				field = t.Field(i)
			}
			if field != nil {
				h.become(value, field.Type(), field)
			}
		}
	case interface{ Elem() types.Type }:
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				e = kv.Value
			}
			h.become(e, t.Elem(), nil)
		}
	}
}

// objectOf is the field or variable that is assigned to.
func (h *handlers) objectOf(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return h.info.ObjectOf(e)
	case *ast.SelectorExpr:
		return h.info.ObjectOf(e.Sel)
	}
	return nil
}

// become binds the function that e is by the claims of the type that it
// takes on, and of the field or variable that it is put into.
func (h *handlers) become(e ast.Expr, t types.Type, into types.Object) {
	if t == nil {
		return
	}
	if _, ok := t.Underlying().(*types.Signature); !ok {
		return
	}
	var bounds []Bound
	if obj := h.set.funcType(t); obj != nil {
		bounds = h.set.boundsOf(obj, funcTypeName(t))
	}
	if v, ok := into.(*types.Var); ok && (v.IsField() || v.Pkg() != nil && v.Parent() == v.Pkg().Scope()) {
		bounds = append(bounds, h.set.boundsOf(v, v.Name())...)
	}
	if len(bounds) > 0 {
		h.bind(e, bounds, nil)
	}
}

// bind notes that the functions that e may be are bound.
func (h *handlers) bind(e ast.Expr, bounds []Bound, through []*types.Var) {
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		h.literals[e] = withBounds(h.literals[e], bounds)
	case *ast.IndexExpr:
		h.bind(e.X, bounds, through) // an instance
	case *ast.IndexListExpr:
		h.bind(e.X, bounds, through)
	case *ast.SelectorExpr:
		if s := h.info.Selections[e]; s != nil && s.Kind() != types.MethodVal {
			return // a field, or a method expression, whose parameters are others
		}
		h.bind(e.Sel, bounds, through)
	case *ast.Ident:
		switch obj := h.info.ObjectOf(e).(type) {
		case *types.Func:
			obj = obj.Origin()
			h.declared[obj] = withBounds(h.declared[obj], bounds)
		case *types.Var:
			if slices.Contains(through, obj) {
				return
			}
			for _, v := range h.values[obj] {
				h.bind(v, bounds, append(through, obj))
			}
		}
	}
}

func withBounds(have, more []Bound) []Bound {
	for _, b := range more {
		if !slices.Contains(have, b) {
			have = append(have, b)
		}
	}
	return have
}

// boundsOf are the scoped claims on obj.
func (s *Set) boundsOf(obj types.Object, label string) (out []Bound) {
	c := s.Of(obj)
	if c == nil {
		return nil
	}
	for i := range c.Claims {
		if c.Claims[i].Verb == Scoped {
			out = append(out, Bound{&c.Claims[i], label, origin(obj)})
		}
	}
	return out
}

// funcTypeName is the name of a named func type or of an alias, for messages.
func funcTypeName(t types.Type) string {
	if a, ok := t.(*types.Alias); ok && a.Obj().Pkg() != nil {
		return a.Obj().Pkg().Name() + "." + a.Obj().Name()
	}
	return nameOf(t)
}
