package pollers

import (
	"context"

	"github.com/revlint/revlint/revocable"
)

func releasesHoldTwice(h revocable.Holder) {
	g, ok := h.TryHold()
	if !ok {
		return
	}
	g.Release()
	g.Release() // want revrelease
}

// An empty guard may be released.
func releasesWhateverItGot(h revocable.Holder) {
	g, _ := h.TryHold()
	g.Release()
}

func holdsOneOfTwo(ctx context.Context, p, q *revocable.Provider[port]) error {
	g, ok := q.Handle().TryHold()
	if !ok {
		return nil
	}
	defer g.Release()
	return revocable.RevokeAll(ctx, p, q) // want revwait
}

func revokesTheOther(ctx context.Context, p, q *revocable.Provider[port]) error {
	g, ok := q.Handle().TryHold()
	if !ok {
		return nil
	}
	defer g.Release()
	return p.RevokeContext(ctx)
}

// A hint is no check: the next moment may prove it wrong.
func trustsAlive(h revocable.Handle[port]) int {
	if !h.Alive() {
		return 0
	}
	p, g := h.TryAccess()
	defer g.Release()
	return p.sent // want revnil
}

func skipsByAlive(h revocable.Handle[port]) int {
	if !h.Alive() {
		return 0
	}
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	return p.sent
}

// By the time that the function runs, the resource may be cleaned up.
func lendsToOnRevoke(h revocable.Handle[port]) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	h.OnRevoke(func() { // want revescape
		p.sent = 0
	})
}

func waitsByOnRevoke(h revocable.Handle[port]) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	gone := make(chan struct{})
	stop := h.OnRevoke(func() { close(gone) })
	defer stop()
	<-gone
	return p.sent
}

// It runs on a goroutine of its own, where no access is held.
func revokesWhatHangsOnIt(p, q *revocable.Provider[port]) {
	p.Handle().OnRevoke(func() { q.Revoke() })
}

// A guard that was asked is released all the same.
func leaksWhatWasRevoked(h revocable.Handle[port]) int {
	p, g := h.TryAccess() // want revleak
	if p == nil || g.Revoked() {
		return 0
	}
	defer g.Release()
	return p.sent
}

func usesReaderOfTheOther(p, q *revocable.Provider[port]) {
	r := p.Handle().Reader()
	defer r.Close()
	if _, ok := r.Enter(); ok {
		q.Revoke()
		r.Leave()
	}
}

// What nothing protects wants a reason.
func vouches(h revocable.Handle[port]) int {
	p := h.UnsafeAccess() // want revuse
	if p == nil {
		return 0
	}
	return p.sent
}
