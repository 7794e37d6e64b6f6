package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"

	"golang.org/x/tools/go/packages"
)

// A pkg is one of those to be broken, as go list describes it.
type pkg struct {
	Dir, ImportPath           string
	GoFiles                   []string
	Deps                      []string
	TestGoFiles, XTestGoFiles []string

	importers []*pkg // others to be broken, whose tests may notice too
	files     []*file
	types     *types.Package
	info      *types.Info
	imports   importers
	fset      *token.FileSet
}

// importers gives the packages that one imports, as they were loaded.
type importers map[string]*packages.Package

func (is importers) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := is[path]; p != nil {
		return p.Types, nil
	}
	return nil, errors.New("not imported before")
}

// load returns the packages that have anything to break.
func load(patterns []string, fset *token.FileSet) (pkgs []*pkg, err error) {
	cmd := exec.Command("go", append([]string{"list", "-json=Dir,ImportPath,GoFiles,Deps,TestGoFiles,XTestGoFiles"}, patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	byPath := make(map[string]*pkg)
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		p := new(pkg)
		if err := d.Decode(p); err != nil {
			return nil, err
		}
		pkgs = append(pkgs, p)
		byPath[p.ImportPath] = p
	}
	for _, p := range pkgs {
		for _, q := range pkgs {
			if !q.tested() {
				continue
			}
			for _, d := range q.Deps {
				if d == p.ImportPath {
					p.importers = append(p.importers, q)
				}
			}
		}
	}
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
		packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo
	loaded, err := packages.Load(&packages.Config{Mode: mode, Fset: fset}, patterns...)
	if err != nil {
		return nil, err
	}
	for _, l := range loaded {
		p := byPath[l.PkgPath]
		if len(l.Errors) > 0 {
			return nil, l.Errors[0]
		}
		p.types, p.info, p.imports, p.fset = l.Types, l.TypesInfo, l.Imports, fset
		for i, syntax := range l.Syntax {
			f := &file{pkg: p, path: l.CompiledGoFiles[i], syntax: syntax}
			if f.text, err = os.ReadFile(f.path); err != nil {
				return nil, err
			}
			p.files = append(p.files, f)
		}
	}
	return pkgs, nil
}

func (p *pkg) tested() bool { return len(p.TestGoFiles)+len(p.XTestGoFiles) > 0 }

// compiles reports whether the package is a valid one with text in the place of f.
func (p *pkg) compiles(f *file, text []byte) bool {
	broken, err := parser.ParseFile(p.fset, f.path, text, parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	var syntax []*ast.File
	for _, g := range p.files {
		if g == f {
			syntax = append(syntax, broken)
		} else {
			syntax = append(syntax, g.syntax)
		}
	}
	_, err = (&types.Config{Importer: p.imports}).Check(p.ImportPath, p.fset, syntax, nil)
	return err == nil
}
