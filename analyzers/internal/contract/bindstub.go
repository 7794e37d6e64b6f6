package contract

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// bindStub resolves the directives of s against the package it describes. What
// does not fit is a problem, and is left out.
func bindStub(s *stub, pkg *types.Package, imports *imports, isUsers bool) *stubBinder {
	source := Catalogue
	if isUsers {
		source = UserStub
	}
	b := &stubBinder{binder: newBinder(fileEnvironment(pkg, s.file, imports, s.moved(pkg.Path())), s.file, s.lines, source), isUsers: isUsers}
	b.seen[s.head] = true
	if name := s.file.Name; name.Name != pkg.Name() && s.path == pkg.Path() {
		b.problem(name.Pos(), "%s is package %s, not %s", pkg.Path(), pkg.Name(), name.Name)
	}
	b.packageClause()
	for _, decl := range s.file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			b.function(decl)
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					b.typeSpec(docOf(decl, spec.Doc), spec)
				case *ast.ValueSpec:
					b.variable(docOf(decl, spec.Doc), spec)
				}
			}
		}
	}
	b.dangling()
	return b
}

// docOf is the doc comment of a specification: its own, or that of the
// declaration if that holds nothing else.
func docOf(decl *ast.GenDecl, own *ast.CommentGroup) *ast.CommentGroup {
	if own == nil && len(decl.Specs) == 1 {
		return decl.Doc
	}
	return own
}

// A stubBinder binds the directives of a stub to a package.
type stubBinder struct {
	binder
	isUsers  bool      // the stub is a user's, not the catalogue's
	unlike   bool      // what the stub says of giving back, the package has in another form
	dropsAll token.Pos // where what source and catalogue say of the package is dropped; if it is
}

// packageClause looks for none, which alone can stand there.
func (b *stubBinder) packageClause() {
	if b.file.Doc == nil {
		return
	}
	for _, c := range b.file.Doc.List {
		if !isDirective(c.Text) || b.seen[c] {
			continue
		}
		b.seen[c] = true
		s, err := parse(c.Text)
		if err == nil {
			_, err = resolve(s, &declaration{kind: onPackage, env: b.env})
		}
		if err != nil {
			b.problem(c.Pos()+token.Pos(err.off), "%s", err.msg)
			continue
		}
		b.dropsAll = c.Pos()
	}
}

// misfit reports a declaration that the package does not have so. Of its
// directives nothing more is said.
func (b *stubBinder) misfit(n ast.Node, doc *ast.CommentGroup, format string, args ...any) {
	within, _ := slices.BinarySearchFunc(b.file.Comments, n.Pos(), func(g *ast.CommentGroup, pos token.Pos) int { return cmp.Compare(g.Pos(), pos) })
	groups := []*ast.CommentGroup{doc}
	for _, g := range b.file.Comments[within:] {
		if g.End() > n.End() {
			break
		}
		groups = append(groups, g)
	}
	for _, g := range groups {
		if g == nil {
			continue
		}
		for _, c := range g.List {
			b.seen[c] = true
		}
		b.unlike = b.unlike || isRelease(g)
	}
	b.problem(n.Pos(), format, args...)
}

func (b *stubBinder) lacks(n ast.Node, doc *ast.CommentGroup, label string) {
	was := b.unlike
	b.misfit(n, doc, "%s does not have %s%s", b.env.pkg.Path(), label, b.env.declarationHint(label))
	b.unlike = was
}

func (b *stubBinder) differs(n ast.Node, doc *ast.CommentGroup, label, there, here string) {
	b.misfit(n, doc, "%s is %s there, %s here", label, there, here)
}

// isHidden reports a user's stub for a name that is not exported: what a
// package does with that is its authors' affair.
func (b *stubBinder) isHidden(n ast.Node, doc *ast.CommentGroup, label string) bool {
	if !b.isUsers || !slices.ContainsFunc(strings.Split(label, "."), func(name string) bool { return !token.IsExported(name) }) {
		return false
	}
	b.misfit(n, doc, "%s is not exported: a user's stub cannot speak of it", label)
	return true
}

