package diag

import (
	"flag"
	"go/token"
	"strings"
	"sync/atomic"
)

// Options are what the engine is asked for beyond the violations it proved. Analyzers are
// built for one value of it; a driver sets its fields before any of them runs and does not
// change them afterwards. They are flags, never environment variables: go vet caches
// results by flags alone.
type Options struct {
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
	Tests  bool   // look at functions in test files, too
	Dump   string // print the states of the functions whose names contain this
	Sanity bool   // check each state of the engine, and the laws at each merge; for tests, which alone set it

	// Known returns what a driver has of the summaries of a package of the standard
	// library, by a key that covers its sources, for the engine to take in place of its own
	// work; nil if it has none. A package that is looked at for findings is one of which
	// nothing may be known. Learn is told what the engine finds out about such a package.
	// Both may be nil.
	Known func(key string) []byte
	Learn func(key string, summaries []byte)

	at atomic.Pointer[func() string]
}

// NewOptions are the options of a driver that asks for nothing: test files are looked at.
func NewOptions() *Options { return &Options{Tests: true} }

// RegisterFlags defines the flags that set Strict, Hints, Stats, Tests and Dump.
func (o *Options) RegisterFlags(fs *flag.FlagSet) {
	fs.BoolVar(&o.Strict, "strict", o.Strict, "report accesses that could not be proved, too")
	fs.BoolVar(&o.Hints, "hints", o.Hints, "suggest cheaper ways to write correct code")
	fs.BoolVar(&o.Tests, "tests", o.Tests, "look at test files, too")
	fs.StringVar(&o.Dump, "dump", o.Dump, "print what the engine knows in the functions whose names contain this `text`")
	fs.BoolVar(&o.Stats, "stats", o.Stats, "count the accesses proved, violated and unknown")
}

// RegisterEverything defines the flag that sets Everything, -everything.
func (o *Options) RegisterEverything(fs *flag.FlagSet) {
	fs.BoolVar(&o.Everything, "everything", o.Everything, "report all there is, for a driver that chooses")
}

// Dumps reports whether the states of the function so called are printed. What follows a # only tells one run of the
// go command from another.
func (o *Options) Dumps(name string) bool {
	text, _, _ := strings.Cut(o.Dump, "#")
	return text != "" && strings.Contains(name, text)
}

// Skips reports whether the file that pos is in is not looked at.
func (o *Options) Skips(fset *token.FileSet, pos token.Pos) bool {
	return !o.Tests && strings.HasSuffix(fset.File(pos).Name(), "_test.go")
}

// SetAt notes what is about to be analysed, and how to name it. It has no say in what is
// found: see At.
func (o *Options) SetAt(name func() string) { o.at.Store(&name) }

// At names what is analysed, for a message of a driver that has to end; "" where no
// function was come to yet. Where several packages are analysed at the same time, it is the
// last that was begun.
func (o *Options) At() string {
	if name := o.at.Load(); name != nil {
		return (*name)()
	}
	return ""
}
