package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"strconv"
	"strings"
)

// A file is one source file.
type file struct {
	pkg    *pkg
	path   string
	text   []byte
	syntax *ast.File
}

// A mutant is one file with a stretch of its text replaced.
type mutant struct {
	file     *file
	operator string
	function string
	from, to int // offsets
	becomes  string
	nth      int // of those in the function that are otherwise named the same

	number int    // in the binary that holds all of them, from 1; 0 if it cannot be there
	way    way    // how it is put there
	typ    string // of the expression, if it is one that is not a condition
	around [2]int // the statement that it is in, if it is put there as a statement
}

// name is a mutant's name, which changes only when what it breaks does.
func (m *mutant) name() string {
	was := strings.Join(strings.Fields(string(m.file.text[m.from:m.to])), " ")
	if len(was) > 60 {
		was = was[:57] + "..."
	}
	name := fmt.Sprintf("%s/%s %s %s: %s", filepath.Base(m.file.pkg.Dir), filepath.Base(m.file.path), m.function, m.operator, was)
	if m.nth > 0 {
		name += " #" + strconv.Itoa(m.nth+1)
	}
	return name
}

// source is the broken file.
func (m *mutant) source() []byte {
	t := m.file.text
	return bytes.Join([][]byte{t[:m.from], []byte(m.becomes), t[m.to:]}, nil)
}

// mutants are all that there are of p, except in files that another program writes: that program is the one to break.
func (p *pkg) mutants(fset *token.FileSet) (all []*mutant) {
	for _, f := range p.files {
		if ast.IsGenerated(f.syntax) {
			continue
		}
		for _, d := range f.syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			nth := make(map[string]int)
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				for _, o := range operators {
					for _, c := range o.apply(n) {
						m := &mutant{
							file: f, operator: o.name, function: fn.Name.Name, way: c.way,
							from: fset.Position(c.from).Offset, to: fset.Position(c.to).Offset,
						}
						if c.within != nil {
							m.around = [2]int{fset.Position(c.within.Pos()).Offset, fset.Position(c.within.End()).Offset}
						}
						if c.way == asValue {
							m.typ = p.typeOf(n.(ast.Expr), f)
						}
						m.becomes = c.becomes(string(f.text[m.from:m.to]))
						same := m.name()
						m.nth = nth[same]
						nth[same]++
						all = append(all, m)
					}
				}
				return true
			})
		}
	}
	return all
}

// typeOf returns the type of e as it is written in f, or "" if it cannot be: an import is missing, or e must be constant.
func (p *pkg) typeOf(e ast.Expr, f *file) string {
	tv := p.info.Types[e]
	basic, ok := types.Default(tv.Type).(*types.Basic)
	if !ok {
		if named, ok := tv.Type.(*types.Named); !ok || named.Obj().Pkg() != p.types {
			return p.imported(tv.Type, f)
		}
	} else if basic.Kind() == types.UntypedNil || basic.Kind() == types.Invalid {
		return ""
	}
	return types.TypeString(types.Default(tv.Type), types.RelativeTo(p.types))
}

// imported writes a named type of another package by the name under which f has it.
func (p *pkg) imported(t types.Type, f *file) string {
	named, ok := t.(*types.Named)
	if !ok || named.TypeArgs().Len() > 0 {
		return ""
	}
	for _, i := range f.syntax.Imports {
		if path, _ := strconv.Unquote(i.Path.Value); i.Name == nil && path == named.Obj().Pkg().Path() {
			return named.Obj().Pkg().Name() + "." + named.Obj().Name()
		}
	}
	return ""
}