func (b *stubBinder) function(decl *ast.FuncDecl) {
	label := funcLabel(decl)
	if b.isHidden(decl, decl.Doc, label) {
		return
	}
	obj := b.lookup(decl)
	if obj == nil {
		b.lacks(decl, decl.Doc, label)
		return
	}
	sig := obj.Signature()
	if b.env.tparams = typeParams(decl); len(b.env.tparams) != sig.TypeParams().Len()+sig.RecvTypeParams().Len() {
		b.misfit(decl, decl.Doc, "%s has %s there, %d here", label, typeParamCount(sig), len(b.env.tparams))
		return
	}
	if !b.env.matchesSignature(decl.Type, sig) {
		b.differs(decl, decl.Doc, label, b.env.typeText(sig), exprText(decl.Type))
		return
	}
	d := &declaration{kind: onFunc, label: label}
	if r := sig.Recv(); r != nil {
		if isPointer(decl.Recv.List[0].Type) != isPointerType(r.Type()) {
			b.differs(decl, decl.Doc, "the receiver of "+label, b.env.typeText(r.Type()), types.ExprString(decl.Recv.List[0].Type))
			return
		}
		d.self, d.recv = r.Type(), receiverName(decl)
	}
	d.signature(decl.Type, sig)
	b.bind(decl.Doc, d, obj)
}

func isPointer(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.StarExpr)
	return ok
}

func isPointerType(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.Pointer)
	return ok
}

// typeParams are the names that a declaration gives to type parameters.
func typeParams(decl *ast.FuncDecl) (names []string) {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return fieldNames(decl.Type.TypeParams)
	}
	t := ast.Unparen(decl.Recv.List[0].Type)
	if s, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(s.X)
	}
	for _, e := range typeArgs(t) {
		if id, ok := e.(*ast.Ident); ok {
			names = append(names, id.Name)
		}
	}
	return names
}

func typeParamCount(sig *types.Signature) string {
	switch n := sig.TypeParams().Len() + sig.RecvTypeParams().Len(); n {
	case 0:
		return "no type parameters"
	case 1:
		return "1 type parameter"
	default:
		return fmt.Sprintf("%d type parameters", n)
	}
}

func fieldNames(list *ast.FieldList) (names []string) {
	if list != nil {
		for _, f := range list.List {
			for _, n := range f.Names {
				names = append(names, n.Name)
			}
		}
	}
	return names
}

func (b *stubBinder) lookup(decl *ast.FuncDecl) *types.Func {
	scope := b.env.pkg.Scope()
	if decl.Recv == nil {
		f, _ := scope.Lookup(decl.Name.Name).(*types.Func)
		return f
	}
	n, ok := types.Unalias(lookupType(scope, receiverType(decl.Recv.List[0].Type))).(*types.Named)
	if !ok || n.Obj().Pkg() != b.env.pkg {
		return nil
	}
	for m := range n.Methods() {
		if m.Name() == decl.Name.Name {
			return m.Origin()
		}
	}
	return nil
}

