package contract

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A problem is an error in a directive or stub, with its position.
type problem struct {
	pos token.Pos
	msg string
}

// A binder attaches the directives of one file to declarations.
type binder struct {
	env      *environment
	file     *ast.File
	out      map[types.Object]*Contract
	seen     map[*ast.Comment]bool
	problems *[]problem
}

func (b *binder) problem(pos token.Pos, format string, args ...any) {
	*b.problems = append(*b.problems, problem{pos, fmt.Sprintf(format, args...)})
}

// isDirective reports whether a comment is one of ours, or means to be.
func isDirective(text string) bool { return strings.HasPrefix(text, prefix) }

// isAlmost reports whether a comment would be a directive but for a space.
func isAlmost(text string) bool {
	rest, ok := strings.CutPrefix(text, "//")
	trimmed := strings.TrimLeft(rest, " \t")
	return ok && trimmed != rest && strings.HasPrefix(trimmed, "revlint:") && len(strings.Fields(trimmed)) > 0 &&
		verbRules[firstWord(trimmed[len("revlint:"):])].verb != 0
}

func firstWord(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		return f[0]
	}
	return ""
}

// bind resolves the directives in the doc comment of a declaration, which is
// obj in the package.
func (b *binder) bind(doc *ast.CommentGroup, d *declaration, obj types.Object) {
	if doc == nil {
		return
	}
	d.env = b.env
	var c Contract
	for _, comment := range doc.List {
		if !isDirective(comment.Text) {
			continue
		}
		b.seen[comment] = true
		s, err := parse(comment.Text)
		if err == nil {
			var claim Claim
			claim, err = resolve(s, d)
			if err == nil {
				c.Claims = append(c.Claims, claim)
				continue
			}
		}
		b.problem(comment.Pos()+token.Pos(err.off), "%s", err.msg)
	}
	if len(c.Claims) == 0 || obj == nil {
		return
	}
	b.checkTwice(doc, d, &c)
	b.out[obj] = &c
}

// checkTwice reports two directives that put one value on loan with nothing
// to tell them apart.
func (b *binder) checkTwice(doc *ast.CommentGroup, d *declaration, c *Contract) {
	type slot struct{ what, when string }
	seen := map[slot]bool{}
	for _, cl := range c.Claims {
		if cl.Verb != Acquire && cl.Verb != Borrow {
			continue
		}
		when := ""
		if cl.When != nil {
			when = fmt.Sprint(cl.When.Not, cl.When.Path.Text, cl.When.Method)
		}
		for _, v := range cl.Values {
			s := slot{v.Text, when}
			if seen[s] {
				b.problem(doc.List[len(doc.List)-1].Pos(), "two directives put %s of %s on loan, and nothing tells them apart", v.Text, d.label)
			}
			seen[s] = true
		}
	}
}

// dangling reports the directives of the file that stand on no declaration.
func (b *binder) dangling() {
	for _, g := range b.file.Comments {
		for _, c := range g.List {
			switch {
			case strings.HasPrefix(c.Text, prefix+"package"):
			case isDirective(c.Text) && !b.seen[c]:
				b.problem(c.Pos(), "this directive stands on no declaration")
			case isAlmost(c.Text):
				b.problem(c.Pos(), "a directive has no space in %q", prefix)
			}
		}
	}
}

// A source binds the directives in the doc comments of a package's own code.
type source struct {
	binder
	info *types.Info
}

func (s *source) declarations() {
	for _, decl := range s.file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if obj, ok := s.info.Defs[decl.Name].(*types.Func); ok {
				d := &declaration{kind: onFunc, label: funcLabel(decl)}
				if r := obj.Signature().Recv(); r != nil {
					d.self, d.recv = r.Type(), receiverName(decl)
				}
				d.signature(decl.Type, obj.Signature())
				s.bind(decl.Doc, d, obj)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				doc := decl.Doc
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					if spec.Doc != nil || len(decl.Specs) > 1 {
						doc = spec.Doc
					}
					s.typeSpec(doc, spec)
				case *ast.ValueSpec:
					if spec.Doc != nil || len(decl.Specs) > 1 {
						doc = spec.Doc
					}
					s.valueSpec(doc, spec)
				}
			}
		}
	}
}

