package contract

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Analyzer finds the contracts of a package and hands them to importers. It
// reports what is wrong with directives and stubs; such a report makes a run
// fail, and cannot be suppressed.
var Analyzer = &analysis.Analyzer{
	Name:       "contract",
	Doc:        "read the contracts in //revlint: directives and stubs",
	Run:        run,
	FactTypes:  []analysis.Fact{new(fact)},
	ResultType: reflect.TypeFor[*Set](),
}

func run(pass *analysis.Pass) (any, error) {
	s := &Set{
		pass:    pass,
		own:     make(map[types.Object]*Contract),
		user:    make(map[types.Object]*Contract),
		dropped: make(map[string]bool),
		known:   make(map[types.Object]*Contract),
		stubs:   make(map[*types.Package]map[types.Object]*Contract),
	}
	for obj, c := range catalogueOf(pass.Pkg, versionOf(pass), s.packages) {
		s.own[obj] = c
	}
	var problems []problem
	for _, f := range pass.Files {
		readSource(pass, f, s, &problems)
	}
	for obj, c := range s.own {
		if exportable(obj) {
			pass.ExportObjectFact(obj, &fact{c.Claims})
		}
	}
	if err := readUserStubs(pass, s, &problems); err != nil {
		return nil, err
	}
	report(pass, problems)
	return s, nil
}

// exportable reports whether facts can be attached to obj.
func exportable(obj types.Object) bool { return obj.Pkg() != nil }

// readSource binds the directives in a file of the package.
func readSource(pass *analysis.Pass, f *ast.File, s *Set, problems *[]problem) {
	if !mentions(f) {
		return
	}
	out := make(map[types.Object]*Contract)
	src := &source{
		binder: binder{
			env: fileEnvironment(pass.Pkg, f, s.packages), file: f,
			out: out, seen: make(map[*ast.Comment]bool), problems: problems,
		},
		info: pass.TypesInfo,
	}
	src.declarations()
	src.dangling()
	for obj, c := range out {
		s.own[obj] = c // a directive in the source goes before the catalogue
	}
}

func mentions(f *ast.File) bool {
	for _, g := range f.Comments {
		for _, c := range g.List {
			if strings.Contains(c.Text, "revlint:") {
				return true
			}
		}
	}
	return false
}

// versionOf is the version of the package's module, or of Go; "" if it is
// not told.
func versionOf(pass *analysis.Pass) string {
	if pass.Module != nil {
		return pass.Module.Version
	}
	return ""
}

// readUserStubs binds the stubs in .revlint/ at the root of the module, which
// apply where the module's own packages use what they describe.
func readUserStubs(pass *analysis.Pass, s *Set, problems *[]problem) error {
	if pass.Module != nil && pass.Module.Version != "" || len(pass.Files) == 0 {
		return nil
	}
	dir := filepath.Dir(pass.Fset.File(pass.Files[0].FileStart).Name())
	root := moduleRoot(dir)
	if root == "" {
		return nil
	}
	names, err := filepath.Glob(filepath.Join(root, ".revlint", "*.go"))
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		st, build, found := parseStub(pass.Fset, name, src)
		*problems = append(*problems, found...)
		if st == nil || !build || len(found) > 0 {
			continue
		}
		pkg := s.packages(st.path)
		if pkg == nil {
			continue // it is used elsewhere
		}
		if bindStub(st, pkg, s.packages, s.user, problems) {
			s.dropped[st.path] = true
		}
	}
	return nil
}

// moduleRoot is the nearest folder at or above dir that holds a go.mod.
func moduleRoot(dir string) string {
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// report reports the problems in order of position.
func report(pass *analysis.Pass, problems []problem) {
	slices.SortFunc(problems, func(a, b problem) int { return int(a.pos) - int(b.pos) })
	for _, p := range problems {
		pos := p.pos
		if pos == token.NoPos && len(pass.Files) > 0 {
			pos = pass.Files[0].Package
		}
		pass.Report(analysis.Diagnostic{Pos: pos, Category: "contract", Message: p.msg + " (contract)"})
	}
}
