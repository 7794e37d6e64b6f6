// Package stubgen writes stubs to begin with: it guesses from names and types
// what a package gives and wants back. What it writes is meant to be read and
// corrected by people, with the package's documentation beside it.
package stubgen

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/types"
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// ErrNothing says that a package has nothing like Close, Release or Put.
var ErrNothing = errors.New("nothing to acquire and give back")

// A generator collects what a stub says of one package.
type generator struct {
	pkg *types.Package
	// described are the declarations that their authors or the catalogue
	// describe, by label: whether as a release.
	described map[string]bool
	catalog   []*offered
	imports   *imports
	items     map[types.Object]*item
	releases  map[*types.Func]bool // of what some function gives
	dropped   map[string]string    // what contract.Mistakes said of items, by label
}

// An item is one declaration of the stub.
type item struct {
	obj        types.Object // a function, a method, or the name of a func type
	names      names
	directives []string
	why        string // what the guess is made from
}

// Generate returns the text of a stub for pkg, of which files are the syntax:
// with what the catalogue says, and guesses for the rest. The version is that
// of its module, if it has one.
//
// What it returns has no mistakes, as contracts go. If there is nothing to
// say, the error is ErrNothing.
func Generate(pkg *types.Package, files []*ast.File, version string) ([]byte, error) {
	return stubOf(pkg, files, version, true)
}

// Catalogue is Generate without guesses: what the catalogue says of pkg, on or
// off, and nothing else.
func Catalogue(pkg *types.Package, files []*ast.File, version string) ([]byte, error) {
	return stubOf(pkg, files, version, false)
}

func stubOf(pkg *types.Package, files []*ast.File, version string, guesses bool) ([]byte, error) {
	dropped := make(map[string]string)
	for {
		g := &generator{
			pkg: pkg, described: make(map[string]bool), imports: newImports(pkg),
			items: make(map[types.Object]*item), releases: make(map[*types.Func]bool), dropped: dropped,
		}
		g.fromSource(files)
		if err := g.fromCatalogue(version); err != nil {
			return nil, err
		}
		if guesses {
			g.guess()
		}
		text, spans := g.text()
		if len(spans) == 0 {
			return nil, ErrNothing
		}
		// What the catalogue says may be for another version, or be about what
		// only the package's authors can describe. Of the guesses none should
		// be wrong; a stub that is refused would help nobody.
		mistakes := contract.Mistakes(pkg, text)
		if len(mistakes) == 0 {
			return formatted(text)
		}
		for _, m := range mistakes {
			i := slices.IndexFunc(spans, func(s span) bool { return s.start <= m.Offset && m.Offset < s.end })
			if i < 0 {
				return nil, fmt.Errorf("a stub for %s: %s", pkg.Path(), m.Message)
			}
			dropped[spans[i].label] = m.Message
		}
	}
}

// formatted is the text as gofmt has it.
func formatted(text []byte) ([]byte, error) {
	out, err := format.Source(text)
	if err != nil {
		return nil, fmt.Errorf("%v in\n%s", err, text)
	}
	return out, nil
}

// fromSource notes the declarations that have directives in their source: a
// guess would replace what the authors say.
func (g *generator) fromSource(files []*ast.File) {
	for _, f := range files {
		for _, decl := range f.Decls {
			g.describe(decl, false)
		}
	}
}

// describe notes the declarations in decl that have directives, or all of them.
func (g *generator) describe(decl ast.Decl, all bool) {
	note := func(label string, doc *ast.CommentGroup) {
		says := func(prefix string) bool {
			return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, prefix) })
		}
		if all || says("//revlint:") {
			g.described[label] = says("//revlint:release ")
		}
	}
	switch d := decl.(type) {
	case *ast.FuncDecl:
		note(funcLabel(d), d.Doc)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			t, ok := spec.(*ast.TypeSpec)
			if !ok {
				continue
			}
			doc := t.Doc
			if doc == nil && len(d.Specs) == 1 {
				doc = d.Doc
			}
			note(t.Name.Name, doc)
			if i, ok := t.Type.(*ast.InterfaceType); ok {
				for _, m := range i.Methods.List {
					for _, id := range m.Names {
						note(t.Name.Name+"."+id.Name, m.Doc)
					}
				}
			}
		}
	}
}

