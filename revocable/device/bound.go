package device

import (
	"context"
	"runtime/pprof"
)

// A Bound is a token: the proof that a device is bound, given to a callback and
// valid until that callback returns. It may be passed down to whatever the callback
// calls and waits for, and to any number of goroutines that it joins; it must not be
// kept, and not be copied. A callback that starts another one does not lend it its own
// token: every callback is given one.
//
// When its callback returns the token is retired, and vouches for nothing any more:
// [Devres.Access] and [Data] refuse it with [ErrWrongDevice], and its methods and [Manage]
// panic. The same holds for a token that is nil, a copy, or made otherwise, as by &Bound{}.
// (A goroutine that uses a token while its callback returns is in a data race, which the race
// detector sees.) Debug mode also says where a retired token came from, and the linter finds
// most of these uses before the program runs.
//
//revlint:token
type Bound struct {
	_ noCopy

	// binding is nil once the token is retired. It is a plain field, so that Access
	// costs no more than a comparison: what a callback does with its token happens
	// before its end, and after that only a token that was kept can be read.
	binding *binding

	self *Bound // where the token is: a copy is elsewhere
	more *more  // nil for most
}

// more is what few tokens need.
type more struct {
	parent  *Bound  // a token of the parent device, retired with this one
	probing bool    // it is probe's
	holder  *holder // in debug mode: whose token it is
}

func (b *Bound) rest() more {
	if b.more == nil {
		return more{}
	}
	return *b.more
}

// A Core is the token given to probe alone. Whoever has one may do all that a
// [Bound] allows.
//
//revlint:token
type Core struct {
	_ noCopy

	bound *Bound
}

// Bound returns the token of the running probe.
//
//revlint:borrow b from c
func (c *Core) Bound() (b *Bound) {
	if c == nil {
		return nil
	}
	return c.bound
}

// noCopy makes go vet refuse copies of what has one.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// probe calls fn with the binding's Core.
func (b *binding) probe(fn func(*Core) error) error {
	token := b.issue(newHolder("the probe"), true)
	defer token.retire()
	return fn(&Core{bound: token})
}

// within calls fn with a token of its own, in a scope that the caller has entered.
func (b *binding) within(fn func(*Bound) error) error {
	token := b.issue(newHolder("a scope of WithBound"), false)
	defer token.retire()
	return fn(token)
}

// call calls fn with a token of its own.
func (b *binding) call(h *holder, fn func(*Bound)) {
	token := b.issue(h, false)
	defer token.retire()
	fn(token)
}

// callback is call for a goroutine that is the callback's own and counted.
func (b *binding) callback(h *holder, fn func(*Bound)) {
	b.running.Add(1)
	defer b.running.Add(-1)
	pprof.SetGoroutineLabels(b.ctx)
	b.call(h, fn)
}

// issue makes a token for the calling goroutine.
func (b *binding) issue(h *holder, probing bool) *Bound {
	t := &Bound{binding: b}
	t.self = t
	if h != nil || probing || b.parent != nil {
		t.more = &more{probing: probing, holder: b.holders.enter(h)}
	}
	if b.parent != nil {
		// Probing too: it may be the parent's probe that binds the child.
		t.more.parent = b.parent.issue(h.of(b.dev), probing)
	}
	return t
}

// retire makes the token worthless.
func (b *Bound) retire() {
	more := b.rest()
	b.binding.holders.leave(more.holder)
	b.binding = nil
	if more.parent != nil {
		more.parent.retire()
	}
}

// valid returns the token's binding. It panics when there is none: what is
// registered through a retired token would never be undone.
func (b *Bound) valid(use string) *binding {
	if b == nil || b.self != b || b.binding == nil {
		panic(b.misuse(use))
	}
	return b.binding
}

// mustHave panics if a function is nil: it would be missed only when it is to be called,
// where nobody knows any more who passed it.
func mustHave(fn bool, use string) {
	if !fn {
		panic("device: " + use + " of a nil function")
	}
}

// Device returns the device that the token speaks of.
func (b *Bound) Device() *Device { return b.valid("Bound.Device").dev }

// Go runs fn in a goroutine of its own, with a token of its own. An Unbind, or a Bind
// whose probe fails, cancels ctx, with the cause [ErrUnbound], and waits until fn has
// returned: fn should return soon once ctx is done, and may use its token to bring the
// device to rest before it does. In profiles fn carries the label "device", the device's
// name, and so do all the other callbacks that have a goroutine of their own.
//
// Go called while an Unbind waits for the calling callback runs fn all the same, with
// a ctx that is cancelled already, so that nobody waits in vain for what fn was to do.
// That keeps an Unbind waiting for ever if fn calls Go again, and so on: what schedules
// itself is a [Work]. A panic in fn ends the program, as in every goroutine.
//
//revlint:scoped fn(c) from b
func (b *Bound) Go(fn func(ctx context.Context, c *Bound)) {
	mustHave(fn != nil, "Bound.Go")
	bd := b.valid("Bound.Go")
	h := newHolder("a callback of Bound.Go")
	bd.count("Bound.Go")
	go func() {
		defer bd.callbacks.Done()
		bd.callback(h, func(c *Bound) { fn(bd.ctx, c) })
	}()
}

// count counts one more callback. It panics if the binding is done.
func (b *binding) count(use string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mustLast(use)
	b.callbacks.Add(1)
}

// OnQuiesce registers a function that brings the device to rest: an Unbind, or a Bind whose
// probe fails, calls fn when no callback is running any more, before it takes anything
// away, whenever that was registered. Several are called last first, and those of children
// before those of their parent. fn has a token, so it can reach every
// resource. (It is the unbind callback of Rust's drivers, which are given a &Device<Core>.)
//
// The Unbind goes on when fn panics, as with [Bound.OnUnbind].
//
//revlint:scoped fn(c) from b
func (b *Bound) OnQuiesce(fn func(c *Bound)) {
	mustHave(fn != nil, "Bound.OnQuiesce")
	bd := b.valid("Bound.OnQuiesce")
	bd.mu.Lock()
	defer bd.mu.Unlock()
	bd.mustLast("Bound.OnQuiesce")
	bd.quiets = append(bd.quiets, fn)
}

// OnUnbind registers an action: Unbind runs fn in its turn, see [Device.Unbind]. The
// resources registered before it are still there then, and within reach by
// [Devres.With]; no callback is running any more.
func (b *Bound) OnUnbind(fn func()) {
	mustHave(fn != nil, "Bound.OnUnbind")
	a := &action{fn: fn}
	b.valid("Bound.OnUnbind").register("Bound.OnUnbind", &a.entry, a)
}
