package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"strings"

	"github.com/revlint/revlint/internal/oracle/gen"
)

// A checker tells programs that compile from those that do not: what was moved may be out of
// the scope of its variables.
type checker struct {
	fset     *token.FileSet
	importer types.Importer
	local    string // the helpers that each package has
}

// newChecker reads what programs may import, as the go command compiled it.
func newChecker(w *workshop) (*checker, error) {
	out, err := output(w.dir, "go", "list", "-export", "-deps", "-json=ImportPath,Export", "./real/gen/help", "sync", "context", "io", "slices")
	if err != nil {
		return nil, err
	}
	exports := make(map[string]string)
	for d := json.NewDecoder(strings.NewReader(out)); ; {
		var p struct{ ImportPath, Export string }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[p.ImportPath] = p.Export
	}
	c := &checker{fset: token.NewFileSet(), local: w.local()}
	c.importer = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("%s is not there", path)
		}
		return os.Open(exports[path])
	})
	return c, nil
}

// compiling lays out those of programs that compile.
func (c *checker) compiling(name string, programs []*gen.Program) *gen.Package {
	for {
		p := gen.NewPackage(name, programs)
		bad := make(map[*gen.Program]bool)
		note := func(err error) {
			var te types.Error
			if errors.As(err, &te) {
				bad[p.Owner[te.Fset.Position(te.Pos).Line-1]] = true
			}
		}
		var files []*ast.File
		for file, text := range map[string]string{"programs.go": p.Text(), "local.go": strings.Replace(c.local, "PACKAGE", "package "+name, 1)} {
			f, err := parser.ParseFile(c.fset, file, gen.Real(text), parser.SkipObjectResolution)
			if err != nil {
				panic(fmt.Sprintf("a generated program is no Go: %v", err))
			}
			files = append(files, f)
		}
		conf := types.Config{Importer: c.importer, Error: note, GoVersion: "go1.26"}
		conf.Check(name, c.fset, files, nil)
		if len(bad) == 0 {
			return p
		}
		if bad[nil] {
			panic("the text around generated programs does not compile")
		}
		var good []*gen.Program
		for _, prog := range programs {
			if !bad[prog] {
				good = append(good, prog)
			}
		}
		programs = good
	}
}
