// Command custom-gcl is golangci-lint with the linter revlint built in.
//
// "golangci-lint custom" makes the same of .custom-gcl.yml, but clones
// golangci-lint's repository for it; this needs modules only. It is a module
// of its own so that revlint's users do not depend on golangci-lint.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/revlint/revlint/golangci" // registers the linter
)

func main() {
	// golangci-lint caches by version and by the hash of this program.
	if err := commands.Execute(commands.BuildInfo{Version: "custom-gcl"}); err != nil {
		fmt.Fprintf(os.Stderr, "custom-gcl: %v\n", err)
		os.Exit(exitcodes.Failure)
	}
}