// functions are what the package's users can call: functions, methods, and
// those of interfaces, in the order of the source.
func (g *generator) functions() (out []*types.Func) {
	scope := g.pkg.Scope()
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.Func:
			out = append(out, obj)
		case *types.TypeName:
			if n, ok := obj.Type().(*types.Named); ok && obj.Exported() {
				out = append(out, methods(n)...)
			}
		}
	}
	out = slices.DeleteFunc(out, func(f *types.Func) bool { return !f.Exported() })
	slices.SortFunc(out, func(a, b *types.Func) int { return int(a.Pos()) - int(b.Pos()) })
	return out
}

// methods are those that a type has by itself: what it has from others is
// described there.
func methods(n *types.Named) []*types.Func {
	if i, ok := n.Underlying().(*types.Interface); ok {
		return slices.Collect(i.ExplicitMethods())
	}
	return slices.Collect(n.Methods())
}

// say puts a directive on obj, if nobody has described that.
func (g *generator) say(obj types.Object, why, directive string, args ...any) {
	it := g.items[obj]
	if it == nil {
		it = g.itemOf(obj)
	}
	if g.isTaken(obj) {
		return
	}
	it.why = why
	text := fmt.Sprintf(directive, args...)
	it.directives = append(it.directives, text)
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" ,()", r) }) {
		it.names.speaks = it.names.speaks || slices.Contains(it.names.results, word)
	}
	g.items[obj] = it
}

func (g *generator) isTaken(obj types.Object) bool {
	_, ok := g.described[labelOf(obj)]
	return ok || g.dropped[labelOf(obj)] != ""
}

// itemOf is the item for obj, which says nothing yet.
func (g *generator) itemOf(obj types.Object) *item {
	if it := g.items[obj]; it != nil {
		return it
	}
	sig, _ := obj.Type().Underlying().(*types.Signature)
	return &item{obj: obj, names: namesFor(sig)}
}

// labelOf is the name of a declaration: Bucket.Get.
func labelOf(obj types.Object) string {
	if f, ok := obj.(*types.Func); ok && f.Signature().Recv() != nil {
		if t := namedOf(f.Signature().Recv().Type()); t != nil {
			return t.Obj().Name() + "." + f.Name()
		}
	}
	return obj.Name()
}

// namedOf is the type that t is, or points to, without its arguments.
func namedOf(t types.Type) *types.Named {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Origin()
	}
	return nil
}

// A span is where a declaration stands in the text of a stub.
type span struct {
	label      string
	start, end int
}

// text writes the stub.
func (g *generator) text() ([]byte, []span) {
	var body bytes.Buffer
	var spans []span
	add := func(label string, write func()) {
		start := body.Len()
		write()
		spans = append(spans, span{label, start, body.Len()})
		body.WriteString("\n")
	}
	items := g.inOrder()
	ofInterface := make(map[string][]*item)
	for _, it := range items {
		if of := interfaceOf(it.obj); of != nil {
			ofInterface[of.Name()] = append(ofInterface[of.Name()], it)
		}
	}
	// addMethods writes the rest of an interface, once.
	addMethods := func(name string) {
		for _, m := range ofInterface[name] {
			add(labelOf(m.obj), func() { g.declareMethod(&body, m) })
		}
		delete(ofInterface, name)
		body.WriteString("}\n\n")
	}
	for _, o := range g.catalog {
		name := strings.TrimPrefix(o.label, ofCatalogue)
		if ofInterface[name] == nil {
			add(o.label, func() { body.Write(o.text) })
			continue
		}
		add(o.label, func() { body.Write(bytes.TrimSuffix(o.text, []byte("}\n"))) })
		addMethods(name)
	}
	for _, it := range items {
		switch of := interfaceOf(it.obj); {
		case of == nil:
			add(labelOf(it.obj), func() { g.declare(&body, it) })
		case ofInterface[of.Name()] != nil:
			fmt.Fprintf(&body, "type %s%s interface {\n", of.Name(), g.typeParams(typeParamsOf(of)))
			addMethods(of.Name())
		}
	}
	var out bytes.Buffer
	g.head(&out, items)
	for i := range spans {
		spans[i].start += out.Len()
		spans[i].end += out.Len()
	}
	body.WriteTo(&out)
	return out.Bytes(), spans
}

// inOrder are the items in the order of the package's source.
func (g *generator) inOrder() (out []*item) {
	for _, it := range g.items {
		out = append(out, it)
	}
	slices.SortFunc(out, func(a, b *item) int { return int(a.obj.Pos()) - int(b.obj.Pos()) })
	return out
}
