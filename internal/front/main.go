// Package front is the revlint command: a front end for people and the vet
// tool that it has the go command run, which are one binary.
package front

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front/config"
)

// Exit codes of the front.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailed   = 2 // some package could not be analysed, or the command line or configuration is wrong

	exitInterrupted = 130 // as shells count: 128 and the signal
)

// Main runs revlint with the command line arguments args and returns its
// exit code. If they are those that the go command gives a vet tool, it runs
// the analyzers on one package; it then ends the process itself.
func Main(args []string, suite *analyzers.Suite) int {
	if isUnit(args) {
		unit(args, suite)
	}
	f := &front{analyzers: suite.Drivers, stdout: os.Stdout, stderr: os.Stderr}
	code, err := f.run(args)
	if err != nil {
		if m, ok := errors.AsType[*config.Mistake](err); ok {
			m.File = shortPath(m.File) // as in findings
		}
		fmt.Fprintf(f.stderr, "revlint: %v\n", err)
		if errors.Is(err, errInterrupted) {
			return exitInterrupted
		}
		return exitFailed
	}
	return code
}

// isUnit tells a call by the go command, or another build system that knows
// unitchecker's protocol, from one by a person.
func isUnit(args []string) bool {
	for _, arg := range args {
		switch arg {
		case "-V=full", "--V=full", "-flags", "--flags":
			return true
		}
	}
	return len(args) > 0 && filepath.Ext(args[len(args)-1]) == ".cfg"
}