func receiverName(d *ast.FuncDecl) string {
	if d.Recv != nil && len(d.Recv.List) > 0 && len(d.Recv.List[0].Names) > 0 {
		return d.Recv.List[0].Names[0].Name
	}
	return ""
}

// funcLabel is the name of a function for messages: Bucket.Get.
func funcLabel(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	return receiverType(d.Recv.List[0].Type) + "." + d.Name.Name
}

func receiverType(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiverType(e.X)
	case *ast.ParenExpr:
		return receiverType(e.X)
	case *ast.IndexExpr:
		return receiverType(e.X)
	case *ast.IndexListExpr:
		return receiverType(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}

func (s *source) typeSpec(doc *ast.CommentGroup, spec *ast.TypeSpec) {
	obj := s.info.Defs[spec.Name]
	if obj == nil {
		return
	}
	label := spec.Name.Name
	switch t := ast.Unparen(spec.Type).(type) {
	case *ast.FuncType:
		d := &declaration{kind: onFuncType, label: label}
		if sig, ok := obj.Type().Underlying().(*types.Signature); ok {
			d.signature(t, sig)
		}
		s.bind(doc, d, obj)
	case *ast.InterfaceType:
		s.bind(doc, &declaration{kind: onType, label: label}, obj)
		for _, m := range t.Methods.List {
			ft, ok := m.Type.(*ast.FuncType)
			if !ok || len(m.Names) != 1 {
				continue
			}
			f, ok := s.info.Defs[m.Names[0]].(*types.Func)
			if !ok {
				continue
			}
			d := &declaration{kind: onMethod, label: label + "." + f.Name(), self: obj.Type()}
			d.signature(ft, f.Signature())
			s.bind(m.Doc, d, f)
		}
	case *ast.StructType:
		s.bind(doc, &declaration{kind: onType, label: label}, obj)
		s.fields(label, obj.Type(), t)
	default:
		s.bind(doc, &declaration{kind: onType, label: label}, obj)
	}
}

// fields binds the directives on fields of func type.
func (s *source) fields(label string, owner types.Type, t *ast.StructType) {
	for _, f := range t.Fields.List {
		ft, ok := ast.Unparen(f.Type).(*ast.FuncType)
		if !ok {
			continue
		}
		for _, name := range f.Names {
			v := s.info.Defs[name]
			if v == nil {
				continue
			}
			d := &declaration{kind: onVariable, label: label + "." + name.Name, self: owner}
			d.signature(ft, v.Type().Underlying().(*types.Signature))
			s.bind(f.Doc, d, v)
		}
	}
}

func (s *source) valueSpec(doc *ast.CommentGroup, spec *ast.ValueSpec) {
	ft, ok := spec.Type.(*ast.FuncType)
	for _, name := range spec.Names {
		v := s.info.Defs[name]
		if v == nil {
			continue
		}
		sig, isFunc := v.Type().Underlying().(*types.Signature)
		if !isFunc || v.Parent() != v.Pkg().Scope() {
			continue
		}
		if !ok {
			lit, isLit := literalOf(spec)
			if !isLit {
				continue
			}
			ft = lit.Type
		}
		d := &declaration{kind: onVariable, label: name.Name}
		d.signature(ft, sig)
		s.bind(doc, d, v)
	}
}

// literalOf is the function literal that initialises a variable.
func literalOf(spec *ast.ValueSpec) (*ast.FuncLit, bool) {
	if len(spec.Values) != 1 {
		return nil, false
	}
	lit, ok := ast.Unparen(spec.Values[0]).(*ast.FuncLit)
	return lit, ok
}
