package device

import (
	"context"
	"errors"
	"io/fs"
	"sync/atomic"

	"github.com/revlint/revlint/revocable"
)

var (
	// ErrUnbound says that the device is not bound: it never was, its probe is
	// still running, or an Unbind has begun. It is also the cause of the contexts
	// that [Bound.Go] hands out, once they are cancelled. As what was taken away with the
	// device cannot be told from it, errors.Is says that it is [revocable.ErrRevoked],
	// and so [fs.ErrClosed].
	ErrUnbound error = unboundError{}

	// ErrWrongDevice says that a token does not vouch for a resource: the token is
	// of another device, of another binding of the same device, or no longer valid.
	ErrWrongDevice = errors.New("device: resource and token are not of the same binding")

	// ErrBound says that the device is bound, or that its probe or its Unbind is
	// still running.
	ErrBound = errors.New("device: already bound")
)

type unboundError struct{}

func (unboundError) Error() string { return "device: not bound" }

func (unboundError) Is(target error) bool {
	return target == revocable.ErrRevoked || target == fs.ErrClosed
}

// A Device is something a driver can be bound to, and which may be taken away
// from it at any time. It is bound and unbound any number of times, one binding
// after another. All its methods may be called from many goroutines at once.
// A Device must not be copied. A nil Device is never bound.
type Device struct {
	name   string
	parent *binding // of which it is a child; nil if of none

	// binding is the present binding, from the beginning of Bind to the end of
	// Unbind. Whoever swaps it from nil owns the right to probe.
	binding atomic.Pointer[binding]

	// bound grants the scopes of WithBound: set when probe has succeeded, and
	// revoked when Unbind begins.
	bound atomic.Pointer[revocable.Provider[binding]]
}

// New makes a device that is not bound. The name stands in reports and nowhere
// else: two devices may have the same.
func New(name string) *Device { return &Device{name: name} }

// Bind runs probe, and the device is bound once probe has returned nil. The
// [Core] given to probe is valid until probe returns; through it probe registers
// resources, actions and callbacks. These callbacks may run at once, while probe
// is still running, as interrupts may.
//
// If probe returns an error, panics or calls [runtime.Goexit], then Bind undoes
// what it registered exactly as [Device.Unbind] would, and only then returns
// that error or lets the panic pass on. It waits for callbacks that probe
// started, without a limit.
//
// Bind returns ErrBound when the device is bound, and ErrUnbound when d is nil, or a child whose
// parent is not bound any more, see [Bound.NewChild]. This includes the time in
// which another Bind still runs its probe, and that in which an Unbind has
// begun but not finished. Bind does not wait for it, because it would have no
// means to stop waiting; to bind again, call Unbind first.
// An Unbind during probe lets probe come to its end, and unbinds then: Bind
// returns nil all the same, because the device was bound.
//
//revlint:scoped probe, probe(c) from d
func (d *Device) Bind(probe func(c *Core) error) (err error) {
	mustHave(probe != nil, "Device.Bind")
	return d.bind(false, probe)
}

// bind binds d. If withData, then probe sets the data.
func (d *Device) bind(withData bool, probe func(c *Core) error) (err error) {
	if d == nil {
		return ErrUnbound
	}
	b := newBinding(d)
	b.data.expected = withData
	if !d.binding.CompareAndSwap(nil, b) {
		return ErrBound
	}
	succeeded := false
	defer func() { // deferred, so that it also sees to a probe that panics
		if succeeded && b.orphaned() {
			succeeded, err = false, ErrUnbound
		}
		if succeeded {
			d.bound.Store(b.scopes) // revoked already if an Unbind has begun
		}
		close(b.probed)
		if !succeeded {
			b.begin()
			b.undo() // or wait for an Unbind that does
		}
	}()
	if b.parent != nil && !b.parent.adopt(b) {
		return ErrUnbound
	}
	err = b.probe(probe)
	succeeded = err == nil
	return err
}

// Unbind takes the device away from its driver, in this order:
//
//   - [Device.WithBound] and, for timers, [Bound.AfterFunc] start nothing more, and
//     the contexts given by [Bound.Go] are cancelled, with the cause ErrUnbound;
//   - it waits for the running probe, scopes and callbacks, also those of the children of
//     [Bound.NewChild]; until they return, their tokens and the resources are valid;
//   - it runs the functions of [Bound.OnQuiesce], last first, those of children before, with
//     everything still there;
//   - it undoes all that was registered, last first: runs the actions of
//     [Bound.OnUnbind], unbinds children, and takes each resource away from the accesses outside of
//     callbacks ([Devres.TryAccess] fails from here on), waits for those that are
//     running, and releases it. As the order is strict, an action and a release
//     still find the resources that were registered before them.
//
// All this has finished when Unbind returns nil. Every caller waits for it, the
// one that began it and those that came later; an Unbind of a device that is not
// bound returns nil at once.
//
// When ctx ends first, Unbind returns its cause. The unbinding stays in force: it
// goes on, and finishes as soon as what it waits for lets it.
//
// A panic in an action, a release or a function of OnQuiesce does not stop the others from being undone. It
// then passes on to the caller whose Unbind began the work, or to that of a Bind
// whose probe failed; if that caller has stopped waiting, it ends the program, as
// any panic does that nobody can recover from.
//
// Unbind called within a scope, a callback or the probe of the same device, or
// within an action or a release, waits for itself. In debug mode that is reported;
// see the package's documentation. With a ctx that has ended already Unbind waits for
// nobody, and may be called anywhere.
//
//revlint:waits d
func (d *Device) Unbind(ctx context.Context) error {
	if d == nil {
		return nil
	}
	b := d.binding.Load()
	if b == nil {
		return nil
	}
	if settings.On && ctx.Err() == nil {
		b.reportSelfUnbind()
	}
	return b.Unbind(ctx)
}

// WithBound calls fn with a token of the device, which stays bound until fn has
// returned: an Unbind that begins meanwhile waits for it. The token is valid until
// then. Scopes run side by side and nest; the cost of entering one is about that of
// [Devres.TryAccess] and one small allocation, and every access within costs a
// comparison.
//
// WithBound returns ErrUnbound, without calling fn, when the device is not bound,
// and otherwise what fn returns.
//
//revlint:scoped fn, fn(b) from d
func (d *Device) WithBound(fn func(b *Bound) error) error {
	mustHave(fn != nil, "Device.WithBound")
	if d == nil {
		return ErrUnbound
	}
	b, scope := d.bound.Load().Handle().TryAccess()
	if b == nil {
		return ErrUnbound
	}
	defer scope.Release()
	return b.within(fn)
}
