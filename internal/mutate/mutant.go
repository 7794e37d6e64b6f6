package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A pkg is one of those to be broken, as go list describes it.
type pkg struct {
	Dir, ImportPath           string
	GoFiles                   []string
	Deps                      []string
	TestGoFiles, XTestGoFiles []string

	importers []*pkg // others to be broken, whose tests may notice too
}

// load returns the packages that have anything to break.
func load(patterns []string) (pkgs []*pkg, err error) {
	cmd := exec.Command("go", append([]string{"list", "-json=Dir,ImportPath,GoFiles,Deps,TestGoFiles,XTestGoFiles"}, patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		p := new(pkg)
		if err := d.Decode(p); err != nil {
			return nil, err
		}
		pkgs = append(pkgs, p)
	}
	for _, p := range pkgs {
		for _, q := range pkgs {
			if len(q.TestGoFiles)+len(q.XTestGoFiles) == 0 {
				continue
			}
			for _, d := range q.Deps {
				if d == p.ImportPath {
					p.importers = append(p.importers, q)
				}
			}
		}
	}
	return pkgs, nil
}

// A file is one source file.
type file struct {
	pkg  *pkg
	path string
	text []byte
}

// A mutant is one file with a stretch of its text replaced.
type mutant struct {
	file     *file
	operator string
	function string
	from, to int // offsets
	becomes  string
	nth      int // of those in the function that are otherwise named the same
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

// mutants are all that there are of p.
func (p *pkg) mutants() (all []mutant, err error) {
	for _, name := range p.GoFiles {
		f := &file{pkg: p, path: filepath.Join(p.Dir, name)}
		if f.text, err = os.ReadFile(f.path); err != nil {
			return nil, err
		}
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, f.path, f.text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			nth := make(map[string]int)
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				for _, o := range operators {
					for _, c := range o.apply(n) {
						m := mutant{
							file: f, operator: o.name, function: fn.Name.Name,
							from: fset.Position(c.from).Offset, to: fset.Position(c.to).Offset,
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
	return all, nil
}
