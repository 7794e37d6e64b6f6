// Revoking what one holds
//
// Revoke waits until all accesses have ended, and one of them is here.
package play

import "github.com/revlint/revlint/revocable"

type Port struct{ broken bool }

func check(provider *revocable.Provider[Port]) error {
	p, access := provider.Handle().TryAccess()
	if p == nil {
		return revocable.ErrRevoked
	}
	defer access.Release()
	if p.broken {
		provider.Revoke() // want revwait
	}
	return nil
}
