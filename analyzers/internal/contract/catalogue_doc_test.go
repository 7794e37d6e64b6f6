package contract

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

//go:generate go test -run TestCatalogueDocument -update

var update = flag.Bool("update", false, "write docs/catalogue.md anew")

const catalogueDocument = "../../../docs/catalogue.md"

const aboutCatalogue = `# The catalogue

revlint carries contracts for the packages below. This page is generated from them: for each package, what its own
documentation says and where, and the [directives](contracts.md) that say it to revlint.

A package is **on** where its documentation states the contract, and where revlint found nothing wrong with it in real code
that uses the package. The others are **off**, each with the reason. To switch one on, copy its file from
` + "`analyzers/internal/contract/_catalogue`" + ` into the folder ` + "`.revlint`" + ` beside your ` + "`go.mod`" + `, without the words ` + "`since` and `before`" + `
in its first line. To switch one off, put a stub there whose package clause has ` + "`//revlint:none`" + ` above it.

Numbers like S1 and M1 name the rows of the catalogue. For each, but for M63 and M65 whose functions are not exported, there is a function
that breaks the contract and one that keeps it in ` + "`testdata/catalogue`" + `, compiled against the library; CI compares the stubs with the
libraries, and what revlint finds there with what it should. What it should find and does not yet is marked there with ` + "`// missed:`" + `.

`

// The published catalogue is what the stubs say.
func TestCatalogueDocument(t *testing.T) {
	var out bytes.Buffer
	out.WriteString(aboutCatalogue)
	out.WriteString("| package | file | | rows |\n|---|---|---|---|\n")
	var sections bytes.Buffer
	type entry struct{ path, name string }
	var entries []entry
	for _, name := range stubNames(t) {
		entries = append(entries, entry{pathOf(name), name})
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return comparePaths(a.path, b.path) })
	for _, e := range entries {
		s, err := embedded(token.NewFileSet(), e.name)
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		for _, said := range saidIn(s.file) {
			rows = append(rows, said.row)
		}
		state := "on"
		if !slices.Contains(enabled, e.name) {
			state = "off"
		}
		fmt.Fprintf(&out, "| `%s`%s | `%s.go` | %s | %s |\n", e.path, versions(s), e.name, state, strings.Join(rows, ", "))
		section(&sections, e.name, s, state)
	}
	out.WriteString("\n")
	out.Write(sections.Bytes())
	if *update {
		if err := os.WriteFile(catalogueDocument, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(catalogueDocument)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, out.Bytes()) {
		t.Error("docs/catalogue.md is not what the stubs say: go generate ./analyzers/internal/contract")
	}
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

func versions(s *stub) (out string) {
	if s.since != "" {
		out += " since " + s.since
	}
	if s.before != "" {
		out += " before " + s.before
	}
	return out
}

// A said is what the documentation of a library says about a row.
type said struct{ row, text string }

// names are the declarations whose documentation says it.
func (s said) names() (out []string) {
	for part := range strings.SplitSeq(s.text, "; ") {
		if list, _, ok := strings.Cut(strings.TrimPrefix(part, "by "), ": "); ok && strings.HasPrefix(part, "by ") {
			out = append(out, strings.Split(strings.ReplaceAll(list, " and ", ", "), ", ")...)
		}
	}
	return out
}

var saying = regexp.MustCompile(`^([SM][0-9]+), (by .+: .+|not documented: .+)$`)

// saidIn lists what a stub says of documentation, in order.
func saidIn(f *ast.File) (out []said) {
	for _, g := range f.Comments {
		if m := saying.FindStringSubmatch(remark(g)); m != nil {
			out = append(out, said{m[1], m[2]})
		}
	}
	return out
}

// section writes what a stub says.
func section(out *bytes.Buffer, name string, s *stub, state string) {
	fmt.Fprintf(out, "## %s\n\n`%s`%s is **%s**", name, s.path, versions(s), state)
	if why := whyOff(s.file); why != "" {
		fmt.Fprintf(out, ": %s", why)
	} else {
		out.WriteString(".")
	}
	out.WriteString("\n\n")
	for _, said := range saidIn(s.file) {
		fmt.Fprintf(out, "- %s, %s\n", said.row, said.text)
	}
	out.WriteString("\n| declaration | contract |\n|---|---|\n")
	for _, d := range declarations(s.file) {
		fmt.Fprintf(out, "| `%s` | `%s` |\n", d.text, strings.Join(d.directives, "`<br>`"))
	}
	out.WriteString("\n")
}

// A described declaration is one with directives.
type described struct {
	text       string
	directives []string
}

// declarations lists those of a stub that have directives, in order.
func declarations(f *ast.File) (out []described) {
	add := func(doc *ast.CommentGroup, text string) {
		d := described{text: text}
		if doc != nil {
			for _, c := range doc.List {
				if isDirective(c.Text) {
					directive, _, _ := strings.Cut(strings.TrimPrefix(c.Text, prefix), "//")
					d.directives = append(d.directives, strings.TrimSpace(directive))
				}
			}
		}
		if len(d.directives) > 0 {
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

// Each row of a stub says where its contract is documented. What is on is
// documented, and what is off says why.
func TestCatalogueSaysWhy(t *testing.T) {
	for _, name := range stubNames(t) {
		s, err := embedded(token.NewFileSet(), name)
		if err != nil {
			t.Fatal(err)
		}
		on, why := slices.Contains(enabled, name), whyOff(s.file)
		if on && why != "" {
			t.Errorf("%s is on, and says why it is off", name)
		}
		if !on && why == "" {
			t.Errorf("%s is off, and does not say why", name)
		}
		all := saidIn(s.file)
		if len(all) == 0 && name != "testing" {
			t.Errorf("%s says nothing of documentation", name)
		}
		for _, said := range all {
			if on && !strings.HasPrefix(said.text, "by ") {
				t.Errorf("%s is on, though %s is %s", name, said.row, said.text)
			}
		}
		for _, g := range s.file.Comments {
			if row.MatchString(remark(g)) && saying.FindString(remark(g)) == "" && !strings.HasPrefix(remark(g), "The rest of ") {
				t.Errorf("%s: a row in a form that is not read: %s", name, remark(g))
			}
		}
	}
}
