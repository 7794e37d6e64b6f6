package contract

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strconv"
)

// An environment says what the type names in directives and stubs mean.
type environment struct {
	pkg     *types.Package
	imports map[string]*types.Package // by the name they have in the file; nil: not to be had
	paths   map[string]string         // of the imports, by the same name
	tparams []string                  // of the stub's declaration, by position
	asked   int                       // names that were compared for hints
}

// fileEnvironment is the environment of a file of pkg. What it imports is at the path that
// moved gives for it.
func fileEnvironment(pkg *types.Package, f *ast.File, imports *imports, moved func(path string) string) *environment {
	env := &environment{pkg: pkg, imports: make(map[string]*types.Package), paths: make(map[string]string)}
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		path = moved(path)
		p := imports.find(path)
		name := ""
		switch {
		case spec.Name != nil:
			name = spec.Name.Name
		case p != nil:
			name = p.Name()
		default:
			name = lastElement(path)
		}
		env.imports[name], env.paths[name] = p, path
	}
	return env
}

// lastElement guesses the name of a package that cannot be had.
func lastElement(path string) string {
	name := path
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			if rest := path[i+1:]; len(rest) > 1 && rest[0] == 'v' && rest[1] >= '0' && rest[1] <= '9' {
				return lastElement(path[:i])
			}
			name = path[i+1:]
			break
		}
	}
	return name
}

// typeOf is the type that text, which is Go, names in the environment.
func (env *environment) typeOf(text string) (types.Type, error) {
	e, err := parser.ParseExpr(text)
	if err != nil {
		return nil, errors.New("this is no type")
	}
	// go/types looks names up in one package: it gets one that has those that
	// text has, from wherever they are in the environment.
	scratch := types.NewPackage(env.pkg.Path(), env.pkg.Name())
	packages := make(map[string]*types.Package)
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			if _, imported := env.imports[identName(id)]; !ok || !imported || env.pkg.Scope().Lookup(id.Name) != nil {
				return true
			}
			p := packages[id.Name]
			if p == nil {
				p = types.NewPackage(env.paths[id.Name], id.Name)
				packages[id.Name] = p
				scratch.Scope().Insert(types.NewPkgName(token.NoPos, scratch, id.Name, p))
			}
			if obj := env.imported(id.Name, n.Sel.Name); obj != nil && p.Scope().Lookup(n.Sel.Name) == nil {
				p.Scope().Insert(obj)
			}
			return false
		case *ast.Ident:
			if obj := env.pkg.Scope().Lookup(n.Name); obj != nil {
				scratch.Scope().Insert(obj)
			}
		}
		return true
	})
	for _, p := range packages {
		p.MarkComplete()
	}
	info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue)}
	if err := types.CheckExpr(token.NewFileSet(), scratch, token.NoPos, e, info); err != nil {
		var te types.Error
		if errors.As(err, &te) {
			return nil, errors.New(te.Msg)
		}
		return nil, err
	}
	if t := info.Types[e]; t.IsType() {
		return t.Type, nil
	}
	return nil, errors.New("this is no type")
}

func identName(id *ast.Ident) string {
	if id == nil {
		return ""
	}
	return id.Name
}

// imported is what an imported package has by a name. Of one that is not
// imported directly here, export data has a part alone, or nothing: then a type
// is made up, which no value here can be of but in an interface, and which is
// known by its name.
func (env *environment) imported(pkg, name string) types.Object {
	p := env.imports[pkg]
	if p != nil {
		if obj := p.Scope().Lookup(name); obj != nil || p.Complete() {
			return obj
		}
	} else {
		p = types.NewPackage(env.paths[pkg], pkg)
	}
	obj := types.NewTypeName(token.NoPos, p, name, nil)
	types.NewNamed(obj, types.NewStruct(nil, nil), nil)
	return obj
}

func lookupType(s *types.Scope, name string) types.Type {
	if tn, ok := s.Lookup(name).(*types.TypeName); ok {
		return tn.Type()
	}
	return nil
}

