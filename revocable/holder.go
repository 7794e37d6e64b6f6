package revocable

import (
	"context"
	"fmt"
	"log/slog"
)

// A Holder is a Handle of any type: an access without the resource. It is for code that keeps something
// of other people's from being taken away for a while, or only asks whether it is there. No other type can be one.
type Holder interface {
	// TryHold takes an access, as Handle.TryAccess does, and says whether it got one.
	//
	//revlint:acquire _ guard g from self if ok
	TryHold() (g Guard, ok bool)

	Alive() bool
	Revoked() <-chan struct{}
	Context(parent context.Context) (context.Context, context.CancelFunc)
	OnRevoke(fn func()) (stop func() bool)

	fmt.Stringer
	slog.LogValuer

	holds() *gate // nil for a zero handle
}

// TryHold is TryAccess for a caller that needs no pointer. It returns a guard that keeps the resource from being cleaned
// up until it is released, and true; or an empty guard and false if the resource was revoked.
//
//revlint:acquire _ guard g from h if ok
func (h Handle[T]) TryHold() (g Guard, ok bool) {
	if p := h.p; p != nil {
		if g.counter = p.enter(enterSlow); g.counter != nil {
			g.gate, ok = &p.gate, true
		}
	}
	return
}

func (h Handle[T]) holds() *gate { return h.p.cell() }
