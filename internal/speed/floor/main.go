// Floor is a vet tool that does nothing: what the go command, and reading and
// type-checking each package, take anyway.
package main

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// nothing has a type of facts, of which there are none, so that it is run on
// dependencies, too.
var nothing = &analysis.Analyzer{
	Name:      "nothing",
	Doc:       "do nothing",
	Run:       func(*analysis.Pass) (any, error) { return nil, nil },
	FactTypes: []analysis.Fact{new(fact)},
}

type fact struct{}

func (*fact) AFact() {}

func main() { unitchecker.Main(nothing) }
