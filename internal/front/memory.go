package front

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// unitMemory is how much memory, in bytes, a unit takes before it collects as
	// often as any Go program does.
	unitMemory = 512 << 20
	// maxMemory is how many bytes may be in use after a collection, unless GOMEMLIMIT
	// says something else: a machine that runs out of memory for one function
	// would stop everybody's work, and tell nobody why.
	maxMemory = 4 << 30
)

// boundMemory readies a unit's collector. A unit is short-lived: collecting seldom
// saves a fifth of its time. The limit makes the collector work as usual in the few
// units that are large: it goes up with what is in use, because a collector whose limit is
// less than that does nothing but collect. at tells where one was that takes too much.
func boundMemory(at func() string) {
	most := debug.SetMemoryLimit(-1) // GOMEMLIMIT, if that is set
	if most == math.MaxInt64 {
		most = maxMemory
	}
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(min(unitMemory, most))
	afterCollection(func() {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		n := live[0].Value.Uint64()
		if n > uint64(most) {
			outOfMemory(n, most, at())
		}
		debug.SetMemoryLimit(memoryLimit(int64(n), most))
	})
}

// memoryLimit is up to where the heap may grow before the next collection, where live bytes
// are in use after the last one: twice that, as in any Go program, and most in the end.
func memoryLimit(live, most int64) int64 {
	return min(max(unitMemory, 2*live), most)
}

// afterCollection runs check after each collection, as long as the process lives.
func afterCollection(check func()) {
	type sentinel struct{ _ *byte } // not batched with others, as what has no pointer is
	var watch func(*sentinel)
	watch = func(s *sentinel) {
		check()
		runtime.SetFinalizer(s, watch)
	}
	runtime.SetFinalizer(new(sentinel), watch)
}

// outOfMemory ends a unit that uses n bytes, and says what it was at.
func outOfMemory(n uint64, most int64, at string) {
	dying.Lock()
	if at == "" {
		at = "what comes before the first function"
	}
	fmt.Fprintf(os.Stderr, "revlint: out of memory: %d MB are in use, more than %d, at %s (GOMEMLIMIT=8GiB, say, allows more)\n",
		n>>20, most>>20, at)
	os.Exit(1)
}
