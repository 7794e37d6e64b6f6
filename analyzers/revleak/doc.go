// Package revleak defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revleak
//
// revleak: check that every access is released on every path
//
// The revleak analyzer reports an access that is not released on some path to a
// return. Whoever wants to revoke the resource then waits for ever. A transaction
// that is never closed keeps its pages, and a connection its place in the pool.
//
//	p, g := handle.TryAccess() // not released on every path
//	if p == nil {
//		return ErrGone
//	}
//	if !p.Ready() {
//		return ErrNotReady // this return leaves it unreleased
//	}
//	g.Release()
//
// Defer the release right after the check. revleak reports the call that gave the
// access, and names the return that leaves it behind.
//
// An access that is handed on counts as released: it is returned, stored in an
// owner (a field, a map, a slice, a global), sent away, captured by a function that
// releases it, or passed to a function that releases it or whose body is not in
// sight. A constructor that stores the access in the object it returns hands it on
// where it returns the object. It leaks the access where it returns an error
// instead.
//
// Where a contract says "brief" (files, responses, rows, connections), it also reports a
// release that a loop defers: that waits until the function returns, and until then
// each round adds one more. Not where anything else can get at what is deferred.
//
// A mutex that its function does not unlock at all is reported where nobody else does it:
// the mutex is not exported, nothing takes its address, and in the package each unlock
// comes after a lock in its own function.
//
// revleak does not report what a contract calls "optional" (sync.Pool: the garbage
// collector takes what is not put back), nor paths that panic or end the program.
package revleak
