package revocable

import (
	"errors"
	"math"
	"sync/atomic"
)

// A counter counts running accesses. Revocation adds shut to it once, so that its sign tells whether
// it still admits anyone: an access is in if and only if its Add(1) gave a positive number (and, on a
// shard, the gate's own counter was open afterwards). It leaves through the counter it came in by.
type counter = atomic.Int64

// shut has room below it, so that even a misuse that counts one too many down leaves a shut
// counter negative.
const shut = math.MinInt64 / 2

// The modes of a gate. The zero mode is that of a zero Provider, which has nothing to give.
const (
	modeRevoked  uint32 = iota
	modeInline          // accesses are counted in gate.open
	modeSharded         // accesses are counted in gate.shards; a few may still be in gate.open
	modeRecorded        // debug mode: accesses are counted in gate.open, and each has a record
	modeSnared          // under test: accesses are counted in gate.open, and pass a snare first
)

// The stages of a revocation, in order. Who moves a gate to stageDrained, and nobody else, finishes
// the revocation or wakes the revoker that does.
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
// therefore in the total that was read there, exactly once, and every later entry sees a negative
// number and undoes itself without touching drain. So drain, to which the total is added once and from
// which each of those entries subtracts one when it leaves, reaches zero exactly once: at the last
// leave or at the adding of the total, whichever comes later. Whoever brings it there knows that it
// is alone. No lock, no polling, no second grace period, and no flood of late readers puts it off.
// The model in model/ checks this exhaustively for a few readers and revokers.
//
// A gate and the two words that Provider adds fill one cache line.
type gate struct {
	open     counter
	mode     uint32 // atomic; a plain word because the inliner charges less for it: see enter
	stage    atomic.Uint32
	drain    counter
	shards   atomic.Pointer[shards] // made by promote
	ext      atomic.Pointer[extension]
	overlaps atomic.Uint32 // entries that found another access in, as long as the mode is inline
	recorded bool          // debug mode; immutable
}

// A finisher is the provider behind a gate, whatever its type argument. Its finish runs once, after the drain.
type finisher interface{ finish() }

// void says that g belongs to a nil or zero Provider. The mode is read first: a revocation sets it
// after it has shut the counter, so whoever reads modeRevoked and then an open counter looks at a
// gate that never had anything behind it.
func (g *gate) void() bool {
	return g == nil || atomic.LoadUint32(&g.mode) == modeRevoked && g.open.Load() >= 0
}

// enter takes an access and returns what it is counted in, or nil. The common case, alone on an
// unpromoted gate, is inlined into TryAccess and from there into the program; slow is always enterSlow,
// a parameter because a call through one costs less of the inliner's budget.
func (g *gate) enter(slow func(g *gate, n int64) *counter) *counter {
	var n int64
	if atomic.LoadUint32(&g.mode) == modeInline {
		n = g.open.Add(1)
	}
	if n == 1 {
		return &g.open
	}
	return slow(g, n)
}

// enterSlow goes on with an enter that was not alone: n is what its Add gave, or 0 if it made none.
func enterSlow(g *gate, n int64) *counter {
	switch {
	case n > 0:
		if g.overlaps.Add(1)%promoteAfter == 0 {
			g.promote()
		}
		return &g.open
	case n < 0:
		g.open.Add(-1)
		return nil
	}
	switch atomic.LoadUint32(&g.mode) {
	case modeSharded:
		return g.enterShard()
	case modeRecorded:
		return g.enterRecorded()
	case modeSnared:
		return g.enterSnared()
	default: // modeRevoked, without a write; no gate goes back to modeInline
		return nil
	}
}

// enterShard takes an access on a shard.
func (g *gate) enterShard() *counter {
	s := g.shards.Load()
	if s == nil {
		return nil // revoked and finished since the mode was read
	}
	shard := s.choose()
	n := shard.Add(1)
	if n < 0 {
		shard.Add(-1)
		return nil
	}
	c := g.admit(shard)
	if c != nil && n > 1 {
		s.noteClash(shard)
	}
	return c
}

// admit lets an entry in that its shard has counted, unless the gate has been shut.
func (g *gate) admit(shard *shard) *counter {
	if g.open.Load() < 0 {
		// The revocation has begun and has not come to this shard yet. It may already have told others
		// no, so this entry must not succeed; but it may be counted by now, so it leaves as an access does.
		if shard.Add(-1) < 0 && g.drain.Add(-1) == 0 {
			// Nobody waits, and every true access has left: the clean-up falls to a caller who was
			// promised not to be held up, and who may hold the locks that it takes.
			g.drained(func(f finisher) { go f.finish() })
		}
		return nil
	}
	return &shard.counter
}

