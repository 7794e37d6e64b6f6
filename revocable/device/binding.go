package device

import (
	"context"
	"runtime/pprof"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/revlint/revlint/revocable"
)

// A binding is one time that a device is bound, from the beginning of Bind to the
// end of Unbind. Tokens and resources belong to a binding rather than to a device,
// so that those of an earlier binding are refused in a later one.
//
// It ends in three steps, each of which is made once, whoever comes to it first:
//
//   - begin stops all that can be stopped without waiting;
//   - quieten waits until no callback runs, and then runs the functions of OnQuiesce,
//     while everything that was registered is still there;
//   - finish undoes the list.
//
// The first two take the children with them. What is left of a child is undone in its place in
// the parent's list, unless an Unbind of its own comes before.
type binding struct {
	dev    *Device
	parent *binding        // nil without one
	place  entry           // in the parent's list
	ctx    context.Context // of the callbacks; also has their profiler labels
	cancel context.CancelCauseFunc

	scopes  *revocable.Provider[binding] // each scope of WithBound is an access to it
	probed  chan struct{}                // closed once probe has returned
	fenced  step
	quiet   step
	claimed atomic.Bool   // somebody will finish
	done    chan struct{} // closed once all is undone

	data driverData
	ends []func() // see OnEnd; guarded by mu

	// callbacks counts the callbacks that run and the timers that are armed. It may be
	// raised during a wait for its end, since whoever raises it does so within a probe,
	// a scope or a callback: the first two have ended before that wait, the third is
	// counted.
	callbacks sync.WaitGroup
	running   atomic.Int64 // callbacks that run, for LogValue

	list   // its mutex also guards what follows
	ending bool
	undone bool                // or about to be: nothing may be registered any more
	timers map[*Timer]struct{} // the armed ones: who takes one out answers for its count
	quiets []func(b *Bound)    // what was registered by OnQuiesce, oldest first

	holders holders // in debug mode, the tokens that are valid
}

func newBinding(d *Device) *binding {
	b := &binding{
		dev:    d,
		parent: d.parent,
		probed: make(chan struct{}),
		done:   make(chan struct{}),
		timers: make(map[*Timer]struct{}),
	}
	b.ctx, b.cancel = context.WithCancelCause(context.Background())
	b.ctx = pprof.WithLabels(b.ctx, pprof.Labels("device", d.name))
	b.scopes = revocable.NewProvider(b)
	if b.parent != nil {
		b.fenced.made, b.quiet.made = make(chan struct{}), make(chan struct{})
	}
	return b
}

// register puts what e undoes at the end of the list, for the method or function that
// use names. It panics if the binding is done: nobody would ever undo it.
func (b *binding) register(use string, e *entry, u undoer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mustLast(use)
	b.add(e, u)
}

// mustLast panics if the binding is done. Its caller holds the mutex.
func (b *binding) mustLast(use string) {
	if b.undone {
		panic("device: " + use + " after the unbind")
	}
}

// begin makes the binding end: it stops all that can be stopped without waiting.
func (b *binding) begin() {
	b.mu.Lock()
	if b.ending {
		b.mu.Unlock()
		return
	}
	b.ending = true
	armed := b.timers
	b.timers = nil
	b.mu.Unlock()

	b.scopes.RevokeNoWait()
	b.cancel(ErrUnbound)
	for t := range armed {
		t.timer.Stop() // or it would keep all that it needs in memory until its time has come
		b.callbacks.Done()
	}
	for _, c := range b.children() { // all there will be
		c.begin()
	}
}

// claim reports whether the caller is the one who has to finish. It has begun before.
func (b *binding) claim() bool { return b.claimed.CompareAndSwap(false, true) }

// fence waits until nothing is running that holds a token, of the children first, because they
// may start callbacks of their parent.
func (b *binding) fence() {
	b.fenced.take(func() {
		for _, c := range b.children() {
			c.fence()
		}
		<-b.probed
		b.scopes.Revoke()
		b.callbacks.Wait()
	})
}

// quieten waits for the fence and runs what is to run then.
func (b *binding) quieten() {
	b.quiet.take(func() {
		b.fence()
		defer b.callbacks.Wait() // for those that a function of OnQuiesce starts
		defer b.quiesce()
		defer b.callbacks.Wait()
		for _, c := range b.children() {
			defer c.quieten() // last first
		}
	})
}

// A step is made once. Whoever comes later waits until it has been made.
type step struct {
	begun atomic.Bool
	made  chan struct{} // nil for a binding without a parent, where nobody else comes
}

func (s *step) take(make func()) {
	if !s.begun.CompareAndSwap(false, true) {
		<-s.made
		return
	}
	if s.made != nil {
		defer close(s.made)
	}
	make()
}

// quiesce runs the functions of OnQuiesce, last first, also those that they register.
func (b *binding) quiesce() {
	next := func() (fn func(*Bound)) {
		b.mu.Lock()
		defer b.mu.Unlock()
		if n := len(b.quiets); n > 0 {
			fn = b.quiets[n-1]
			b.quiets = slices.Delete(b.quiets, n-1, n)
		}
		return fn
	}
	complete := false
	defer func() {
		if !complete {
			b.quiesce() // also when one of them panics
		}
	}()
	for fn := next(); fn != nil; fn = next() {
		b.call(newHolder("a function of Bound.OnQuiesce"), fn)
	}
	complete = true
}

// finish waits until nothing is running that holds a token, then undoes the list.
// Only who has claimed that calls it.
func (b *binding) finish() {
	defer b.ended()
	if settings.On {
		go b.watch()
	}
	defer b.undoRest() // also when a function of OnQuiesce panics
	b.quieten()
}

func (b *binding) undoRest() {
	b.mu.Lock()
	b.undone = true
	b.mu.Unlock()
	defer b.holders.leave(b.holders.enter(newHolder("the undoing of the binding")))
	b.undoAll()
}

// ended takes leave of the binding, all of which is undone.
func (b *binding) ended() {
	b.mu.Lock()
	ends := b.ends
	b.ends = nil
	b.mu.Unlock()
	for _, fn := range ends {
		fn()
	}
	b.data.clear()
	b.dev.bound.Store(nil)
	b.dev.binding.Store(nil)
	if b.parent != nil {
		b.parent.take(&b.place)
	}
	close(b.done)
}

// finishWithin is finish, but leaves it behind when ctx ends.
func (b *binding) finishWithin(ctx context.Context) error {
	if ctx.Done() == nil {
		b.finish()
		return nil
	}
	// A release or an action cannot be left behind by its own goroutine, hence
	// another one. Either it has finished before the caller goes, who then hears of it,
	// or the caller has gone, and a panic ends the program.
	var settled atomic.Bool
	outcome := make(chan any, 1)
	go func() {
		defer func() {
			panicked := recover()
			if settled.CompareAndSwap(false, true) {
				outcome <- panicked
			} else if panicked != nil {
				panic(panicked)
			}
		}()
		b.finish()
	}()
	hear := func(panicked any) error {
		if panicked != nil {
			panic(panicked)
		}
		return nil
	}
	select {
	case panicked := <-outcome:
		return hear(panicked)
	case <-ctx.Done():
		if settled.CompareAndSwap(false, true) {
			return context.Cause(ctx)
		}
		return hear(<-outcome)
	}
}

// wait waits for somebody else to finish, or for ctx to end.
func (b *binding) wait(ctx context.Context) error {
	select {
	case <-b.done:
		return nil
	case <-ctx.Done():
	}
	select {
	case <-b.done: // both: which one was first nobody can tell, so what is done is done
		return nil
	default:
		return context.Cause(ctx)
	}
}
