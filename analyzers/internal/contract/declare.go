package contract

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
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
	source   Source
	filename string
	line     func(token.Pos) int // in the file
	bound    []bound
	seen     map[*ast.Comment]bool
	problems []problem
}

// A bound is a declaration with its contract, and where its claims stand.
type bound struct {
	obj      types.Object
	contract *Contract
	label    string
	at       []token.Pos // of the first operand of each claim
}

func newBinder(env *environment, f *ast.File, in *token.File, source Source) binder {
	b := binder{env: env, file: f, source: source, filename: in.Name(), line: in.Line, seen: make(map[*ast.Comment]bool)}
	if source == Directive {
		b.filename = filepath.Base(b.filename)
	}
	return b
}

func (b *binder) problem(pos token.Pos, format string, args ...any) {
	b.problems = append(b.problems, problem{pos, fmt.Sprintf(format, args...)})
}

// isDirective reports whether a comment is one of ours.
func isDirective(text string) bool { return strings.HasPrefix(text, prefix) }

// isHeader reports whether a comment is the header of a stub.
func isHeader(text string) bool { return firstWord(text) == prefix+"package" }

// isAlmost reports whether a comment would be a directive but for a space
// before or after "revlint". Prose that only mentions one is none: the word
// that follows must be a verb.
func isAlmost(text string) bool {
	rest, ok := strings.CutPrefix(text, "//")
	if !ok {
		return false
	}
	rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " \t"), "revlint")
	if !ok {
		return false
	}
	rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " \t"), ":")
	return ok && verbRules[firstWord(rest)].verb != 0
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
	c := bound{obj: obj, contract: new(Contract), label: d.label}
	loans := make(map[loanSlot]bool)
	for _, comment := range doc.List {
		if !isDirective(comment.Text) || isHeader(comment.Text) {
			continue
		}
		b.seen[comment] = true
		s, err := parse(comment.Text)
		var claim Claim
		if err == nil {
			claim, err = resolve(s, d)
		}
		if err == nil {
			err = lendTwice(loans, s, &claim, d)
		}
		if err != nil {
			b.problem(comment.Pos()+token.Pos(err.off), "%s", err.msg)
			continue
		}
		c.contract.Claims = append(c.contract.Claims, claim)
		c.contract.Origin.Directives = append(c.contract.Origin.Directives, writtenAt(comment.Text, b.line(comment.Pos())))
		c.at = append(c.at, comment.Pos()+token.Pos(s.operand()))
	}
	b.finishes(&c)
	if len(c.contract.Claims) > 0 {
		o := &c.contract.Origin
		o.Source, o.File, o.Name, o.Declaration = b.source, b.filename, d.label, d.text(obj)
		if b.source == Catalogue {
			o.Row = rowAt(b.file, doc.End())
		}
		b.bound = append(b.bound, c)
	}
}

// finishes tells each acquire which calls of another result end it.
func (b *binder) finishes(c *bound) {
	claims := c.contract.Claims
	for i, f := range claims {
		if f.Verb != finish {
			continue
		}
		for _, v := range f.Values {
			j := slices.IndexFunc(claims, func(a Claim) bool {
				return a.Verb == Acquire && slices.ContainsFunc(guardsOf(&a), func(g Path) bool { return g.Result() >= 0 && g.Result() == v.Result() })
			})
			if j < 0 {
				b.problem(c.at[i], "%s cannot be released: no acquire of %s has it to release", v.Text, c.label)
				continue
			}
			claims[j].Ends = &Ends{Func: f.If.Of.Result(), Answer: f.If.Path.Index, Op: f.If.Op}
		}
	}
}

// A loanSlot is what tells loans of one declaration apart: the value, with its
// field or type, and the condition on the inputs.
type loanSlot struct {
	value, when string
	verb        Verb // a value may be acquired and borrowed: it ends with what it was borrowed from, and is owed all the same
}

// lendTwice finds a value that another directive has put on loan already.
func lendTwice(loans map[loanSlot]bool, s *syntax, c *Claim, d *declaration) *syntaxError {
	if c.Verb != Acquire && c.Verb != Borrow {
		return nil
	}
	when := ""
	if c.When != nil {
		when = fmt.Sprint(c.When.Not, c.When.Path.Text, c.When.Method)
	}
	for i, v := range c.Values {
		slot := loanSlot{v.Text, when, c.Verb}
		if loans[slot] {
			return &syntaxError{s.values[i].off, fmt.Sprintf("two directives put %s of %s on loan, and nothing tells them apart", v.Text, d.label)}
		}
		loans[slot] = true
	}
	return nil
}

// dangling reports the directives of the file that stand on no declaration.
func (b *binder) dangling() {
	for _, g := range b.file.Comments {
		for _, c := range g.List {
			switch {
			case b.seen[c]:
			case isHeader(c.Text):
				b.header(c)
			case isDirective(c.Text):
				b.problem(c.Pos(), "this directive stands on no declaration")
			case isAlmost(c.Text):
				b.problem(c.Pos(), "a directive begins with %q, without a space", prefix)
			}
		}
	}
}

// header reports a stub's header that is not where a stub has it.
func (b *binder) header(c *ast.Comment) {
	b.problem(c.Pos(), "%spackage begins a stub file, and stands nowhere else", prefix)
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
	if sig, ok := obj.Type().Underlying().(*types.Signature); ok {
		d := &declaration{kind: onFuncType, label: label}
		d.signature(funcTypeOf(spec.Type), sig)
		s.bind(doc, d, obj)
		return
	}
	switch t := ast.Unparen(spec.Type).(type) {
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

// funcTypeOf is the func type that e writes, nil if it names one.
func funcTypeOf(e ast.Expr) *ast.FuncType {
	ft, _ := ast.Unparen(e).(*ast.FuncType)
	return ft
}

// fields binds the directives on fields of func type.
func (s *source) fields(label string, owner types.Type, t *ast.StructType) {
	for _, f := range t.Fields.List {
		for _, name := range f.Names {
			v := s.info.Defs[name]
			if v == nil {
				continue
			}
			if sig, ok := v.Type().Underlying().(*types.Signature); ok {
				d := &declaration{kind: onVariable, label: label + "." + name.Name, self: owner}
				d.signature(funcTypeOf(f.Type), sig)
				s.bind(f.Doc, d, v)
			}
		}
	}
}

func (s *source) valueSpec(doc *ast.CommentGroup, spec *ast.ValueSpec) {
	for _, name := range spec.Names {
		v := s.info.Defs[name]
		if v == nil {
			continue
		}
		sig, isFunc := v.Type().Underlying().(*types.Signature)
		if !isFunc || v.Parent() != v.Pkg().Scope() {
			continue
		}
		ft := funcTypeOf(spec.Type)
		if lit, ok := literalOf(spec); ok && spec.Type == nil {
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
