// Package revrelease defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revrelease
//
// revrelease: check that every release has an access to release, and only once
//
// The revrelease analyzer reports releases that release nothing, or the wrong
// thing:
//
//   - a second release of the same access on some path, also through a copy of the
//     guard;
//   - a release where there was no access on any path that reaches it;
//   - a release to another owner than the one the access was taken from.
//
// For example:
//
//	p, g := handle.TryAccess()
//	if p == nil {
//		g.Release() // there is nothing to release here
//		return
//	}
//
// A deferred release counts where it runs, at the exits of the function, and is
// reported at its defer. Copying a guard hands the access on and is no mistake;
// releasing both copies is. If a contract calls a release idempotent, it may come
// again, except where the guard was given out "once".
//
// revrelease does not report a second release if the first happened on other paths
// only, in code out of sight, or to one of several guards.
package revrelease
