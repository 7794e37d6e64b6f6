package revio

import (
	"context"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// An Owner takes away what was wrapped together with it, and all that was opened, accepted or made through that. It
// is a [revocable.Revoker], so [revocable.RevokeAll] takes it too, and must not be copied.
type Owner op.Core

var _ revocable.Revoker = (*Owner)(nil)

// Revoke makes every later operation fail, wakes those that sleep, waits for those that run, and returns. Every caller
// waits; it returns true to the one that began it. No object is closed: that remains with whoever uses it.
//
// Revoking inside an operation, as from within a Read of the wrapped object, waits for itself.
//
//revlint:waits o
func (o *Owner) Revoke() bool { return (*op.Core)(o).Revoke() }

// RevokeContext is Revoke, but waits no longer than ctx lasts: see [revocable.Provider.RevokeContext].
//
//revlint:waits o
func (o *Owner) RevokeContext(ctx context.Context) error { return (*op.Core)(o).RevokeContext(ctx) }

// RevokeNoWait is Revoke, but waits for nobody: see [revocable.Provider.RevokeNoWait].
func (o *Owner) RevokeNoWait() bool { return (*op.Core)(o).RevokeNoWait() }

// An Option says more about what is wrapped.
type Option func(*op.Settings)

// Behind makes every operation pass further providers, too. It fails once one of them has been revoked, and their
// revocation wakes it and waits for it, as the owner's does. So an open file stands behind its chip, and both
// behind the bus. For that, version 5 of fs_revocable has several providers.
//
// A provider behind wakes by [revocable.Handle.OnRevoke], in a goroutine of its own, and knows nothing of the
// object any more once that is closed.
func Behind(holders ...revocable.Holder) Option {
	return func(s *op.Settings) { s.Behind = append(s.Behind, holders...) }
}

// Interrupt calls fn once when a revocation has begun, to wake operations of objects that have no deadlines. It
// runs on the revoker's goroutine or, for a provider behind, on another, and must not block. If there are
// providers behind, it is called only if an operation is running. An operation that had begun before may go to
// sleep after fn, so what fn does must last, as closing the other end of a pipe does.
func Interrupt(fn func()) Option {
	if fn == nil {
		panic("revio: Interrupt with a nil function")
	}
	return func(s *op.Settings) { s.Interrupts = append(s.Interrupts, fn) }
}

// ErrorIs makes errors of revocation also match each of targets, as errors.Is sees it. An example is syscall.ENODEV, for
// programs that know what a C library would have told them.
func ErrorIs(targets ...error) Option {
	return func(s *op.Settings) { s.Is = append(s.Is, targets...) }
}

// settle adds the options up.
func settle(opts []Option) (s op.Settings) {
	for _, o := range opts {
		o(&s)
	}
	return s
}
