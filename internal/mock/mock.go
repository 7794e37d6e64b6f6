// Package mock has analyzers for tests of the command.
package mock

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"path/filepath"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers"
)

// Suite has analyzers that stand for the real ones where what matters is how the command
// deals with findings, not how they are found.
func Suite() *analyzers.Suite {
	s := analyzers.New(analyzers.NewOptions())
	s.Checks, s.Drivers = []*analysis.Analyzer{revuse}, []*analysis.Analyzer{revuse, contract, statistics}
	return s
}

// callsOf collects the calls of a package's functions, by name. Calls of
// mockError and mockPanic make it fail: in an analyzer that the others
// require, for that is where the real engine is.
var callsOf = &analysis.Analyzer{
	Name:       "mockcalls",
	Doc:        "collect calls",
	FactTypes:  []analysis.Fact{new(fact)}, // so that dependencies are analysed, too
	ResultType: reflect.TypeFor[map[string][]*ast.CallExpr](),
	Run: func(pass *analysis.Pass) (any, error) {
		calls := make(map[string][]*ast.CallExpr)
		for _, f := range pass.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if name, ok := call.Fun.(*ast.Ident); ok {
						calls[name.Name] = append(calls[name.Name], call)
					}
				}
				return true
			})
		}
		if len(calls["mockError"]) > 0 {
			return nil, errors.New("told to fail")
		}
		if len(calls["mockPanic"]) > 0 {
			panic("told to panic")
		}
		return calls, nil
	},
}

type fact struct{}

func (*fact) AFact() {}

// revuse finds every call of bad, tells that it began at the last call of
// begin before it and offers to call good instead. Under -strict it finds calls
// of dunno, under -hints of slow.
var revuse = &analysis.Analyzer{
	Name:     "revuse",
	Doc:      "find calls of bad\n\nThey are bad.",
	URL:      "https://example.com/revuse",
	Requires: []*analysis.Analyzer{callsOf},
	Run: func(pass *analysis.Pass) (any, error) {
		calls := pass.ResultOf[callsOf].(map[string][]*ast.CallExpr)
		for _, call := range calls["bad"] {
			d := analysis.Diagnostic{
				Pos:     call.Pos(),
				End:     call.End(),
				Message: fmt.Sprintf("bad is called with %s (revuse)", pass.TypesInfo.Types[call.Args[0]].Value),
				SuggestedFixes: []analysis.SuggestedFix{{
					Message:   "call good",
					TextEdits: []analysis.TextEdit{{Pos: call.Fun.Pos(), End: call.Fun.End(), NewText: []byte("good")}},
				}},
			}
			for _, begin := range calls["begin"] {
				if begin.Pos() < call.Pos() {
					d.Related = append(d.Related, analysis.RelatedInformation{Pos: begin.Pos(), Message: "it began here"})
				}
			}
			pass.Report(d)
		}
		for name, category := range map[string]string{"dunno": analyzers.Unproved, "slow": analyzers.Hint} {
			for _, call := range calls[name] {
				if isOn("everything") || isOn(map[string]string{"dunno": "strict", "slow": "hints"}[name]) {
					pass.Report(analysis.Diagnostic{Pos: call.Pos(), Category: category, Message: name + " is called (revuse)"})
				}
			}
		}
		return nil, nil
	},
}

// isOn reports whether the flag was given to this unit.
func isOn(name string) bool { return flag.Lookup(name).Value.String() == "true" }

// contract reports calls of contract.
var contract = &analysis.Analyzer{
	Name:     "contract",
	Doc:      "find calls of contract",
	Requires: []*analysis.Analyzer{callsOf},
	Run: func(pass *analysis.Pass) (any, error) {
		for _, call := range pass.ResultOf[callsOf].(map[string][]*ast.CallExpr)["contract"] {
			pass.Reportf(call.Pos(), "malformed directive (contract)")
		}
		return nil, nil
	},
}

// statistics counts calls of good as proved, of bad as violated and of dunno
// as unknown.
var statistics = &analysis.Analyzer{
	Name:     "statistics",
	Doc:      "count calls",
	Requires: []*analysis.Analyzer{callsOf},
	Run: func(pass *analysis.Pass) (any, error) {
		if !isOn("stats") && !isOn("everything") {
			return nil, nil
		}
		calls := pass.ResultOf[callsOf].(map[string][]*ast.CallExpr)
		pass.Reportf(pass.Files[0].Name.Pos(), `{"proved":%d,"violated":%d,"unknown":%d,"reasons":{"dunno":%[3]d},"dir":%q} (stats)`,
			len(calls["good"]), len(calls["bad"]), len(calls["dunno"]), filepath.Dir(pass.Fset.Position(pass.Files[0].Package).Filename))
		return nil, nil
	},
}
