package revocable

// A Guard is one running access. It is a small plain value: hand it on by return, argument or field,
// and let whoever is done with the resource call Release, on any goroutine. Copying it hands the
// access on; the copy left behind must not be released too.
//
// The zero Guard is empty: it is what a failed TryAccess returns, and releasing it does nothing.
type Guard struct {
	owner   owner    // nil once released, and in an empty guard
	counter *counter // what this access was counted in; kept after Release, to tell it from an empty guard
}

// An owner is the provider a guard belongs to, whatever its type argument.
type owner interface {
	left(c *counter, left int64)
}

// Release ends the access. The pointer that came with the guard, and everything reached through it,
// must not be used any more. What this goroutine did before Release happens before the revocation's
// clean-up and before the return of every Revoke that waits for it.
//
// If the resource was revoked meanwhile, no revoker waits and this was the last access, Release runs
// the clean-up; a panic in it passes through Release.
//
// A second Release of the same Guard variable panics. A second Release through a copy corrupts the
// count of accesses: some of them panic too, debug mode names them all, and the linter finds them at
// compile time. Two calls that race are a data race.
//
//revlint:release g
func (g *Guard) Release() {
	o := g.owner
	if o == nil {
		if g.counter != nil {
			panic("revocable: guard released twice")
		}
		return
	}
	g.owner = nil
	if left := g.counter.Add(-1); left < 0 {
		o.left(g.counter, left)
	}
}
