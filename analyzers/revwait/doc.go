// Package revwait defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revwait
//
// revwait: check that nobody waits for an access that they hold themselves
//
// The revwait analyzer reports calls that wait for an access which the caller
// itself holds: Revoke inside one's own access, Unbind inside WithBound, Close of
// a database inside one of its transactions. Such a call never returns.
//
//	p, g := handle.TryAccess()
//	if p == nil {
//		return
//	}
//	defer g.Release()
//	if p.Broken() {
//		provider.Revoke() // waits for the access to p, which is held here
//	}
//
// Release first, or end the resource in a way that does not wait (RevokeNoWait).
//
// revwait also sees a wait in a callee, of this package or another. It reports
// only where the owner is certainly the one that the access was taken from: the
// same variable, or the same field of the same object with no store between.
//
// A mutex is waited for by Lock and by RLock, and who has it is the one who locked
// it. So a method that locks what its caller has locked never returns:
//
//	func (q *queue) push(s string) {
//		q.mu.Lock()
//		defer q.mu.Unlock()
//		if q.len() < 10 { // len locks q.mu, which is held here
//			q.items = append(q.items, s)
//		}
//	}
//
// Divide len into one that locks, and one that wants the lock to be held. Two read
// locks at a time are not reported, nor is TryLock.
package revwait
