package contract

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"go/types"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/mod/semver"
)

// A stub is a file that repeats declarations of a package, with directives.
type stub struct {
	path          string // of the package it describes
	since, before string
	file          *ast.File
	lenient       bool // of the catalogue: what does not fit is dropped
}

// parseStub reads a stub file; build reports whether its //go:build line
// selects it.
func parseStub(fset *token.FileSet, filename string, src []byte) (s *stub, build bool, problems []problem) {
	f, err := parser.ParseFile(fset, filename, src, parser.ParseComments|parser.SkipObjectResolution)
	if f == nil {
		return nil, false, []problem{{token.NoPos, fmt.Sprintf("%s: %v", filename, err)}}
	}
	if err != nil {
		return nil, false, []problem{{f.FileStart, err.Error()}}
	}
	s, build = &stub{file: f}, true
	for _, g := range f.Comments {
		for _, c := range g.List {
			if c.Pos() > f.Package {
				break
			}
			if rest, ok := strings.CutPrefix(c.Text, prefix+"package"); ok {
				if err := s.header(rest); err != "" {
					problems = append(problems, problem{c.Pos(), err})
				}
			}
			if constraint.IsGoBuild(c.Text) {
				if x, err := constraint.Parse(c.Text); err == nil {
					build = x.Eval(isBuildTag)
				}
			}
		}
	}
	if s.path == "" && len(problems) == 0 {
		problems = append(problems, problem{f.Package, "a stub begins with " + prefix + "package and an import path"})
	}
	return s, build, problems
}

func (s *stub) header(text string) string {
	text, _, _ = strings.Cut(text, "//")
	words := strings.Fields(text)
	if len(words) == 0 {
		return prefix + "package lacks an import path"
	}
	s.path, words = words[0], words[1:]
	for len(words) > 0 {
		if len(words) == 1 {
			return fmt.Sprintf("%q lacks a version", words[0])
		}
		switch words[0] {
		case "since":
			s.since = words[1]
		case "before":
			s.before = words[1]
		default:
			return fmt.Sprintf("%q is not expected here", words[0])
		}
		words = words[2:]
	}
	return ""
}

// isBuildTag says which build tags hold: the platform's and the release's.
func isBuildTag(tag string) bool {
	return tag == runtime.GOOS || tag == runtime.GOARCH || tag == "unix" && runtime.GOOS == "linux" ||
		slices.Contains(build.Default.ReleaseTags, tag) || slices.Contains(build.Default.ToolTags, tag)
}

// covers reports whether the stub is for the version of its package: of the
// module, or of Go for the standard library. None told is the newest.
func (s *stub) covers(version string) bool {
	if version == "" {
		return s.before == ""
	}
	v, since, before := canonical(version), canonical(s.since), canonical(s.before)
	return (s.since == "" || semver.Compare(v, since) >= 0) && (s.before == "" || semver.Compare(v, before) < 0)
}

func canonical(v string) string {
	if rest, ok := strings.CutPrefix(v, "go"); ok {
		return "v" + rest
	}
	return v
}

// bindStub resolves the directives of s against the package it describes.
func bindStub(s *stub, pkg *types.Package, packages func(string) *types.Package, out map[types.Object]*Contract, problems *[]problem) (dropsAll bool) {
	var found []problem
	b := &stubBinder{
		binder: binder{env: fileEnvironment(pkg, s.file, packages), file: s.file, out: out, seen: map[*ast.Comment]bool{}, problems: &found},
		s:      s,
	}
	dropsAll = b.packageClause()
	for _, decl := range s.file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			b.function(decl)
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if ts, ok := spec.(*ast.TypeSpec); ok {
					doc := decl.Doc
					if ts.Doc != nil || len(decl.Specs) > 1 {
						doc = ts.Doc
					}
					b.typeSpec(doc, ts)
				}
			}
		}
	}
	b.dangling()
	*problems = append(*problems, found...)
	return dropsAll
}

type stubBinder struct {
	binder
	s *stub
}

