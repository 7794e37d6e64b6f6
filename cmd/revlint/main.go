// Command revlint finds lifetime misuse of revocable handles.
//
// It is three programs in one. Called by people it is a front end that runs
//
//	go vet -json -vettool=revlint [packages]
//
// and prints what that finds; "revlint help" lists its flags and its other
// commands, such as "revlint contracts". Called by go vet it analyses one
// package at a time. Called by an editor, as "revlint lsp", it is a language
// server.
package main

import (
	"os"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front"
	"github.com/revlint/revlint/internal/lsp"
)

func main() { os.Exit(run(os.Args[1:], analyzers.Drivers())) }

func run(args []string, analyzers []*analysis.Analyzer) int {
	if len(args) > 0 && args[0] == "lsp" {
		return lsp.Main(args[1:], analyzers)
	}
	return front.Main(args, analyzers)
}
