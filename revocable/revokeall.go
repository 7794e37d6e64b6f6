package revocable

import "context"

// A Revoker is a *Provider of any type. No other type can be one.
type Revoker interface {
	Revoke() bool
	RevokeContext(ctx context.Context) error
	RevokeNoWait() bool

	finisher
	cell() *gate
}

// RevokeAll revokes all of ps as one. First none of them admits a new access any more; then it waits
// for the running accesses of all of them together, one grace period however many there are; then it
// cleans up, in argument order, those whose revocation it began; and last it waits for those that
// another caller is cleaning up. Nil and zero providers, and those named twice, do no harm, and
// neither do calls of RevokeAll that cross.
//
// When ctx ends first, RevokeAll returns context.Cause(ctx). The revocation of all of them stays in
// force: those that were drained are cleaned up before it returns, each of the others when its last
// access ends.
//
// When a clean-up panics, the clean-ups after it still run, and then the panic goes on.
//
//revlint:waits ps
func RevokeAll(ctx context.Context, ps ...Revoker) error {
	var ours, others []Revoker
	for _, p := range ps {
		if p == nil || p.cell().void() {
			continue
		}
		if began, _ := p.cell().revoke(nil); began {
			ours = append(ours, p)
		} else {
			others = append(others, p)
		}
	}

	var err error
	drained := ours[:0]
	for _, p := range ours {
		if g := p.cell(); g.await(ctx, eventDrained) || !g.handOver(p) {
			drained = append(drained, p)
		} else {
			err = context.Cause(ctx)
		}
	}
	finishAll(drained)

	// Only now wait for other callers: they may be waiting for what was just cleaned up.
	for _, p := range others {
		if !p.cell().await(ctx, eventCleaned) {
			err = context.Cause(ctx)
		}
	}
	return err
}

// finishAll finishes all of ps in order, also when one of them panics.
func finishAll(ps []Revoker) {
	next := 0
	defer func() {
		if next < len(ps) {
			finishAll(ps[next:])
		}
	}()
	for next < len(ps) {
		next++
		ps[next-1].finish()
	}
}
