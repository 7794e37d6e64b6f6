package diag

import "flag"

// What the engine is asked for beyond the violations it proved. Drivers set
// these before any analyzer runs and do not change them afterwards. They are
// flags, never environment variables: go vet caches results by flags alone.
var (
	Strict bool // report unknown accesses too
	Hints  bool // suggest the cheaper of two correct ways
	Stats  bool // count proved, violated and unknown accesses
)

// RegisterFlags defines the flags that set Strict, Hints and Stats.
func RegisterFlags(fs *flag.FlagSet) {
	fs.BoolVar(&Strict, "strict", false, "report accesses that could not be proved, too")
	fs.BoolVar(&Hints, "hints", false, "suggest cheaper ways to write correct code")
	fs.BoolVar(&Stats, "stats", false, "count the accesses proved, violated and unknown")
}
