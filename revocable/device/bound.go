package device

import (
	"context"
	"time"
)

// A Bound is a token: the proof that a device is bound, given to a callback and
// valid until that callback returns. It may be passed down to whatever the callback
// calls and waits for, and to any number of goroutines that it joins; it must not be
// kept. A callback that starts another one does not lend it its own token: every
// callback is given one.
//
// When its callback returns the token is retired, and vouches for nothing any more:
// [Devres.Access] refuses it with [ErrWrongDevice], and its methods and [Manage] panic.
// The same holds for a token that was made otherwise, as by &Bound{}. (A goroutine that
// uses a token while its callback returns is in a data race, which the race detector
// sees.) Debug mode also says where a retired token came from, and the linter finds
// most of these uses before the program runs.
//
//revlint:token
type Bound struct {
	// binding is nil once the token is retired. It is a plain field, so that Access
	// costs no more than a comparison: what a callback does with its token happens
	// before its end, and after that only a token that was kept can be read.
	binding *binding

	holder *holder // in debug mode: whose token it is
}

// A Core is the token given to probe alone. Whoever has one may do all that a
// [Bound] allows.
//
//revlint:token
type Core struct {
	bound *Bound
}

// Bound returns the token of the running probe.
//
//revlint:borrow b from c
func (c *Core) Bound() (b *Bound) { return c.bound }

// probe calls fn with the binding's Core.
func (b *binding) probe(fn func(*Core) error) error {
	token := b.issue(newHolder("the probe"))
	defer token.retire()
	return fn(&Core{bound: token})
}

// within calls fn with a token of its own, in a scope that the caller has entered.
func (b *binding) within(fn func(*Bound) error) error {
	token := b.issue(newHolder("a scope of WithBound"))
	defer token.retire()
	return fn(token)
}

// issue makes a token for the calling goroutine.
func (b *binding) issue(h *holder) *Bound {
	b.holders.enter(h)
	return &Bound{binding: b, holder: h}
}

// retire makes the token worthless.
func (b *Bound) retire() {
	b.binding.holders.leave(b.holder)
	b.binding = nil
}

// valid returns the token's binding. It panics when there is none: what is
// registered through a retired token would never be undone.
func (b *Bound) valid(use string) *binding {
	if b.binding == nil {
		panic(b.misuse(use))
	}
	return b.binding
}

// Device returns the device that the token speaks of.
func (b *Bound) Device() *Device { return b.valid("Bound.Device").dev }

// Go runs fn in a goroutine of its own, with a token of its own. An Unbind, or a Bind
// whose probe fails, cancels ctx, with the cause [ErrUnbound], and waits until fn has
// returned: fn should return soon once ctx is done, and may use its token to bring the
// device to rest before it does.
//
// Go called while an Unbind waits for the calling callback runs fn all the same, with
// a ctx that is cancelled already, so that nobody waits in vain for what fn was to do.
// A panic in fn ends the program, as in every goroutine.
//
//revlint:scoped fn(c) from b
func (b *Bound) Go(fn func(ctx context.Context, c *Bound)) {
	bd := b.valid("Bound.Go")
	h := newHolder("a callback of Bound.Go")
	bd.callbacks.Add(1)
	go func() {
		defer bd.callbacks.Done()
		token := bd.issue(h)
		defer token.retire()
		fn(bd.ctx, token)
	}()
}

// AfterFunc waits for the duration d and then calls fn in a goroutine of its own, with
// a token of its own. An Unbind stops the timer, or waits until fn has returned. A timer
// made after an Unbind has begun never fires. To fire again and again, fn makes a new one.
//
//revlint:scoped fn(c) from b
func (b *Bound) AfterFunc(d time.Duration, fn func(c *Bound)) *Timer {
	bd := b.valid("Bound.AfterFunc")
	h := newHolder("a callback of Bound.AfterFunc")
	t := &Timer{binding: bd}
	bd.mu.Lock()
	defer bd.mu.Unlock()
	if bd.ending {
		return t
	}
	bd.callbacks.Add(1)
	bd.timers[t] = struct{}{}
	t.timer = time.AfterFunc(d, func() {
		if !t.disarm() {
			return
		}
		defer bd.callbacks.Done()
		token := bd.issue(h)
		defer token.retire()
		fn(token)
	})
	return t
}

// OnUnbind registers an action: Unbind runs fn in its turn, see [Device.Unbind]. The
// resources registered before it are still there then, and within reach by
// [Devres.With]; no callback is running any more.
func (b *Bound) OnUnbind(fn func()) { b.valid("Bound.OnUnbind").register(fn) }

// A Timer is the handle of a callback registered by [Bound.AfterFunc].
type Timer struct {
	binding *binding
	timer   *time.Timer // nil if made too late; written and read by who arms and disarms
}

// Stop keeps the timer from firing. It returns true if it did so, and false if the timer
// has fired, or was stopped, already. It does not wait for a callback that is running;
// only Unbind does.
func (t *Timer) Stop() bool {
	if !t.disarm() {
		return false
	}
	t.timer.Stop()
	t.binding.callbacks.Done()
	return true
}

// disarm reports whether the timer was armed: of its firing, its Stop and the end of
// its binding, one alone is told so, and answers for what the timer counts for.
func (t *Timer) disarm() bool {
	t.binding.mu.Lock()
	defer t.binding.mu.Unlock()
	_, armed := t.binding.timers[t]
	delete(t.binding.timers, t)
	return armed
}