// leave ends an access whose Add(-1) on c gave a negative number: c is shut.
func (g *gate) leave(c *counter) {
	if g.recorded {
		g.endRecord(c)
		if c = &g.open; c.Add(-1) >= 0 {
			return
		}
	}
	if c.Load() > shut/2 { // not shut at all, and a shut counter never opens again
		c.Add(1)
		panic("revocable: access released twice, through a copy of its guard")
	}
	if g.drain.Add(-1) == 0 {
		g.drained(finisher.finish)
	}
}

// drained is called by the one who brought drain to zero, if that is not the revoker. It wakes the
// revoker that waits. If none does, it calls finish, which ends the revocation.
func (g *gate) drained(finish func(finisher)) {
	// The stage is set, for only the adding of the total can have made drain zero or more. A revoker may
	// hand over at this moment, but none goes back to waiting: two turns at most.
	for {
		stage := g.stage.Load()
		if g.stage.CompareAndSwap(stage, stageDrained) {
			if stage == stageHanded {
				finish(g.ext.Load().heir)
			} else {
				g.announce(eventDrained)
			}
			return
		}
	}
}

// shut makes g admit no access any more, wakes those who wait for that, and returns how many accesses are
// running. It reports whether this call is the one that did so; whoever it was calls interrupt next, and then
// settle.
func (g *gate) shut() (running int64, began bool) {
	// The linearisation point: from here on no entry succeeds. Or, and not Add, so that of many
	// revokers one alone shuts the counter. (Or may be a compare-and-swap loop, which a storm of entries
	// can make go round again; but entries that frequent move to shards and leave this counter alone.)
	running = g.open.Or(shut)
	if running < 0 {
		return 0, false
	}
	if atomic.SwapUint32(&g.mode, modeRevoked) == modeSharded {
		demote()
	}
	running += g.shards.Load().shut() + g.countReaders()
	g.remember()
	g.announce(eventRevoked)
	return running, true
}

// settle lets the drain of a gate begin that was shut while running accesses ran. It reports whether none of
// them is running any more, so that the caller must finish now. Otherwise the last access to leave calls
// heir's finish, or, if heir is nil, the caller must wait for eventDrained and finish.
func (g *gate) settle(running int64, heir finisher) (drained bool) {
	if running == 0 {
		g.stage.Store(stageDrained)
		return true
	}
	if heir == nil {
		g.stage.Store(stageAwaited)
	} else {
		g.extension().heir = heir
		g.stage.Store(stageHanded)
	}
	if g.drain.Add(running) == 0 {
		g.stage.Store(stageDrained)
		return true
	}
	return false
}

// interrupt runs the interrupts, last first, each of them also if another panics. Its caller has shut g.
func (g *gate) interrupt() {
	x := g.ext.Load()
	if x == nil || x.interrupts == nil {
		return
	}
	g.noteCall("interrupt")
	defer g.noteCall("")
	for _, fn := range x.interrupts {
		defer fn()
	}
	x.interrupts = nil // for handles that are kept for ever
}

// failed notes an error of the clean-up.
func (g *gate) failed(err error) {
	if err != nil {
		x := g.extension()
		x.errs = append(x.errs, err)
	}
}

// cleanupError returns what went wrong in the clean-up, nil as long as that has not ended.
func (g *gate) cleanupError() error {
	if g == nil || !g.happened(eventCleaned) {
		return nil
	}
	if x := g.ext.Load(); x != nil {
		return join(x.errs)
	}
	return nil
}

// join is errors.Join, but leaves a single error as it is.
func join(errs []error) error {
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

// handOver lets the revoker that waits for the drain go: the last access to leave will finish instead,
// through heir. It fails if none is left; then the caller must finish.
func (g *gate) handOver(heir finisher) bool {
	g.extension().heir = heir
	return g.stage.CompareAndSwap(stageAwaited, stageHanded)
}

// finished records the end of the clean-up and wakes those who wait for it.
func (g *gate) finished() {
	g.shards.Store(nil) // for handles that are kept for ever
	if x := g.ext.Load(); x != nil {
		x.mu.Lock()
		for s := range x.readers { // likewise
			s.forget()
		}
		x.readers = nil
		x.mu.Unlock()
	}
	g.stage.Store(stageCleaned)
	g.announce(eventCleaned)
}

// running returns how many accesses run, as far as one look can tell.
func (g *gate) running() int64 {
	n := unshut(g.open.Load()) + g.readersIn()
	if s := g.shards.Load(); s != nil {
		for i := range s.counters {
			n += unshut(s.counters[i].Load())
		}
	}
	return n
}

func unshut(n int64) int64 {
	if n < 0 {
		n -= shut
	}
	return max(n, 0)
}
