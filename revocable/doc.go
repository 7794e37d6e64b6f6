// Package revocable hands out access to a resource that may be taken away at any time: a device that is
// unplugged, a plug-in that is unloaded, a tenant that is evicted, a mapping that is replaced.
//
// The owner makes a [Provider]. Everybody else keeps a [Handle], a weak reference that never keeps the
// resource from being taken away. A user of the resource asks for access, checks that there is
// something, uses the pointer, and gives the access back:
//
//	s, g := sensor.TryAccess()
//	if s == nil {
//		return revocable.ErrRevoked // unplugged
//	}
//	defer g.Release()
//	return s.Read(buf)
//
// [Handle.With] and [Handle.Live] do that for a function or a block. The owner's [Provider.Revoke] makes
// every later access fail, waits for those that run, runs the clean-up, and returns. So the resource is first
// unavailable, then idle, then destroyed.
//
// Accesses do not exclude each other. They only hold the clean-up off. They may sleep, nest and overlap, and
// one goroutine may release an access that another took. The owner waits for accesses, so an access that
// sleeps should wake at [Handle.Revoked] or [Handle.WithContext], and one that computes should ask
// [Guard.Revoked]. An owner that can wake its users, by closing what they sleep on, does so in [WithInterrupt].
//
// # Where something else does better
//
// If you can stop the users of a resource, stop them. A goroutine that is joined, a timer that is stopped, a
// callback that is unregistered before the resource goes needs no check at each use. Package device is for
// that. TryAccess is for users that you cannot stop, because they are someone else's.
//
// # Memory model
//
// In the terms of the Go memory model:
//
//   - The call of NewProvider synchronizes before any access, that of a Reader too.
//   - The end of each access synchronizes before the clean-up: the call of [Guard.Release] or [Reader.Leave], or the
//     return of what With, WithContext, Do, With2 or Live has called.
//   - The end of the clean-up synchronizes before the return of every Revoke, and of every RevokeContext and
//     RevokeAll, except those that return because their context has ended.
//   - The beginning of a revocation synchronizes before any failure of TryAccess, TryHold or [Reader.Enter], before
//     whatever wakes by Revoked, Context, WithContext or OnRevoke, and before the interrupts.
//   - The end of the interrupts synchronizes before the clean-up.
//   - What [Guard.Revoked] or [Handle.Alive] returns orders nothing.
//
// # Mistakes
//
// No run time can see a pointer that is used after its Release. The linter revlint does; it knows this package by
// the directives in its doc comments. A program with REVOCABLEDEBUG=1 in its environment names, with stacks,
// accesses that were released twice or leaked, revocations that are stuck and who holds them up, and revocations that
// wait for themselves. See docs/debug.md.
//
// # Sources
//
// The idea is that of the revocable proposed for Linux (drivers/base/revocable, 2025), of its
// predecessor ref_proxy, and of Rust's kernel::revocable and kernel::devres. The "resource management" talk at
// LPC 2023 put the question. Tests here bear the names of what was wrong with those.
package revocable
