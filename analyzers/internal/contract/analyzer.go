package contract

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/diag"
)

// Analyzer is what [New] makes without options.
var Analyzer = New(diag.NewOptions())

// New makes the analyzer that finds the contracts of a package and hands them to
// importers. It reports what is wrong with directives and stubs; such a report makes a run
// fail, and cannot be suppressed.
func New(o *diag.Options) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       "contract",
		Doc:        "read the contracts in //revlint: directives and stubs",
		Run:        func(pass *analysis.Pass) (any, error) { return run(o, pass) },
		FactTypes:  []analysis.Fact{new(fact), new(catalogued)},
		ResultType: reflect.TypeFor[*Set](),
	}
}

func run(o *diag.Options, pass *analysis.Pass) (any, error) {
	s := &Set{
		pass:    pass,
		own:     make(map[types.Object]*Contract),
		user:    make(map[types.Object]*Contract),
		dropped: make(map[string]token.Pos),
		known:   make(map[types.Object]*Contract),
		stubs:   make(map[*types.Package]map[types.Object]*Contract),
		imports: importsOf(pass.Pkg),
	}
	if inCatalogue(pass.Pkg) {
		pass.ExportPackageFact(new(catalogued))
		s.own, s.misfits = catalogueOf(pass.Pkg, moduleVersion(pass), s.imports)
	}
	var problems []problem
	var ours []bound
	for _, f := range pass.Files {
		ours = append(ours, readSource(pass, f, s, &problems)...)
	}
	for obj, c := range s.own {
		pass.ExportObjectFact(obj, &fact{c.Claims, c.Origin})
	}
	stubbed, err := readUserStubs(o, pass, s, &problems)
	if err != nil {
		return nil, err
	}
	report(pass, "contract", problems)
	if unpaid := s.unreleasable(append(ours, stubbed...)); o.Everything || !s.unseen {
		report(pass, diag.Unreleasable, unpaid)
	}
	return s, nil
}

// readSource binds the directives in a file of the package. A directive in the
// source goes before the catalogue.
func readSource(pass *analysis.Pass, f *ast.File, s *Set, problems *[]problem) []bound {
	if !mentions(f) {
		return nil
	}
	src := &source{
		binder: newBinder(fileEnvironment(pass.Pkg, f, s.imports, func(path string) string { return path }), f, pass.Fset.File(f.FileStart), Directive),
		info:   pass.TypesInfo,
	}
	src.declarations()
	src.dangling()
	for _, b := range src.bound {
		s.own[b.obj] = b.contract
	}
	*problems = append(*problems, src.problems...)
	return src.bound
}

func mentions(f *ast.File) bool {
	for _, g := range f.Comments {
		for _, c := range g.List {
			if strings.Contains(c.Text, "revlint") {
				return true
			}
		}
	}
	return false
}

// moduleVersion is the version of the package's module, if the driver tells it.
func moduleVersion(pass *analysis.Pass) string {
	if pass.Module != nil {
		return pass.Module.Version
	}
	return ""
}

// report reports the problems in order of position.
func report(pass *analysis.Pass, category string, problems []problem) {
	slices.SortStableFunc(problems, func(a, b problem) int { return cmp.Compare(a.pos, b.pos) })
	problems = slices.Compact(problems) // two fields may have one directive
	for _, p := range problems {
		if p.pos == token.NoPos && len(pass.Files) > 0 {
			p.pos = pass.Files[0].Package
		}
		pass.Report(analysis.Diagnostic{Pos: p.pos, Category: category, Message: p.msg + " (contract)"})
	}
}