// matches reports whether the type e of a stub is t. Where a package cannot
// be had its types match by name.
func (env *environment) matches(e ast.Expr, t types.Type) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return env.matches(e.X, t)
	case *ast.StarExpr:
		p, ok := types.Unalias(t).(*types.Pointer)
		return ok && env.matches(e.X, p.Elem())
	case *ast.Ellipsis:
		s, ok := t.(*types.Slice)
		return ok && env.matches(e.Elt, s.Elem())
	case *ast.ArrayType:
		switch t := types.Unalias(t).(type) {
		case *types.Slice:
			return e.Len == nil && env.matches(e.Elt, t.Elem())
		case *types.Array:
			return e.Len != nil && env.matchesLength(e.Len, t) && env.matches(e.Elt, t.Elem())
		}
		return false
	case *ast.MapType:
		m, ok := types.Unalias(t).(*types.Map)
		return ok && env.matches(e.Key, m.Key()) && env.matches(e.Value, m.Elem())
	case *ast.ChanType:
		c, ok := types.Unalias(t).(*types.Chan)
		return ok && chanDirs[c.Dir()] == e.Dir && env.matches(e.Value, c.Elem())
	case *ast.FuncType:
		s, ok := types.Unalias(t).(*types.Signature)
		return ok && env.matchesSignature(e, s)
	case *ast.InterfaceType:
		i, ok := t.Underlying().(*types.Interface)
		return ok && (len(e.Methods.List) == 0) == (i.NumMethods() == 0)
	case *ast.StructType:
		_, ok := t.Underlying().(*types.Struct)
		return ok
	case *ast.IndexExpr, *ast.IndexListExpr:
		return env.matchesInstance(e, t)
	case *ast.Ident:
		return env.matchesName(e.Name, t)
	case *ast.SelectorExpr:
		id, ok := e.X.(*ast.Ident)
		return ok && env.matchesQualified(id.Name, e.Sel.Name, t)
	}
	return false
}

var chanDirs = map[types.ChanDir]ast.ChanDir{
	types.SendRecv: ast.SEND | ast.RECV,
	types.SendOnly: ast.SEND,
	types.RecvOnly: ast.RECV,
}

// matchesLength compares lengths that are written as numbers; a constant that
// is named is taken for right.
func (env *environment) matchesLength(e ast.Expr, t *types.Array) bool {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return true
	}
	n, err := strconv.ParseInt(lit.Value, 0, 64)
	return err == nil && n == t.Len()
}

// typeArgs are the arguments in an instance, none if e is none.
func typeArgs(e ast.Expr) []ast.Expr {
	switch e := e.(type) {
	case *ast.IndexExpr:
		return []ast.Expr{e.Index}
	case *ast.IndexListExpr:
		return e.Indices
	}
	return nil
}

func (env *environment) matchesInstance(e ast.Expr, t types.Type) bool {
	var generic ast.Expr
	switch e := e.(type) {
	case *ast.IndexExpr:
		generic = e.X
	case *ast.IndexListExpr:
		generic = e.X
	}
	n, ok := t.(interface{ TypeArgs() *types.TypeList })
	if !ok || !env.matches(generic, t) || n.TypeArgs().Len() != len(typeArgs(e)) {
		return false
	}
	for i, arg := range typeArgs(e) {
		if !env.matches(arg, n.TypeArgs().At(i)) {
			return false
		}
	}
	return true
}

func (env *environment) matchesName(name string, t types.Type) bool {
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		return tp.Index() < len(env.tparams) && env.tparams[tp.Index()] == name
	}
	if want := lookupType(env.pkg.Scope(), name); want != nil {
		return sameName(want, t)
	}
	want := lookupType(types.Universe, name)
	return want != nil && types.Identical(want, t)
}

func (env *environment) matchesQualified(pkg, name string, t types.Type) bool {
	if p := env.imports[pkg]; p != nil {
		if want := lookupType(p.Scope(), name); want != nil || p.Complete() {
			return want != nil && sameName(want, t)
		}
	}
	switch t := t.(type) {
	case *types.Named:
		return t.Obj().Name() == name
	case *types.Alias:
		return t.Obj().Name() == name || env.matchesQualified(pkg, name, types.Unalias(t))
	}
	return pkg == "unsafe" && name == "Pointer" && types.Identical(t, types.Typ[types.UnsafePointer])
}

// sameName reports whether two types are the same, or instances of the same.
func sameName(a, b types.Type) bool {
	a, b = types.Unalias(a), types.Unalias(b)
	if types.Identical(a, b) {
		return true
	}
	x, ok1 := a.(*types.Named)
	y, ok2 := b.(*types.Named)
	return ok1 && ok2 && x.Origin() == y.Origin()
}

func (env *environment) matchesSignature(ft *ast.FuncType, sig *types.Signature) bool {
	return env.matchesTuple(ft.Params, sig.Params()) && env.matchesTuple(ft.Results, sig.Results()) &&
		isVariadic(ft) == sig.Variadic()
}

func isVariadic(ft *ast.FuncType) bool {
	if ft.Params == nil || len(ft.Params.List) == 0 {
		return false
	}
	_, ok := ft.Params.List[len(ft.Params.List)-1].Type.(*ast.Ellipsis)
	return ok
}

func (env *environment) matchesTuple(list *ast.FieldList, tuple *types.Tuple) bool {
	i := 0
	if list != nil {
		for _, f := range list.List {
			for range max(len(f.Names), 1) {
				if i >= tuple.Len() || !env.matches(f.Type, tuple.At(i).Type()) {
					return false
				}
				i++
			}
		}
	}
	return i == tuple.Len()
}
