package analyzers

import (
	"flag"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine"
	"github.com/revlint/revlint/analyzers/internal/stubgen"
)

var suppress = diag.NewSuppress(All)

// Drivers are the analyzers that a driver of our own runs: All, and those
// that report on the analysis itself and not on the code. "contract" reports
// mistakes in contracts, "suppress" suppressions without reason or effect,
// "statistics" counts, when it is asked to.
func Drivers() []*analysis.Analyzer {
	return append(slices.Clone(All), contract.Analyzer, suppress, engine.StatsAnalyzer)
}

// Contracts lists the contracts that are in force for a package, as JSON. It is
// none of Drivers: it is run for the list, not for findings.
var Contracts = contract.ListAnalyzer

// ErrNothing is what Stub returns for a package that has nothing to acquire
// and give back.
var ErrNothing = stubgen.ErrNothing

// Stub returns the text of a stub for pkg, to begin with: what the catalogue
// says of it, on or off, and for the rest guesses from names and types. files
// are the package's syntax, version is that of its module, if it has one.
func Stub(pkg *types.Package, files []*ast.File, version string) ([]byte, error) {
	return stubgen.Generate(pkg, files, version)
}

// CatalogueStub is Stub without guesses: what the catalogue says of pkg.
func CatalogueStub(pkg *types.Package, files []*ast.File, version string) ([]byte, error) {
	return stubgen.Catalogue(pkg, files, version)
}

// A CatalogueState says whether the catalogue has contracts for a package, and
// uses them without being asked.
type CatalogueState struct {
	On, Off bool   // it has some that are on, some that are off
	Why     string // they are off
}

// InCatalogue returns the state of the package in the catalogue; version is that
// of its module, if it has one.
func InCatalogue(pkg *types.Package, version string) (s CatalogueState) {
	for _, o := range contract.Offers(pkg, version) {
		if o.Off == "" {
			s.On = true
		} else {
			s.Off, s.Why = true, o.Off
		}
	}
	return s
}

// A Description is what a stub of the catalogue says, for people.
type Description = contract.Description

// Catalogue describes the stubs of the catalogue, the standard library's first.
func Catalogue() ([]Description, error) { return contract.Describe() }

// RegisterFlags defines the flags that every driver passes to the analyzers:
// -strict, -hints, -stats and -tests.
func RegisterFlags(fs *flag.FlagSet) { diag.RegisterFlags(fs) }

// RegisterEverything defines -everything, by which the analyzers report all that
// -strict, -hints and -stats add. A driver that passes it chooses by category.
func RegisterEverything(fs *flag.FlagSet) { diag.RegisterEverything(fs) }

// SetDir tells the analyzers the folder of the package that this process analyses:
// its files may lie elsewhere.
func SetDir(dir string) { diag.Dir = dir }

// At names the function that this process analyses, with its place; "" where it has not
// come to any yet. A driver asks when it has to end.
func At() string { return diag.At() }

// Categories of diagnostics that a driver may not want. The category of the
// others is their analyzer's name.
const (
	Unproved     = diag.Unproved     // strictness adds it: nothing is known to be wrong there
	Hint         = diag.Hint         // it can be had cheaper
	Unreleasable = diag.Unreleasable // a mistake in a contract, but where a stub is for a package that is not in sight
)
