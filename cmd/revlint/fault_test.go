package main

import (
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front"
)

// faultlint is revlint with a fault: revuse panics on every package that has
// a function called panicking, or is called so itself.
func faultlint() {
	suite := analyzers.New(analyzers.NewOptions())
	for _, a := range suite.Drivers {
		if a.Name != "revuse" {
			continue
		}
		run := a.Run
		a.Run = func(pass *analysis.Pass) (any, error) {
			if strings.HasSuffix(pass.Pkg.Path(), "panicking") || pass.Pkg.Scope().Lookup("panicking") != nil {
				panic("told to panic")
			}
			return run(pass)
		}
	}
	os.Exit(front.Main(os.Args[1:], suite))
}
