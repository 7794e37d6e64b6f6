package concrete

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
)

// An Analysis is what the engine knew at each instruction of one function.
type Analysis struct {
	Fn      *ssa.Function
	Machine *domain.Machine
	At      map[ssa.Instruction][]*domain.State
}

// Analyse runs the engine on the one package with the text src, which imports nothing. Of
// its function f it tells what was known there: nil if that is too complex. An error says
// that the text does not compile.
func Analyse(src string) (*Analysis, error) {
	pkg, err := typecheck(src)
	if err != nil {
		return nil, err
	}
	var out *Analysis
	engine.Watch = func(in *interp.Interp, fn *ssa.Function, at map[ssa.Instruction][]*domain.State) {
		if fn.Name() == "f" {
			out = &Analysis{fn, in.Machine, at}
		}
	}
	defer func() { engine.Watch = nil }()
	graph, err := checker.Analyze([]*analysis.Analyzer{engine.Analyzer}, []*packages.Package{pkg}, nil)
	if err != nil {
		return nil, err
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			return nil, fmt.Errorf("the engine fails: %w", act.Err)
		}
	}
	return out, nil
}

func typecheck(src string) (*packages.Package, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Scopes: make(map[ast.Node]*types.Scope), Instances: make(map[*ast.Ident]types.Instance), FileVersions: make(map[*ast.File]string),
	}
	sizes := types.SizesFor("gc", "amd64")
	p, err := (&types.Config{Sizes: sizes, GoVersion: "go1.25"}).Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		return nil, err
	}
	return &packages.Package{
		ID: "p", Name: "p", PkgPath: "p", GoFiles: []string{"p.go"}, CompiledGoFiles: []string{"p.go"},
		Fset: fset, Syntax: []*ast.File{file}, Types: p, TypesInfo: info, TypesSizes: sizes,
	}, nil
}
