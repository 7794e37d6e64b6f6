package stubgen

import (
	"bytes"
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// imports are what the stub imports, and by which names.
type imports struct {
	pkg    *types.Package
	byPath map[string]string // to the name: the package's own, or that with a number
	own    map[string]string // the packages' own names
}

func newImports(pkg *types.Package) *imports {
	return &imports{pkg, make(map[string]string), make(map[string]string)}
}

// add imports a package that the catalogue names by its own name.
func (im *imports) add(path string) {
	for _, p := range im.pkg.Imports() {
		if p.Path() == path {
			im.qualify(p)
		}
	}
}

// qualify is how the stub names what is in p.
func (im *imports) qualify(p *types.Package) string {
	if p == im.pkg {
		return ""
	}
	if name, ok := im.byPath[p.Path()]; ok {
		return name
	}
	name := p.Name()
	for i := 1; slices.Contains(slices.Collect(maps.Values(im.byPath)), name); i++ {
		name = fmt.Sprintf("%s%d", p.Name(), i)
	}
	im.byPath[p.Path()], im.own[p.Path()] = name, p.Name()
	return name
}

func (im *imports) write(out *bytes.Buffer) {
	if len(im.byPath) == 0 {
		return
	}
	out.WriteString("import (\n")
	for _, path := range slices.Sorted(maps.Keys(im.byPath)) {
		name := im.byPath[path]
		if name == im.own[path] && (path == name || strings.HasSuffix(path, "/"+name)) {
			name = ""
		}
		fmt.Fprintf(out, "\t%s %q\n", name, path)
	}
	out.WriteString(")\n\n")
}

const about = `// A start, guessed from names and types by "revlint contracts init": read what
// the package's documentation says of each declaration, correct the directive
// and delete what is wrong. The words are explained in
// https://github.com/revlint/revlint/blob/main/docs/contracts.md.
//
// Questions to ask:
`

// questions are what people have to find out, by the words that raise them.
var questions = []struct{ about, ask string }{
	{"acquire", "must it be given back, on every path? If the garbage collector may have it, write \"optional\"."},
	{"from", "is it of no use once the owner has ended? If it lives on, delete \"from …\"."},
	{"if", "is there nothing to give back when the condition does not hold?"},
	{"optional", "may it be dropped? If that is a leak, delete the word."},
	{"guard", "is the value of no use once the guard is released? If it stays as it is, write _ for it."},
	{"release", "is a second one wrong? If it does nothing, write \"idempotent\"."},
	{"idempotent", "may it be called again, or after another release? If not, delete the word."},
	{"to", "does it have to go back to the very owner it is from? If not, delete \"to …\" and \"from …\"."},
	{"scoped", "is what the function gets of no use once the function has returned?"},
}

// leftOut begins the remark on what does not fit this package.
const leftOut = "// Left out:"

// head writes what stands before the declarations.
func (g *generator) head(out *bytes.Buffer, items []*item) {
	fmt.Fprintf(out, "//revlint:package %s\npackage %s\n\n", g.pkg.Path(), g.pkg.Name())
	words := make(map[string]bool)
	for _, it := range items {
		for _, d := range it.directives {
			for word := range strings.FieldsSeq(d) {
				if word != "release" || !strings.HasSuffix(d, " idempotent") {
					words[word] = true
				}
			}
		}
	}
	if len(items) > 0 {
		out.WriteString(about)
		for _, q := range questions {
			if words[q.about] {
				fmt.Fprintf(out, "//   - %s: %s\n", q.about, q.ask)
			}
		}
		out.WriteString("//\n// What it cannot guess: values that last until a later call, and what callers lend.\n\n")
	}
	if len(g.catalog) > 0 {
		out.WriteString("// First comes what revlint's catalogue says, which this file now replaces")
		if off := g.catalog[0].off; off != "" {
			fmt.Fprintf(out, ". It is off there:\n// %s\n\n", off)
		} else {
			out.WriteString(".\n\n")
		}
	}
	for _, label := range slices.Sorted(maps.Keys(g.dropped)) {
		fmt.Fprintf(out, "%s %s: %s.\n", leftOut, label, g.dropped[label])
	}
	if len(g.dropped) > 0 {
		out.WriteString("\n")
	}
	g.imports.write(out)
}

// declare writes a function or func type.
func (g *generator) declare(out *bytes.Buffer, it *item) {
	g.doc(out, it)
	if t, ok := it.obj.(*types.TypeName); ok {
		sig := t.Type().Underlying().(*types.Signature)
		fmt.Fprintf(out, "type %s%s func%s\n", t.Name(), g.typeParams(typeParamsOf(t)), g.signature(sig, it.names))
		return
	}
	f := it.obj.(*types.Func)
	sig := f.Signature()
	recv := ""
	if r := sig.Recv(); r != nil {
		recv = fmt.Sprintf("(%s %s) ", it.names.recv, g.typeText(r.Type()))
	}
	fmt.Fprintf(out, "func %s%s%s%s\n", recv, f.Name(), g.typeParams(sig.TypeParams()), g.signature(sig, it.names))
}

// declareMethod writes a method of an interface.
func (g *generator) declareMethod(out *bytes.Buffer, it *item) {
	g.doc(out, it)
	f := it.obj.(*types.Func)
	fmt.Fprintf(out, "%s%s\n", f.Name(), g.signature(f.Signature(), it.names))
}

func (g *generator) doc(out *bytes.Buffer, it *item) {
	if it.why != "" {
		fmt.Fprintf(out, "// %s\n//\n", it.why)
	}
	for _, d := range it.directives {
		fmt.Fprintf(out, "//revlint:%s\n", d)
	}
}

func (g *generator) typeText(t types.Type) string { return types.TypeString(t, g.imports.qualify) }

// typeParamsOf are the type parameters of a type.
func typeParamsOf(t *types.TypeName) *types.TypeParamList {
	if n, ok := t.Type().(*types.Named); ok {
		return n.TypeParams()
	}
	return nil
}

func (g *generator) typeParams(list *types.TypeParamList) string {
	var all []string
	for p := range list.TypeParams() {
		all = append(all, p.Obj().Name()+" "+g.typeText(p.Constraint()))
	}
	if all == nil {
		return ""
	}
	return "[" + strings.Join(all, ", ") + "]"
}

func (g *generator) signature(sig *types.Signature, n names) string {
	text := "(" + strings.Join(g.tuple(sig.Params(), n.params, sig.Variadic()), ", ") + ")"
	if sig.Results().Len() == 0 {
		return text
	}
	results := g.tuple(sig.Results(), n.results, false)
	if len(results) == 1 && sig.Results().At(0).Name() == "" && !n.speaks {
		return text + " " + g.typeText(sig.Results().At(0).Type())
	}
	return text + " (" + strings.Join(results, ", ") + ")"
}

// tuple writes parameters or results. A func type has names for its own
// parameters, too, for a directive may speak of them.
func (g *generator) tuple(tuple *types.Tuple, n []string, isVariadic bool) (out []string) {
	for i := range tuple.Len() {
		t, dots := tuple.At(i).Type(), ""
		if isVariadic && i == tuple.Len()-1 {
			if s, ok := t.(*types.Slice); ok {
				t, dots = s.Elem(), "..."
			}
		}
		text := g.typeText(t)
		if sig, ok := t.(*types.Signature); ok && sig.Params().Len() > 0 {
			text = "func" + g.signature(sig, namesFor(sig))
		}
		out = append(out, n[i]+" "+dots+text)
	}
	return out
}

// interfaceOf is the interface of which obj is a method; nil if it is of none.
func interfaceOf(obj types.Object) *types.TypeName {
	if f, ok := obj.(*types.Func); ok {
		if r := f.Signature().Recv(); r != nil && types.IsInterface(r.Type()) {
			if n := namedOf(r.Type()); n != nil {
				return n.Obj()
			}
		}
	}
	return nil
}
