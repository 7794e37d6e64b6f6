package revocable

// A Guard is one running access. It is a small plain value: hand it on by return, argument or field,
// and let whoever is done with the resource call Release, on any goroutine. Copying it hands the
// access on; the copy left behind must not be released as well.
//
// The zero Guard is empty. It is what a failed TryAccess returns, and releasing it does nothing.
type Guard struct {
	gate    *gate    // nil once released, and in an empty guard
	counter *counter // what the access is counted in; stays after Release, which tells it from an empty guard
}

// Release ends the access. The pointer that came with the guard, and whatever was reached through it,
// must not be used any more. The call of Release synchronizes before the clean-up, and before the
// return of every Revoke that waits for it.
//
// If no revoker waits and this was the last access after a revocation, Release runs the clean-up.
// A panic in the clean-up then passes through Release.
//
// A second Release of the same Guard variable panics. A second Release through a copy makes the count
// of accesses wrong: the program may revoke too early, or panic, at once or elsewhere. Debug mode
// names it when it happens, and the linter finds it before. If two calls on one variable race, that is a
// data race.
//
//revlint:release g
func (g *Guard) Release() {
	// In this form the method is inlined, with nothing of the inliner's budget to spare.
	if g.gate == nil || g.counter.Add(-1) < 0 {
		g.releaseSlow()
	}
	g.gate = nil
}

// Revoked reports whether the resource has been revoked while the access runs, at the cost of one load. An
// access that takes long asks it now and then, so as not to hold the revoker up:
//
//	for !g.Revoked() && s.Step() {
//	}
//
// It is true of a guard that is empty or released, so that such a loop ends.
func (g *Guard) Revoked() bool { return g.gate == nil || g.gate.open.Load() < 0 }

func (g *Guard) releaseSlow() {
	gate := g.gate
	if gate == nil {
		if g.counter == nil {
			return
		}
		panic("revocable: guard released twice" + recordedRelease(g.counter))
	}
	g.gate = nil // whatever the clean-up does, this guard is spent
	gate.leave(g.counter)
}