func (b *stubBinder) typeSpec(doc *ast.CommentGroup, spec *ast.TypeSpec) {
	label := spec.Name.Name
	if b.isHidden(spec, doc, label) {
		return
	}
	obj, _ := b.env.pkg.Scope().Lookup(label).(*types.TypeName)
	if obj == nil {
		b.lacks(spec, doc, label)
		return
	}
	b.env.tparams = fieldNames(spec.TypeParams)
	there := obj.Type().Underlying()
	switch t := ast.Unparen(spec.Type).(type) {
	case *ast.FuncType:
		sig, ok := there.(*types.Signature)
		if !ok || !b.env.matchesSignature(t, sig) {
			b.differs(spec, doc, label, b.env.kindText(there), exprText(t))
			return
		}
		d := &declaration{kind: onFuncType, label: label}
		d.signature(t, sig)
		b.bind(doc, d, obj)
	case *ast.InterfaceType:
		iface, ok := there.(*types.Interface)
		if !ok {
			b.differs(spec, doc, label, b.env.kindText(there), "an interface")
			return
		}
		b.bind(doc, &declaration{kind: onType, label: label}, obj)
		for _, m := range t.Methods.List {
			if ft, ok := m.Type.(*ast.FuncType); ok && len(m.Names) == 1 {
				b.method(label+"."+m.Names[0].Name, obj, iface, m, ft)
			}
		}
	case *ast.StructType:
		st, ok := there.(*types.Struct)
		if !ok {
			b.differs(spec, doc, label, b.env.kindText(there), "a struct")
			return
		}
		b.bind(doc, &declaration{kind: onType, label: label}, obj)
		for _, f := range t.Fields.List {
			for _, name := range f.Names {
				b.field(label+"."+name.Name, name.Name, obj, st, f)
			}
		}
	default:
		d := &declaration{kind: onType, label: label}
		if sig, ok := there.(*types.Signature); ok {
			d.kind = onFuncType
			d.signature(nil, sig)
		}
		b.bind(doc, d, obj)
	}
}

func (b *stubBinder) method(label string, obj *types.TypeName, iface *types.Interface, m *ast.Field, ft *ast.FuncType) {
	if b.isHidden(m, m.Doc, label) {
		return
	}
	// A method that comes from an embedded interface is described there: a
	// contract here would be on all that embeds it.
	var f *types.Func
	for x := range iface.ExplicitMethods() {
		if x.Name() == m.Names[0].Name {
			f = x.Origin()
		}
	}
	if f == nil {
		b.lacks(m, m.Doc, label)
		return
	}
	if !b.env.matchesSignature(ft, f.Signature()) {
		b.differs(m, m.Doc, label, b.env.typeText(f.Signature()), exprText(ft))
		return
	}
	d := &declaration{kind: onMethod, label: label, self: obj.Type()}
	d.signature(ft, f.Signature())
	b.bind(m.Doc, d, f)
}

func (b *stubBinder) field(label, name string, obj *types.TypeName, st *types.Struct, f *ast.Field) {
	if b.isHidden(f, f.Doc, label) {
		return
	}
	var v *types.Var
	for x := range st.Fields() {
		if x.Name() == name {
			v = x.Origin()
		}
	}
	if v == nil {
		b.lacks(f, f.Doc, label)
		return
	}
	b.funcVar(f, f.Doc, &declaration{kind: onVariable, label: label, self: obj.Type()}, f.Type, v)
}

func (b *stubBinder) variable(doc *ast.CommentGroup, spec *ast.ValueSpec) {
	for _, name := range spec.Names {
		if b.isHidden(spec, doc, name.Name) {
			continue
		}
		v, _ := b.env.pkg.Scope().Lookup(name.Name).(*types.Var)
		if v == nil {
			b.lacks(spec, doc, name.Name)
			continue
		}
		b.env.tparams = nil
		b.funcVar(spec, doc, &declaration{kind: onVariable, label: name.Name}, spec.Type, v)
	}
}

// funcVar binds the directives on a field or variable v, of func type if it
// has any. Another type says nothing here; it still has to be the real one.
func (b *stubBinder) funcVar(n ast.Node, doc *ast.CommentGroup, d *declaration, e ast.Expr, v *types.Var) {
	if e == nil || !b.env.matches(e, v.Type()) {
		here := "nothing"
		if e != nil {
			here = exprText(e)
		}
		b.differs(n, doc, d.label, b.env.typeText(v.Type()), here)
		return
	}
	if sig, ok := v.Type().Underlying().(*types.Signature); ok {
		d.signature(funcTypeOf(e), sig)
		b.bind(doc, d, v)
	}
}
