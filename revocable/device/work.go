package device

import (
	"context"

	"github.com/revlint/revlint/revocable/internal/debug"
)

// A Work is something to be done now and then, as soon as possible, but not by the goroutine
// that asks for it, such as what an interrupt leaves for later. It is made by [Bound.NewWork], and must not be
// copied. A nil or zero Work is one whose device was unbound long ago.
//
// It is what Linux calls a work item, and an Unbind does to it what cancel_work_sync does,
// which copes with work that queues itself.
type Work struct {
	_ noCopy

	binding *binding
	fn      func(context.Context, *Bound)
	holder  *holder

	// The rest is guarded by the binding's mutex.
	pending bool          // queued, and not begun
	runner  string        // the goroutine that runs it, "?" before that knows, "" if none does
	waiters int           // calls of Cancel that wait
	idle    chan struct{} // closed when it has ended, made by who waits for that
}

// NewWork makes a work item: whenever it is queued, fn runs in a goroutine of its own, with
// a token of its own, and never twice at a time. An Unbind, or a Bind whose probe fails,
// cancels ctx, takes the item off the queue, and waits until fn has returned.
//
//revlint:scoped fn(c) from b
func (b *Bound) NewWork(fn func(ctx context.Context, c *Bound)) *Work {
	mustHave(fn != nil, "Bound.NewWork")
	return &Work{binding: b.valid("Bound.NewWork"), fn: fn, holder: newHolder("a work item")}
}

// Queue makes the function run once: at once, or, if it is running, when that run has
// ended. It may be called by the function itself, and without a token. It returns false,
// and does nothing, if the item is queued already and that run has not begun, while a
// [Work.Cancel] waits, and once an Unbind has begun. Work that was queued before the Unbind, and
// has not begun, does not run any more.
func (w *Work) Queue() bool {
	if w == nil || w.binding == nil {
		return false
	}
	b := w.binding
	b.mu.Lock()
	defer b.mu.Unlock()
	if w.pending || w.waiters > 0 || b.ending {
		return false
	}
	w.pending = true
	if w.runner == "" {
		w.start()
	}
	return true
}

// Cancel takes the item off the queue and waits until the function is not running. When it
// returns the item is idle, unless it is queued again. Called by the function itself, on
// its own goroutine, it only takes the item off the queue.
//
//revlint:waits w
func (w *Work) Cancel() {
	if w == nil || w.binding == nil {
		return
	}
	b := w.binding
	b.mu.Lock()
	w.pending = false
	if w.runner == "" || w.runner == debug.Goroutine() {
		b.mu.Unlock()
		return
	}
	if w.idle == nil {
		w.idle = make(chan struct{})
	}
	idle := w.idle
	w.waiters++
	b.mu.Unlock()

	<-idle

	b.mu.Lock()
	w.waiters--
	b.mu.Unlock()
}

// start has a goroutine run the item once. Its caller holds the binding's mutex.
func (w *Work) start() {
	w.binding.callbacks.Add(1)
	w.runner = "?"
	go w.run()
}

func (w *Work) run() {
	b := w.binding
	defer b.callbacks.Done()
	defer w.ended()
	self := debug.Goroutine()
	b.mu.Lock()
	wanted := w.pending && !b.ending
	w.pending = false
	w.runner = self
	b.mu.Unlock()
	if wanted {
		b.callback(w.holder, func(c *Bound) { w.fn(b.ctx, c) })
	}
}

// ended has the item run again, or wakes those who wait until it does not.
func (w *Work) ended() {
	b := w.binding
	b.mu.Lock()
	defer b.mu.Unlock()
	if w.pending && !b.ending {
		w.start()
		return
	}
	w.pending = false
	w.runner = ""
	if w.idle != nil {
		close(w.idle)
		w.idle = nil
	}
}
