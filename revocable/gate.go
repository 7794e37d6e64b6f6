package revocable

import (
	"math"
	"sync/atomic"
)

// A counter counts running accesses. Revocation adds shut to it once, so its sign tells whether it
// still admits anyone: an access is in if and only if its Add(1) gave a positive number (and, on a
// shard, the cell's own counter was open afterwards).
type counter = atomic.Int64

// shut has room below it, so that even a misuse that counts one too many down leaves a shut
// counter negative.
const shut = math.MinInt64 / 2

// The modes of a gate. The zero mode is that of a zero Provider, which has nothing to give.
const (
	modeRevoked uint32 = iota
	modeInline         // accesses are counted in gate.open
	modeSharded        // accesses are counted in gate.shards; a few may still be in gate.open
	modeDebug          // accesses are counted in gate.open and recorded one by one
)

// The stages of a revocation, in order. Who moves a gate to stageDrained, and nobody else, runs the
// clean-up or hands it to the revoker that waits.
const (
	stageLive    uint32 = iota
	stageAwaited        // a revoker waits for the drain and will clean up
	stageHanded         // nobody waits: the last access to leave cleans up
	stageDrained        // no access is running any more
	stageCleaned        // the clean-up has ended
)

// A gate lets accesses in until it is shut, and then knows when the last of them has left.
//
// Go's atomics have one total order. Every entry that came before shut in a counter's order is
// therefore in the total that shut read there, exactly once, and every later entry sees a negative
// number and undoes itself without touching drain. So drain, to which the total is added once and from
// which each of those entries subtracts one when it leaves, reaches zero exactly once, at the last
// leave or at the adding of the total, whichever comes later. Whoever brings it there knows that it is
// alone: no lock, no polling, no second grace period, and no flood of late readers can put it off.
type gate struct {
	open     counter
	mode     atomic.Uint32
	stage    atomic.Uint32
	drain    counter
	shards   atomic.Pointer[shards]
	ext      atomic.Pointer[extension]
	overlaps atomic.Uint32
	debug    bool // immutable
}

// void says that g belongs to a nil or zero Provider. The mode is read first: a revocation sets it
// after it has shut the counter, so whoever reads modeRevoked and then an open counter looks at a
// gate that never had anything behind it.
func (g *gate) void() bool {
	return g == nil || g.mode.Load() == modeRevoked && g.open.Load() >= 0
}

// enter takes an access, or returns nil.
func (g *gate) enter() *counter {
	switch g.mode.Load() {
	case modeRevoked:
		return nil
	case modeSharded:
		return g.enterShard()
	}
	if n := g.open.Add(1); n <= 0 {
		g.open.Add(-1)
		return nil
	} else if n > 1 {
		g.noteOverlap()
	}
	return &g.open
}

// leave is called for an access that leaves through c, whose count it has already taken down to left,
// below zero. It reports whether the caller must now finish the revocation.
func (g *gate) leave(c *counter, left int64) bool {
	if left > shut/2 || left < shut {
		c.Add(1)
		panic("revocable: access released twice, through a copy of its guard")
	}
	return g.drain.Add(-1) == 0 && g.drained()
}

// drained is called by the one who brought drain to zero, when the revoker did not do so itself. It
// reports whether the caller must finish the revocation, because no revoker waits.
func (g *gate) drained() bool {
	// A revoker may give up waiting at this moment, but nobody goes back to waiting: two turns at most.
	for {
		stage := g.stage.Load()
		if g.stage.CompareAndSwap(stage, stageDrained) {
			g.announce(eventDrained)
			return stage == stageHanded
		}
	}
}

// revoke shuts g. It reports whether this call is the one that did so, and if it is, whether no
// access was running any more, so that the caller can clean up at once. If some are, the caller must
// wait for eventDrained and clean up when awaited is set; otherwise the last of them will.
func (g *gate) revoke(awaited bool) (began, drained bool) {
	// The linearisation point: from here on no entry succeeds. Or instead of Add makes sure that of
	// many revokers one alone shuts the counter. (Where Or is a compare-and-swap loop a storm of entries
	// may make it try again, but entries that frequent move to shards and leave this counter alone.)
	running := g.open.Or(shut)
	if running < 0 {
		return false, false
	}
	g.mode.Store(modeRevoked)
	running += g.shards.Load().shut()
	g.announce(eventRevoked)

	if awaited {
		g.stage.Store(stageAwaited)
	} else {
		g.stage.Store(stageHanded)
	}
	if running == 0 || g.drain.Add(running) == 0 {
		g.stage.Store(stageDrained)
		return true, true
	}
	return true, false
}

// handOver lets the revoker that waits for the drain go: the last access to leave will clean up. It
// fails if there is none left; then the caller must clean up.
func (g *gate) handOver() bool {
	return g.stage.CompareAndSwap(stageAwaited, stageHanded)
}
