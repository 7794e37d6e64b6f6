package analyzers

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine"
	"github.com/revlint/revlint/analyzers/internal/stubgen"
)

// Options are what analyzers are asked for beyond the violations they prove.
type Options = diag.Options

// NewOptions are the options of a driver that asks for nothing: test files are looked at.
func NewOptions() *Options { return diag.NewOptions() }

// A Suite is the analyzers of revlint, built for one value of options.
type Suite struct {
	Options *Options
	// Checks report on the code: they are All, with these options.
	Checks []*analysis.Analyzer
	// Drivers are the analyzers that a driver of our own runs: Checks, and those that report
	// on the analysis itself. "contract" reports mistakes in contracts, "suppress"
	// suppressions without reason or effect, "statistics" counts, when it is asked to.
	Drivers []*analysis.Analyzer
	// Contracts lists the contracts that are in force for a package, as JSON. It is
	// none of Drivers: it is run for the list, not for findings.
	Contracts *analysis.Analyzer
}

// New builds the analyzers for o. They share what the engine finds out about a package, and
// nothing with those of another Suite, nor with All.
func New(o *Options) *Suite {
	contracts := contract.New(o)
	solved := engine.New(o, contracts)
	s := &Suite{Options: o, Contracts: contract.NewList(contracts)}
	for _, a := range All {
		s.Checks = append(s.Checks, engine.NewCheck(o, solved, a.Name, a.Doc))
	}
	s.Drivers = append(slices.Clone(s.Checks), contracts, diag.NewSuppress(o, s.Checks), engine.NewStats(o, solved, contracts))
	return s
}

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

// Categories of diagnostics that a driver may not want. The category of the
// others is their analyzer's name.
const (
	Unproved     = diag.Unproved     // strictness adds it: nothing is known to be wrong there
	Hint         = diag.Hint         // it can be had cheaper
	Unreleasable = diag.Unreleasable // a mistake in a contract, but where a stub is for a package that is not in sight
)
