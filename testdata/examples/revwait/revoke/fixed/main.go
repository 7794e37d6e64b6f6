// Revoking what one holds
//
// The access ends first.
package play

import "github.com/revlint/revlint/revocable"

type Port struct{ broken bool }

func check(provider *revocable.Provider[Port]) error {
	p, access := provider.Handle().TryAccess()
	if p == nil {
		return revocable.ErrRevoked
	}
	broken := p.broken
	access.Release()
	if broken {
		provider.Revoke()
	}
	return nil
}