// packageClause looks for none, which drops what source and catalogue say.
func (b *stubBinder) packageClause() bool {
	if b.file.Doc == nil {
		return false
	}
	drops := false
	for _, c := range b.file.Doc.List {
		if !isDirective(c.Text) || strings.HasPrefix(c.Text, prefix+"package") {
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
		drops = true
	}
	return drops
}

func (b *stubBinder) skip(doc *ast.CommentGroup) {
	if doc != nil {
		for _, c := range doc.List {
			b.seen[c] = true
		}
	}
}

func (b *stubBinder) function(decl *ast.FuncDecl) {
	label := funcLabel(decl)
	obj := b.lookup(decl)
	if obj == nil {
		b.skip(decl.Doc)
		b.problem(decl.Pos(), "%s does not have %s", b.env.pkg.Path(), label)
		return
	}
	sig := obj.Signature()
	b.env.tparams = typeParams(decl)
	if !b.env.matchesSignature(decl.Type, sig) {
		b.skip(decl.Doc)
		b.problem(decl.Pos(), "%s is %s there, %s here", label, signatureText(sig), exprText(decl.Type))
		return
	}
	d := &declaration{kind: onFunc, label: label}
	if r := sig.Recv(); r != nil {
		d.self, d.recv = r.Type(), receiverName(decl)
	}
	d.signature(decl.Type, sig)
	b.bind(decl.Doc, d, obj)
}

func typeParams(decl *ast.FuncDecl) (names []string) {
	if decl.Recv != nil && len(decl.Recv.List) > 0 {
		t := decl.Recv.List[0].Type
		if s, ok := t.(*ast.StarExpr); ok {
			t = s.X
		}
		var list []ast.Expr
		switch t := t.(type) {
		case *ast.IndexExpr:
			list = []ast.Expr{t.Index}
		case *ast.IndexListExpr:
			list = t.Indices
		}
		for _, e := range list {
			if id, ok := e.(*ast.Ident); ok {
				names = append(names, id.Name)
			}
		}
		return names
	}
	if decl.Type.TypeParams != nil {
		for _, f := range decl.Type.TypeParams.List {
			for _, n := range f.Names {
				names = append(names, n.Name)
			}
		}
	}
	return names
}

func (b *stubBinder) lookup(decl *ast.FuncDecl) *types.Func {
	if decl.Recv == nil {
		f, _ := b.env.pkg.Scope().Lookup(decl.Name.Name).(*types.Func)
		return f
	}
	t := lookupType(b.env.pkg.Scope(), receiverType(decl.Recv.List[0].Type))
	if t == nil {
		return nil
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		for m := range n.Methods() {
			if m.Name() == decl.Name.Name {
				return m.Origin()
			}
		}
	}
	return nil
}

func (b *stubBinder) typeSpec(doc *ast.CommentGroup, spec *ast.TypeSpec) {
	obj, _ := b.env.pkg.Scope().Lookup(spec.Name.Name).(*types.TypeName)
	if obj == nil {
		b.skip(doc)
		b.problem(spec.Pos(), "%s does not have %s", b.env.pkg.Path(), spec.Name.Name)
		return
	}
	label := spec.Name.Name
	switch t := ast.Unparen(spec.Type).(type) {
	case *ast.FuncType:
		sig, ok := obj.Type().Underlying().(*types.Signature)
		if !ok || !b.env.matchesSignature(t, sig) {
			b.skip(doc)
			b.problem(spec.Pos(), "%s is %s there, %s here", label, types.TypeString(obj.Type().Underlying(), shortNames), exprText(t))
			return
		}
		d := &declaration{kind: onFuncType, label: label}
		d.signature(t, sig)
		b.bind(doc, d, obj)
	case *ast.InterfaceType:
		b.bind(doc, &declaration{kind: onType, label: label}, obj)
		b.methods(label, obj, t)
	case *ast.StructType:
		b.bind(doc, &declaration{kind: onType, label: label}, obj)
		b.structFields(label, obj, t)
	default:
		b.bind(doc, &declaration{kind: onType, label: label}, obj)
	}
}

func (b *stubBinder) methods(label string, obj *types.TypeName, t *ast.InterfaceType) {
	iface, ok := obj.Type().Underlying().(*types.Interface)
	for _, m := range t.Methods.List {
		ft, isFunc := m.Type.(*ast.FuncType)
		if !isFunc || len(m.Names) != 1 {
			continue
		}
		name := m.Names[0].Name
		var f *types.Func
		if ok {
			for x := range iface.Methods() {
				if x.Name() == name {
					f = x.Origin()
				}
			}
		}
		if f == nil {
			b.skip(m.Doc)
			b.problem(m.Pos(), "%s does not have %s.%s", b.env.pkg.Path(), label, name)
			continue
		}
		if !b.env.matchesSignature(ft, f.Signature()) {
			b.skip(m.Doc)
			b.problem(m.Pos(), "%s.%s is %s there, %s here", label, name, signatureText(f.Signature()), exprText(ft))
			continue
		}
		d := &declaration{kind: onMethod, label: label + "." + name, self: obj.Type()}
		d.signature(ft, f.Signature())
		b.bind(m.Doc, d, f)
	}
}

func (b *stubBinder) structFields(label string, obj *types.TypeName, t *ast.StructType) {
	st, ok := obj.Type().Underlying().(*types.Struct)
	for _, f := range t.Fields.List {
		for _, name := range f.Names {
			var v *types.Var
			if ok {
				for x := range st.Fields() {
					if x.Name() == name.Name {
						v = x
					}
				}
			}
			if v == nil {
				b.skip(f.Doc)
				b.problem(f.Pos(), "%s does not have %s.%s", b.env.pkg.Path(), label, name.Name)
				continue
			}
			ft, isFunc := f.Type.(*ast.FuncType)
			sig, isSig := v.Type().Underlying().(*types.Signature)
			if !isFunc || !isSig {
				continue
			}
			d := &declaration{kind: onVariable, label: label + "." + name.Name, self: obj.Type()}
			d.signature(ft, sig)
			b.bind(f.Doc, d, v.Origin())
		}
	}
}

func signatureText(sig *types.Signature) string {
	return types.TypeString(types.NewSignatureType(nil, nil, nil, unnamed(sig.Params()), unnamed(sig.Results()), sig.Variadic()), shortNames)
}

func unnamed(t *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range t.Variables() {
		vars = append(vars, types.NewVar(token.NoPos, nil, "", v.Type()))
	}
	return types.NewTuple(vars...)
}

// exprText writes a func type without the names of its parameters.
func exprText(ft *ast.FuncType) string {
	list := func(fl *ast.FieldList) (out []string) {
		if fl == nil {
			return nil
		}
		for _, f := range fl.List {
			for range max(len(f.Names), 1) {
				out = append(out, types.ExprString(f.Type))
			}
		}
		return out
	}
	params, results := list(ft.Params), list(ft.Results)
	s := "func(" + strings.Join(params, ", ") + ")"
	switch len(results) {
	case 0:
	case 1:
		s += " " + results[0]
	default:
		s += " (" + strings.Join(results, ", ") + ")"
	}
	return s
}
