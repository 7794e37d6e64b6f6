package revocable

import (
	"math/bits"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"unsafe"
)

// promoteAfter is how many entries must have found another access in before a gate gets shards: so few
// that real contention pays for them in well under a millisecond, so many that an occasional
// meeting does not. Sleeping and nested accesses count as meetings; that costs memory, never correctness.
const promoteAfter = 256

// maxPromoted bounds what promotion may cost a program with very many contended providers: those
// that come late stay as they are.
const maxPromoted = 4096

// promoted counts the gates that are in modeSharded.
var promoted atomic.Int64

// shards are counters on cache lines of their own, so that accesses on different processors do not
// contend. Which one an access takes does not matter to correctness: its guard remembers.
//
// The choice must be cheap, nearly always the same for one goroutine and nearly always different for
// two that run at the same time. A goroutine's stack has its own address: salted and hashed, that is
// the choice, without asking the scheduler. Where two goroutines do clash, a new salt parts them.
type shards struct {
	salt     atomic.Uint64 // odd
	shift    uint          // 64 - log2(len(counters))
	counters []shard
}

// A shard fills two cache lines, because processors fetch lines in pairs.
type shard struct {
	counter
	clashes atomic.Uint32 // on the line that its writer holds anyway
	_       [128 - 12]byte
}

// resaltAfter is how many clashes on one shard ask for a new salt.
const resaltAfter = 64

func newShards() *shards {
	// Four for each processor: with as many goroutines running, one in four to one in eight clashes
	// under a given salt, and a salt without a clash is soon found.
	log := min(bits.Len(uint(runtime.GOMAXPROCS(0)-1))+2, 8)
	s := &shards{shift: uint(64 - log), counters: make([]shard, 1<<log)}
	s.salt.Store(rand.Uint64() | 1)
	return s
}

// choose returns the shard of the calling goroutine.
func (s *shards) choose() *shard {
	var here byte
	// A stack has at least 2 KiB. That it may move, or that a deeper call may choose another shard, costs
	// a cache miss.
	stack := uint64(uintptr(unsafe.Pointer(&here))) >> 11
	return &s.counters[stack*s.salt.Load()>>s.shift]
}

// noteClash notes that an entry found another access in its shard.
func (s *shards) noteClash(c *shard) {
	if c.clashes.Add(1)%resaltAfter == 0 {
		s.salt.Store(rand.Uint64() | 1)
	}
}

// shut shuts every shard and returns how many accesses were in. A gate never promoted has nil shards.
func (s *shards) shut() (running int64) {
	if s == nil {
		return 0
	}
	for i := range s.counters {
		running += s.counters[i].Add(shut) - shut
	}
	return running
}

// promote gives g shards.
//
// The shards are published before the mode is, so whoever reads modeSharded finds them. If a revocation
// comes between, and does not see them, nobody else uses them either: the mode stays modeRevoked. If it
// comes before the publishing but an entry still gets to the shards, having read the mode earlier,
// the entry finds the gate's own counter shut: see enterShard.
func (g *gate) promote() {
	if promoted.Add(1) > maxPromoted || !g.shards.CompareAndSwap(nil, newShards()) {
		demote()
		return
	}
	if !atomic.CompareAndSwapUint32(&g.mode, modeInline, modeSharded) {
		demote()
	}
}

// demote is called once for each gate that leaves modeSharded, and for each that did not get there.
func demote() { promoted.Add(-1) }
