// Package revocabletest helps to test programs that use package revocable. It takes resources away at chosen
// moments, which would not come by themselves in a test.
package revocabletest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
	snares "github.com/revlint/revlint/revocable/internal/snare"
)

// patience is how long the end of a test waits for accesses to end.
const patience = 10 * time.Second

// RevokeAt revokes p at the n-th access from now on, counted from 1, of any kind and through any handle. The
// accesses before it succeed. It and all later ones fail, as if the owner had called RevokeNoWait just before.
// Accesses that were running go on. It returns a function that reports whether the access has come, so that a test
// can try one after the other:
//
//	for n := 1; ; n++ {
//		p := newProvider()
//		revoked := revocabletest.RevokeAt(t, p, n)
//		check(use(p.Handle()))
//		if !revoked() {
//			break // fewer than n accesses
//		}
//	}
//
// When the test ends, p is revoked, if it was not, and the test fails if an access has not ended ten seconds later. A
// second RevokeAt takes the place of the first. It panics if n is not positive. Accesses are slower under it. A
// Reader is counted if it was made after the call.
func RevokeAt[T any](t testing.TB, p *revocable.Provider[T], n int) (revoked func() bool) {
	t.Helper()
	if n < 1 {
		panic(fmt.Sprintf("revocabletest: RevokeAt access %d: they are counted from 1", n))
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := p.RevokeContext(ctx); err == context.DeadlineExceeded {
			t.Errorf("%v: an access has not ended %v after the test", p, patience)
		}
	})
	return snares.RevokeAt(p, int64(n))
}
