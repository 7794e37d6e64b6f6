package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/revlint/revlint/analyzers"
)

// uses are the functions of testdata/catalogue that break or keep a row of the
// catalogue. The comment above such a function begins with the row.
type uses map[string]*usesOfRow // by row

type usesOfRow struct{ broken, kept []*use }

// A use is one function, and the package that it is of.
type use struct {
	decl *ast.FuncDecl
	text string // of its comment
	of   *examplePackage
}

// An examplePackage is a package of testdata/catalogue.
type examplePackage struct {
	fset    *token.FileSet
	sources map[string][]byte // by file
	files   []*ast.File
	decls   map[string][]ast.Decl // by the name that they declare; of a method that of its type
	uses    map[*ast.Ident]types.Object
	defs    map[*ast.Ident]bool
}

var rowOf = regexp.MustCompile(`^([SM][0-9]+): `)

// readUses reads the packages in the folders of root.
func readUses(root string) (uses, error) {
	folders, err := filepath.Glob(filepath.Join(root, "*"))
	if err != nil {
		return nil, err
	}
	all := make(uses)
	for _, folder := range folders {
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			return nil, err
		}
		p := &examplePackage{fset: token.NewFileSet(), sources: make(map[string][]byte), decls: make(map[string][]ast.Decl)}
		for _, name := range names {
			if err := p.read(name); err != nil {
				return nil, err
			}
		}
		p.resolve()
		for _, f := range p.files {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Doc == nil {
					continue
				}
				text := strings.Join(strings.Fields(fn.Doc.Text()), " ")
				m := rowOf.FindStringSubmatch(text)
				if m == nil {
					continue
				}
				row := all[m[1]]
				if row == nil {
					row = new(usesOfRow)
					all[m[1]] = row
				}
				u := &use{fn, strings.TrimPrefix(text, m[0]), p}
				switch {
				case p.isBroken(fn):
					row.broken = append(row.broken, u)
				case !p.isLabelled(fn):
					row.kept = append(row.kept, u)
				}
			}
		}
	}
	return all, nil
}

func (p *examplePackage) read(name string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	f, err := parser.ParseFile(p.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	p.sources[name], p.files = src, append(p.files, f)
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				name = receiver(d)
			}
			p.decls[name] = append(p.decls[name], d)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					p.decls[s.Name.Name] = append(p.decls[s.Name.Name], d)
				case *ast.ValueSpec:
					for _, id := range s.Names {
						if id.Name != "_" {
							p.decls[id.Name] = append(p.decls[id.Name], d)
						}
					}
				}
			}
		}
	}
	return nil
}

func receiver(d *ast.FuncDecl) (name string) {
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && name == "" {
			name = id.Name
		}
		return name == ""
	})
	return name
}

// text is the source of a node.
func (p *examplePackage) text(n ast.Node) string {
	file := p.fset.File(n.Pos())
	return string(p.sources[file.Name()][file.Offset(n.Pos()):file.Offset(n.End())])
}

// textOf is the source of a declaration, with its comment.
func (p *examplePackage) textOf(d ast.Decl) string {
	start, end := d.Pos(), d.End()
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc != nil {
			start = d.Doc.Pos()
		}
	case *ast.GenDecl:
		if d.Doc != nil {
			start = d.Doc.Pos()
		}
	}
	file := p.fset.File(start)
	src := p.sources[file.Name()]
	stop := file.Offset(end)
	if i := bytes.IndexByte(src[stop:], '\n'); i >= 0 { // with the label of its last line
		stop += i
	}
	return string(src[file.Offset(start):stop])
}

func (p *examplePackage) isLabelled(d ast.Decl) bool { return label.MatchString(p.textOf(d)) }

func (p *examplePackage) isBroken(d ast.Decl) bool {
	return strings.Contains(p.textOf(d), "// want ") && !strings.Contains(p.textOf(d), "// missed:")
}

// code is the function without its comment, which is above it on a page.
func (u *use) code() string {
	_, body, _ := strings.Cut(withWords(u.of.textOf(u.decl)), "\nfunc ")
	return "func " + body
}

// rowOfDecl is the row that a function is an example of; "" if it is of none.
func rowOfDecl(d *ast.FuncDecl) string {
	if m := rowOf.FindStringSubmatch(d.Doc.Text()); m != nil {
		return m[1]
	}
	return ""
}

// of shows the uses of the rows of a stub, and makes programs of them where the
// playground knows the package.
func (all uses) of(s analyzers.Description, playable bool) (text string, programs []example) {
	var rows []string
	for _, said := range s.Says {
		if !slices.Contains(rows, said.Row) {
			rows = append(rows, said.Row)
		}
	}
	for _, row := range rows {
		u := all[row]
		if u == nil || len(u.broken) == 0 || len(u.kept) == 0 {
			continue
		}
		id := s.Name + "/" + row
		brokenUse, keptUse := importing(u.broken, s.Path), importing(u.kept, s.Path)
		broken, kept := shown{code: brokenUse.code()}, shown{code: keptUse.code()}
		if playable {
			broken.id, kept.id = id, id+"/kept"
			for _, x := range []struct {
				*use
				id, title string
			}{{brokenUse, broken.id, brokenUse.text}, {keptUse, kept.id, keptUse.text + " (kept)"}} {
				program, err := x.program()
				if err != nil {
					panic(fmt.Sprintf("%s: %v", x.id, err))
				}
				files := map[string]string{mainFile: program}
				if s.Off != "" {
					files[stubFile] = switchedOn(s)
				}
				programs = append(programs, example{x.id, s.Path + ": " + strings.TrimSuffix(x.title, "."), files})
			}
		}
		text += fmt.Sprintf("\n### %s: %s\n\n", row, strings.TrimSuffix(brokenUse.text, ".")) + pair(broken, kept)
	}
	return text, programs
}

// importing is the first of several uses that needs a package, or one below it; the first
// of all if none does, which is not empty.
func importing(all []*use, path string) *use {
	for _, what := range []string{strconv.Quote(path), `"` + path + "/"} {
		for _, u := range all {
			if program, err := u.program(); err == nil && strings.Contains(program, what) {
				return u
			}
		}
	}
	return all[0]
}

// switchedOn is a stub of the catalogue as a user's own, which is for the version at
// hand.
func switchedOn(s analyzers.Description) string {
	_, body, _ := strings.Cut(s.Source, "\n")
	return "//revlint:package " + s.Path + "\n" + body
}
