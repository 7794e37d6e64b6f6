package contract

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/printer"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// A Description is what a stub of the catalogue says, for people.
type Description struct {
	Name          string // of the stub's file, without .go
	Path          string // of the package
	Since, Before string // versions that it is for, the first included, the second not; "" where it does not say
	Off           string // why it is off; "" if it is on
	Says          []Said
	Declarations  []Described
	Source        string // the stub itself
}

// A Said is what the documentation of a library says about a row of the catalogue.
type Said struct{ Row, Text string }

// A Described declaration is one that a stub has directives for.
type Described struct {
	Text       string // as Go
	Directives []string
}

// Describe describes the whole catalogue, the standard library first.
func Describe() (all []Description, err error) {
	for _, name := range slices.Concat(enabled, disabled()) {
		s, err := embedded(token.NewFileSet(), name)
		if err != nil {
			return nil, err
		}
		src, err := catalogueFiles.ReadFile("_catalogue/" + name + ".go")
		if err != nil {
			return nil, err
		}
		all = append(all, Description{
			Name: name, Path: s.path, Since: s.since, Before: s.before, Off: whyOff(s.file),
			Says: saidIn(s.file), Declarations: describedIn(s.file), Source: string(src),
		})
	}
	slices.SortFunc(all, func(a, b Description) int {
		return cmp.Or(comparePaths(a.Path, b.Path), strings.Compare(a.Name, b.Name))
	})
	return all, nil
}

// comparePaths sorts the standard library before all else.
func comparePaths(a, b string) int {
	first := func(path string) bool {
		domain, _, _ := strings.Cut(path, "/")
		return !strings.Contains(domain, ".")
	}
	if first(a) != first(b) {
		if first(a) {
			return -1
		}
		return 1
	}
	return strings.Compare(a, b)
}

var saying = regexp.MustCompile(`^([SM][0-9]+), (by .+: .+|not documented: .+)$`)

// saidIn lists what a stub says of documentation, in order.
func saidIn(f *ast.File) (out []Said) {
	for _, g := range f.Comments {
		if m := saying.FindStringSubmatch(remark(g)); m != nil {
			out = append(out, Said{m[1], m[2]})
		}
	}
	return out
}

// describedIn lists those of a stub that have directives, in order.
func describedIn(f *ast.File) (out []Described) {
	add := func(doc *ast.CommentGroup, text string) {
		d := Described{Text: text}
		if doc != nil {
			for _, c := range doc.List {
				if isDirective(c.Text) {
					directive, _, _ := strings.Cut(strings.TrimPrefix(c.Text, prefix), "//")
					d.Directives = append(d.Directives, strings.TrimSpace(directive))
				}
			}
		}
		if len(d.Directives) > 0 {
			out = append(out, d)
		}
	}
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			add(d.Doc, goText(&ast.FuncDecl{Recv: d.Recv, Name: d.Name, Type: d.Type}))
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				t, ok := spec.(*ast.TypeSpec)
				if !ok {
					continue
				}
				doc := d.Doc
				if t.Doc != nil {
					doc = t.Doc
				}
				switch x := t.Type.(type) {
				case *ast.InterfaceType:
					members(t.Name.Name, x.Methods, add)
				case *ast.StructType:
					members(t.Name.Name, x.Fields, add)
				case *ast.FuncType:
					equals := ""
					if t.Assign.IsValid() {
						equals = "= "
					}
					add(doc, "type "+t.Name.Name+" "+equals+goText(x))
				}
			}
		}
	}
	return out
}

// members adds methods of an interface, or fields of a struct.
func members(of string, list *ast.FieldList, add func(*ast.CommentGroup, string)) {
	for _, m := range list.List {
		for _, name := range m.Names {
			text := goText(m.Type)
			if _, ok := m.Type.(*ast.FuncType); ok {
				text = strings.TrimPrefix(text, "func")
			}
			add(m.Doc, of+"."+name.Name+text)
		}
	}
}

func goText(n any) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
