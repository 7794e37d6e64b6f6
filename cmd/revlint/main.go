// Command revlint finds lifetime misuse of revocable handles.
//
// It is two programs in one. Called by people it is a front end that runs
//
//	go vet -json -vettool=revlint [packages]
//
// and prints what that finds; "revlint help" lists its flags. Called by go
// vet it analyses one package at a time.
package main

import (
	"os"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front"
)

func main() { os.Exit(front.Main(os.Args[1:], analyzers.Drivers())) }
