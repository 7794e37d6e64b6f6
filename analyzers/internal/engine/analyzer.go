package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/calls"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/engine/source"
	"github.com/revlint/revlint/analyzers/internal/shipped"
	"github.com/revlint/revlint/analyzers/internal/summary"
	"github.com/revlint/revlint/analyzers/internal/tokens"
)

// Analyzer is what [New] makes without options.
var Analyzer = New(diag.NewOptions(), contract.Analyzer)

// New makes the analyzer that runs the engine once for a package, by what contracts finds;
// the analyzers that people see each report their part of its Result.
func New(o *diag.Options, contracts *analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "loan",
		Doc:  "solve the loans of a package (the engine of revlint)",
		Run: func(pass *analysis.Pass) (any, error) {
			return run(o, pass, pass.ResultOf[contracts].(*contract.Set))
		},
		Requires:   []*analysis.Analyzer{contracts, ctrlflow.Analyzer},
		FactTypes:  []analysis.Fact{new(summary.Package), new(shipped.Fact)},
		ResultType: reflect.TypeFor[*Result](),
	}
}

// NewCheck makes the analyzer called name with the documentation doc, which reports its part
// of the Result of engine.
func NewCheck(o *diag.Options, engine *analysis.Analyzer, name, doc string) *analysis.Analyzer {
	return diag.Analyzer(o, name, doc, engine, func(r any) []diag.Finding { return r.(*Result).Findings })
}

// A Result is what the engine found out about one package.
type Result struct {
	Findings []diag.Finding // in order of position
	Stats    report.Stats
	Tests    report.Stats // what of Stats is of test files
	// Accesses are all that Stats counts, in the modules under development, in order
	// of position.
	Accesses []report.Access
}

func run(o *diag.Options, pass *analysis.Pass, contracts *contract.Set) (*Result, error) {
	if !contracts.Reaches() && !isSummarised(pass) {
		return &Result{}, nil
	}
	key, hasKey := shipped.Key(pass)
	if hasKey && recall(o, pass, key) {
		return &Result{}, nil
	}
	prog, pkg := buildSSA(pass)
	u := &rules.Unit{
		Pass: pass, Contracts: contracts,
		Names: &source.Names{Pass: pass, Files: make(map[*token.File]*source.Index)},
	}
	u.FixCaptured = (&tokens.Checker{Options: o, Pass: pass, Contracts: contracts, Names: u.Names}).FixCaptured
	inTest := func(fn *ssa.Function) bool { return isTest(pass.Fset, fn) }
	e := &engine{
		options:   o,
		Functions: &interp.Functions{Flows: make(map[*ssa.Function]*domain.Flow), Visited: make(map[*ssa.Function]bool)},
		Program: &calls.Program{
			Unit: u, Prog: prog, Pkg: pkg, Fixed: domain.FindFixed(pkg, mentionedElsewhere(pass)), Guarded: domain.FindGuarded(pkg),
			HeldFields: domain.FindHeldFields(pkg, inTest), InTest: inTest,
			Summaries: make(map[*ssa.Function]*summary.Summary),
			Facts:     make(map[*types.Func]*summary.Summary),
			Lent:      make(map[*ssa.Function][]calls.ScopedArg),
		},
		calls: make(map[*ssa.Function][]*ssa.Function),
	}
	u.Lendable, u.Guarding = e.lendable()
	e.analyse()
	visible := summary.NewPackage(e.visible())
	pass.ExportPackageFact(visible)
	if hasKey && o.Learn != nil {
		o.Learn(key, []byte(visible.Data))
	}
	return &Result{Findings: e.findings, Stats: e.stats, Tests: e.tests, Accesses: report.Accesses(e.accesses)}, nil
}

// recall exports the summaries of a package that are known under its key. It reports
// whether they are.
func recall(o *diag.Options, pass *analysis.Pass, key string) bool {
	if o.Known == nil {
		return false
	}
	data := o.Known(key)
	if data == nil {
		return false
	}
	pass.ExportPackageFact(&summary.Package{Data: string(data)})
	return true
}

// isSummarised reports whether the package is summarised even where it
// touches no contract, for those that do and call it: the modules under
// development, the standard library, and what runs functions for its callers in
// goroutines, for there the classical mistake is made.
func isSummarised(pass *analysis.Pass) bool {
	return pass.Module == nil || pass.Module.Version == "" || runsFunctions(pass.Files)
}

// runsFunctions reports whether the files start goroutines, and export a function
// that is given one: error groups, pools of workers.
func runsFunctions(files []*ast.File) bool {
	starts, takes := false, false
	for _, f := range files {
		for _, d := range f.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if !ok || fd.Body == nil {
				continue
			}
			ast.Inspect(fd.Body, func(n ast.Node) bool {
				_, ok := n.(*ast.GoStmt)
				starts = starts || ok
				return !starts
			})
			if !fd.Name.IsExported() {
				continue
			}
			for _, p := range fd.Type.Params.List {
				_, ok := p.Type.(*ast.FuncType)
				takes = takes || ok
			}
		}
	}
	return starts && takes
}

// buildSSA builds the SSA form of the package. It is not left to the driver,
// which would build it for packages that are not looked at.
func buildSSA(pass *analysis.Pass) (*ssa.Program, *ssa.Package) {
	prog := ssa.NewProgram(pass.Fset, ssa.BuilderMode(0))
	prog.SetNoReturn(pass.ResultOf[ctrlflow.Analyzer].(*ctrlflow.CFGs).NoReturn)
	seen := make(map[*types.Package]bool)
	var create func([]*types.Package)
	create = func(pkgs []*types.Package) {
		for _, p := range pkgs {
			if !seen[p] {
				seen[p] = true
				prog.CreatePackage(p, nil, nil, true)
				create(p.Imports())
			}
		}
	}
	create(pass.Pkg.Imports())
	pkg := prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false)
	pkg.Build()
	return prog, pkg
}

// mentionedElsewhere reports of a name whether a linkname directive or a file
// in assembly of the package mentions it: other code may write to it.
func mentionedElsewhere(pass *analysis.Pass) func(name string) bool {
	var text strings.Builder
	for _, f := range pass.Files {
		for _, g := range f.Comments {
			for _, c := range g.List {
				if strings.HasPrefix(c.Text, "//go:linkname ") {
					text.WriteString(c.Text + " ")
				}
			}
		}
	}
	for _, name := range pass.OtherFiles {
		if !strings.HasSuffix(name, ".s") {
			continue
		}
		data, err := pass.ReadFile(name)
		if err != nil {
			return func(string) bool { return true }
		}
		text.Write(data)
	}
	all := text.String()
	return func(name string) bool { return strings.Contains(all, name) }
}

// visible are the summaries that importers can have a use for.
func (e *engine) visible() (out []summary.Named) {
	for fn, s := range e.Summaries {
		if obj, ok := fn.Object().(*types.Func); ok && s != nil && obj.Pkg() == e.Pass.Pkg && isVisible(obj) {
			out = append(out, summary.Named{Name: summary.Name(obj), Encoded: summary.Encode(s)})
		}
	}
	for _, f := range e.Pass.Files {
		for _, d := range f.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && fd.Body == nil {
				if obj, ok := e.Pass.TypesInfo.Defs[fd.Name].(*types.Func); ok && isVisible(obj) {
					out = append(out, summary.Named{Name: summary.Name(obj), Encoded: summary.Encode(calls.Bodyless(e.Prog.FuncValue(obj)))})
				}
			}
		}
	}
	return out
}

// isVisible reports whether other packages can come to call f.
func isVisible(f *types.Func) bool {
	return f.Exported()
}
