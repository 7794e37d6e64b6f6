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

// RevokeAll revokes all of ps as one. First none of them admits a new access any more. Then it runs their
// interrupts. Then it waits for the running accesses of all of them together: one grace period, however many there
// are. Then it cleans up, in argument order, those whose revocation it began. Last it waits for those that another
// caller is cleaning up. Nil and zero providers, and those named twice, do no harm, and neither do calls of
// RevokeAll that cross.
//
// When ctx ends first, RevokeAll returns context.Cause(ctx). The revocation of all of them stays in
// force: those that were drained are cleaned up before it returns, each of the others when its last
// access ends. That cause and the errors of the clean-ups that have ended, see WithCleanupError, are joined.
//
// When an interrupt or a clean-up panics, what is left is still done, and then the panic goes on.
//
//revlint:waits ps
func RevokeAll(ctx context.Context, ps ...Revoker) (err error) {
	var ours []flipped
	var others []Revoker
	for _, p := range ps {
		if p == nil || p.cell().void() {
			continue
		}
		if running, began := p.cell().shut(); began {
			ours = append(ours, flipped{p, running})
		} else {
			others = append(others, p)
		}
	}
	defer func() { // deferred, so that the revocation goes on when an interrupt panics
		errs := awaitAll(ctx, ours, others)
		err = join(append(errs, cleanupErrors(ps)...))
	}()
	each(ours, func(f flipped) { f.cell().interrupt() })
	return nil
}

// A flipped provider is one whose revocation this call began, while so many accesses ran.
type flipped struct {
	Revoker
	running int64
}

// awaitAll waits for the drains of ours and cleans them up, and then for others. If ctx ends first, it returns
// that returns its cause.
func awaitAll(ctx context.Context, ours []flipped, others []Revoker) (errs []error) {
	for i := range ours {
		if f := &ours[i]; f.cell().settle(f.running, nil) {
			f.running = 0
		}
	}
	drained := ours[:0]
	for _, f := range ours {
		if g := f.cell(); f.running == 0 || g.await(ctx, eventDrained) || !g.handOver(f.Revoker) {
			drained = append(drained, f)
		} else {
			errs = []error{context.Cause(ctx)}
		}
	}
	each(drained, func(f flipped) { f.finish() })

	// Only now wait for other callers: they may be waiting for what was just cleaned up.
	for _, p := range others {
		if !p.cell().await(ctx, eventCleaned) {
			errs = []error{context.Cause(ctx)}
		}
	}
	return errs
}

// each calls f with all of s in order, also when a call panics.
func each[E any](s []E, f func(E)) {
	next := 0
	defer func() {
		if next < len(s) {
			each(s[next:], f)
		}
	}()
	for next < len(s) {
		next++
		f(s[next-1])
	}
}

// cleanupErrors returns what went wrong in the clean-ups of ps, as far as they have ended.
func cleanupErrors(ps []Revoker) (errs []error) {
	var seen map[*gate]bool
	for _, p := range ps {
		if p == nil {
			continue
		}
		g := p.cell()
		if err := g.cleanupError(); err != nil && !seen[g] {
			if seen == nil {
				seen = make(map[*gate]bool)
			}
			seen[g] = true
			errs = append(errs, err)
		}
	}
	return errs
}
