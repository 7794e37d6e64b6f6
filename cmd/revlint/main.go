// Command revlint finds lifetime misuse of revocable handles.
//
// It is four programs in one. Called by people it is a front end that runs
//
//	go vet -json -vettool=revlint [packages]
//
// and prints what that finds; "revlint help" lists its flags and its other
// commands, such as "revlint contracts". Called by go vet it analyses one
// package at a time. Called by an editor, as "revlint lsp", it is a language
// server. The playground of the documentation, which has it run in a browser,
// calls it as go vet does, and then as "revlint play".
package main

import (
	"os"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front"
	"github.com/revlint/revlint/internal/lsp"
	"github.com/revlint/revlint/internal/play"
)

func main() { os.Exit(run(os.Args[1:], analyzers.New(analyzers.NewOptions()))) }

func run(args []string, suite *analyzers.Suite) int {
	if len(args) > 0 && args[0] == "lsp" {
		return lsp.Main(args[1:], suite.Drivers)
	}
	if len(args) == 1 && args[0] == "play" {
		return play.Main(os.Stdin, os.Stdout, suite.Drivers)
	}
	return front.Main(args, suite)
}
