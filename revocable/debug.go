package revocable

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unsafe"

	"github.com/revlint/revlint/revocable/internal/debug"
)

// A debugger is where debug mode reports and how patient it is.
type debugger struct {
	stuckAfter time.Duration // how long a revocation may wait before the first report; doubles with each

	mu  sync.Mutex
	out io.Writer
}

// debugging is nil unless debug mode is on. It is set when the program starts.
var debugging = newDebugger(os.Getenv(debug.Variable), os.Stderr)

// newDebugger reads a setting as [debug.Parse] does, and reports what that complains of.
func newDebugger(setting string, out io.Writer) *debugger {
	settings, complaints := debug.Parse(setting)
	if !settings.On {
		return nil
	}
	d := &debugger{stuckAfter: settings.StuckAfter, out: out}
	for _, c := range complaints {
		d.report("%s", c)
	}
	return d
}

// report writes one report, never mixed with another.
func (d *debugger) report(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fmt.Fprintf(d.out, "revocable: "+format+"\n", args...)
}

// A ledger knows the running accesses of one gate in debug mode. The extension's mutex guards it.
type ledger struct {
	resource string // its type
	holders  map[*record]struct{}
	call     string // the owner's function that runs, clean-up or interrupt; "" if none does
	caller   string // the goroutine that runs it

	forgotten runtime.Cleanup // reports that the provider was
}

// A record is what debug mode knows of one access.
type record struct {
	resource string
	taken    debug.Moment
	released debug.Moment // by whom it was released first
	lost     bool         // its guard is garbage
	leak     runtime.Cleanup
}

// A token stands for a gate's counter in the guards of one access and all their copies. Nothing but
// them keeps it alive, so its end tells that they are gone.
type token struct {
	counter // first, so that a guard's counter leads to the token
	record  *record
}

// tokenOf returns the token that c is the counter of. Debug mode is on for a whole process or not at
// all, so every counter that its guards hold is a token's.
func tokenOf(c *counter) *token { return (*token)(unsafe.Pointer(c)) }

// startRecords turns debug mode on for the gate of a resource of the named type.
func (g *gate) startRecords(resource string) {
	g.recorded = true
	g.mode = modeRecorded
	g.ext.Store(&extension{ledger: ledger{resource: resource, holders: make(map[*record]struct{})}})
}

// reportForgotten has it reported if p, in debug mode, becomes garbage without having been revoked: then its
// clean-up never runs.
func reportForgotten[T any](p *Provider[T]) {
	x, made := p.ext.Load(), debug.Now()
	x.forgotten = runtime.AddCleanup(p, func(resource string) {
		debugging.report("forgotten provider of %s: it is garbage, and was never revoked; its clean-up will not run\n%s",
			resource, made.Describe("made"))
	}, x.resource)
}

// remember takes that back: the gate is shut, and somebody sees to the rest.
func (g *gate) remember() {
	if g.recorded {
		g.ext.Load().forgotten.Stop()
	}
}

func (g *gate) enterRecorded() *counter {
	g.pass()
	if g.open.Add(1) < 0 {
		g.open.Add(-1)
		return nil
	}
	x := g.ext.Load()
	r := &record{resource: x.resource, taken: debug.Now()}
	t := &token{record: r}
	r.leak = runtime.AddCleanup(t, func(r *record) { r.reportLeak(x) }, r)
	x.mu.Lock()
	x.holders[r] = struct{}{}
	x.mu.Unlock()
	return &t.counter
}

// endRecord ends the access that c stands for. It panics if that was done before.
func (g *gate) endRecord(c *counter) {
	r, x := tokenOf(c).record, g.ext.Load()
	x.mu.Lock()
	if !r.released.IsZero() {
		x.mu.Unlock()
		panic("revocable: access released twice, through a copy of its guard" + recordedRelease(c))
	}
	r.released = debug.Now()
	delete(x.holders, r)
	x.mu.Unlock()
	r.leak.Stop()
}

// recordedRelease reports the second release of the access that c stands for, and returns what a panic
// should add. It does nothing unless debug mode is on.
func recordedRelease(c *counter) string {
	if debugging == nil {
		return ""
	}
	r := tokenOf(c).record
	debugging.report("double release of an access to %s\n%s%s%s", r.resource,
		r.taken.Describe("taken"), r.released.Describe("released first"), debug.Now().Describe("released again"))
	return " (the stacks are in the report above)"
}

func (r *record) reportLeak(x *extension) {
	x.mu.Lock()
	r.lost = true
	x.mu.Unlock()
	debugging.report("leaked access to %s: its guard is garbage and was never released; no Revoke of it will return\n%s",
		r.resource, r.taken.Describe("taken"))
}

// awaitWatched is await in debug mode: it reports a wait for oneself at once, and a long one again
// and again, at doubling intervals.
func (g *gate) awaitWatched(ctx context.Context, e event) bool {
	waiter := debug.Now()
	g.reportSelfWait(waiter)
	waited := debugging.stuckAfter
	timer := time.NewTimer(waited)
	defer timer.Stop()
	for {
		select {
		case <-g.channel(e):
			return true
		case <-ctx.Done():
			if g.happened(e) {
				return true
			}
			g.reportWait("given up, but in force,", waiter)
			return false
		case <-timer.C:
			g.reportWait("stuck", waiter)
			timer.Reset(waited) // as long again
			waited *= 2
		}
	}
}

func (g *gate) reportSelfWait(waiter debug.Moment) {
	x := g.ext.Load()
	x.mu.Lock()
	call := x.call
	if x.caller != waiter.Goroutine() {
		call = ""
	}
	var own strings.Builder
	for _, r := range x.sorted() {
		if r.taken.Goroutine() == waiter.Goroutine() {
			own.WriteString(r.taken.Describe("access taken"))
		}
	}
	x.mu.Unlock()
	if call != "" {
		debugging.report("revocation of %s inside its own %s: it waits for itself\n%s",
			x.resource, call, waiter.Describe("revoking"))
	}
	if own.Len() > 0 {
		debugging.report("revocation of %s inside an access that the same goroutine took and that has not ended: unless another goroutine releases it, this waits for itself\n%s%s",
			x.resource, waiter.Describe("revoking"), own.String())
	}
}

func (g *gate) reportWait(how string, waiter debug.Moment) {
	x := g.ext.Load()
	var holders strings.Builder
	x.mu.Lock()
	sorted := x.sorted()
	for _, r := range sorted {
		what := "access held"
		if r.lost {
			what = "access leaked"
		}
		holders.WriteString(r.taken.Describe(what))
	}
	if x.call != "" {
		fmt.Fprintf(&holders, "  %s running on goroutine %s\n", x.call, x.caller)
	}
	x.mu.Unlock()
	debugging.report("revocation of %s %s after %v; accesses still running: %d\n%s%s", x.resource, how, waiter.Age(), len(sorted),
		waiter.Describe("revoking"), holders.String())
}

// sorted returns the holders, oldest first.
func (l *ledger) sorted() []*record {
	rs := make([]*record, 0, len(l.holders))
	for r := range l.holders {
		rs = append(rs, r)
	}
	slices.SortFunc(rs, func(a, b *record) int { return cmp.Compare(b.taken.Age(), a.taken.Age()) })
	return rs
}

// noteCall notes, in debug mode, that the calling goroutine runs a function of the owner's: what says which, ""
// that it has ended.
func (g *gate) noteCall(what string) {
	if x := g.ext.Load(); g.recorded {
		x.mu.Lock()
		x.call, x.caller = what, debug.Goroutine()
		x.mu.Unlock()
	}
}
