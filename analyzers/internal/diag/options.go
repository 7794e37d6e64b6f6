package diag

import (
	"flag"
	"go/token"
	"strings"
)

// What the engine is asked for beyond the violations it proved. Drivers set
// these before any analyzer runs and do not change them afterwards. They are
// flags, never environment variables: go vet caches results by flags alone.
var (
	// Everything reports all that Strict, Hints and Stats add, each with its
	// category, for a driver that chooses itself. What a driver shows then has no
	// influence on what is analysed, and cached.
	Everything bool

	// Dir is the folder of the package that is analysed, where the driver knows it:
	// its files may lie elsewhere, as what an editor has not saved.
	Dir string

	Strict bool   // report unknown accesses too
	Hints  bool   // suggest the cheaper of two correct ways
	Stats  bool   // count proved, violated and unknown accesses
	Tests  = true // look at functions in test files, too
	Dump   string // print the states of the functions whose names contain this
	Sanity bool   // check each state of the engine, and the laws at each merge; for tests, which alone set it
)

// RegisterFlags defines the flags that set Strict, Hints, Stats and Tests.
func RegisterFlags(fs *flag.FlagSet) {
	fs.BoolVar(&Strict, "strict", false, "report accesses that could not be proved, too")
	fs.BoolVar(&Hints, "hints", false, "suggest cheaper ways to write correct code")
	fs.BoolVar(&Tests, "tests", true, "look at test files, too")
	fs.StringVar(&Dump, "dump", "", "print what the engine knows in the functions whose names contain this `text`")
	fs.BoolVar(&Stats, "stats", false, "count the accesses proved, violated and unknown")
}

// RegisterEverything defines the flag that sets Everything, -everything.
func RegisterEverything(fs *flag.FlagSet) {
	fs.BoolVar(&Everything, "everything", false, "report all there is, for a driver that chooses")
}

// Dumps reports whether the states of the function so called are printed.
func Dumps(name string) bool { return Dump != "" && strings.Contains(name, Dump) }

// Skips reports whether the file that pos is in is not looked at.
func Skips(fset *token.FileSet, pos token.Pos) bool {
	return !Tests && strings.HasSuffix(fset.File(pos).Name(), "_test.go")
}
