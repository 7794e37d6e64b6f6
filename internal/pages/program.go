package main

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// program is a file of Go with the use and what it needs of its package.
func (u *use) program() (string, error) {
	p := u.of
	needed := make(map[ast.Decl]bool)
	imported := make(map[string]bool) // names of packages
	var scan func(n ast.Node)
	need := func(d ast.Decl) {
		if !needed[d] {
			needed[d] = true
			scan(d)
		}
	}
	scan = func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				scan(sel.X)
				return false
			}
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			imported[id.Name] = true
			if !p.isOfPackage(id) {
				return true
			}
			for _, other := range p.decls[id.Name] {
				// A method that is an example itself comes by itself alone.
				if fn, ok := other.(*ast.FuncDecl); !ok || fn.Recv == nil || rowOfDecl(fn) == "" {
					need(other)
				}
			}
			return true
		})
	}
	need(u.decl)
	handedOver := u.handedOver(scan)
	var imports, body strings.Builder
	seen := make(map[string]bool)
	for _, f := range p.files {
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return "", err
			}
			name, text := nameOf(path), spec.Path.Value
			if spec.Name != nil {
				name, text = spec.Name.Name, spec.Name.Name+" "+text
			}
			if imported[name] && !seen[text] {
				seen[text] = true
				imports.WriteString("\t" + text + "\n")
			}
		}
		for _, d := range f.Decls {
			if needed[d] {
				text := label.ReplaceAllString(p.textOf(d), "")
				if d == ast.Decl(u.decl) {
					text = strings.Replace(text, "// "+rowOfDecl(u.decl)+": ", "// ", 1)
				}
				body.WriteString("\n" + text + "\n")
			}
		}
	}
	src, err := format.Source([]byte("package play\n\nimport (\n" + imports.String() + ")\n" + body.String() + handedOver))
	return string(src), err
}

// handedOver is what hands the use to a library: that its type has an interface, and
// that it is registered. scan is told what that mentions.
func (u *use) handedOver(scan func(ast.Node)) string {
	names := []string{u.decl.Name.Name}
	if u.decl.Recv != nil {
		names = append(names, receiver(u.decl))
	}
	mentions := func(n ast.Node) (found bool) {
		ast.Inspect(n, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && slices.Contains(names, id.Name)
			return !found
		})
		return found
	}
	var out string
	for _, f := range u.of.files {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					v, ok := spec.(*ast.ValueSpec)
					if !ok || v.Type == nil || v.Names[0].Name != "_" {
						continue
					}
					for _, value := range v.Values {
						if mentions(value) {
							scan(v.Type)
							out += fmt.Sprintf("\nvar _ %s = %s\n", u.of.text(v.Type), u.of.text(value))
						}
					}
				}
			case *ast.FuncDecl:
				if d.Name.Name != "register" {
					continue
				}
				var lines string
				for _, stmt := range d.Body.List {
					if mentions(stmt) {
						scan(stmt)
						lines += "\t" + u.of.text(stmt) + "\n"
					}
				}
				if lines != "" {
					scan(d.Type)
					out += "\nfunc register" + strings.TrimPrefix(u.of.text(d.Type), "func register") + " {\n" + lines + "}\n"
				}
			}
		}
	}
	return out
}

// isOfPackage reports whether an identifier is of something that the package declares,
// and not some function of it.
func (p *examplePackage) isOfPackage(id *ast.Ident) bool {
	if obj := p.uses[id]; obj != nil {
		return obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope()
	}
	return !p.defs[id] // which stands in what is of an import
}

// resolve finds out what identifiers are of, as far as that is to be known without
// the packages that are imported.
func (p *examplePackage) resolve() {
	p.uses = make(map[*ast.Ident]types.Object)
	config := types.Config{Error: func(error) {}, Importer: nothing{}}
	defs := make(map[*ast.Ident]types.Object)
	config.Check("examples", p.fset, p.files, &types.Info{Uses: p.uses, Defs: defs})
	p.defs = make(map[*ast.Ident]bool)
	for id := range defs {
		p.defs[id] = true
	}
}

// nothing imports packages as empty ones.
type nothing struct{}

func (nothing) Import(path string) (*types.Package, error) {
	empty := types.NewPackage(path, nameOf(path))
	empty.MarkComplete()
	return empty, nil
}

var version = regexp.MustCompile(`/v[0-9]+$`)

// nameOf is the name that a package most likely has.
func nameOf(path string) string {
	path = version.ReplaceAllString(path, "")
	name := path[strings.LastIndex(path, "/")+1:]
	return strings.TrimPrefix(strings.TrimSuffix(name, "-go"), "go-")
}
