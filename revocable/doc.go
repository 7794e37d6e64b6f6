// Package revocable hands out access to a resource that may be taken away at any time: a device that is
// unplugged, a plug-in that is unloaded, a tenant that is evicted, a mapping that is replaced.
//
// The owner makes a [Provider]; everybody else keeps a [Handle], a weak reference that never keeps the
// resource from being taken away. Who wants to use the resource asks for access, checks that there is
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
// every later access fail, waits for those that run, has the clean-up run, and returns: first unavailable,
// then idle, then destroyed. Accesses do not exclude each other, they only hold the clean-up off. They may
// sleep, nest and overlap, and one may be released by another goroutine than took it; one that sleeps
// should wake at [Handle.Revoked] or [Handle.WithContext], and one that computes should ask [Guard.Revoked], or the
// owner waits for it. An owner that can wake them itself, by closing what they sleep on, does so in [WithInterrupt].
//
// # Where something else does better
//
// Where what uses the resource can be stopped, stop it: a goroutine that is joined, a timer that is
// stopped, a callback that is unregistered before the resource goes needs no check at each use. Package
// device is for that. TryAccess is for users that cannot be stopped, because they are someone else's.
//
// # Memory model
//
// In the terms of the Go memory model: what happens before NewProvider happens before any access. The
// Release of each access happens before the clean-up, and the end of the clean-up happens before the return
// of every Revoke and of every RevokeContext and RevokeAll that does not return for its context's end. The beginning
// of a revocation happens before any failure of TryAccess, before what wakes by Revoked, Context or OnRevoke, and before the
// interrupts, which happen before the clean-up. What [Guard.Revoked] or [Handle.Alive] returns orders nothing.
//
// No run time can see a pointer that is used after its Release: that is left to the linter of this module,
// revlint, which knows the package by the directives in its doc comments. With REVOCABLEDEBUG=1 in its
// environment a program names, with stacks, accesses released twice or leaked, revocations that are
// stuck and who holds them up, and revocations that wait for themselves. See docs/debug.md.
//
// # Sources
//
// The idea is that of the revocable proposed for Linux (drivers/base/revocable, 2025), of its
// predecessor ref_proxy, and of Rust's kernel::revocable and kernel::devres; LPC 2023's "resource
// management" talk put the question. What was wrong with those is in the tests here, by name.
package revocable
