// Package revbound defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revbound
//
// revbound: check that proof tokens, and what they give access to, stay in their callback
//
// The revbound analyzer reports proof tokens that are kept. A token, such as
// *device.Bound, is given to a callback and proves that something holds while it
// runs: that a device stays bound. With it, access costs one comparison; the
// price is that neither the token nor what it gave access to may leave the
// callback.
//
//	dev.WithBound(func(b *device.Bound) error {
//		go poll(b) // b is used by a goroutine, which may outlive its access
//		return nil
//	})
//
// Reported are tokens, and resources borrowed from them, that are returned,
// stored in a field, a global, a map, a channel or a captured variable, captured
// by a goroutine or a timer that is not joined before the return, or used after
// the callback; tokens that are forged (a literal, new, a zero value, a
// conversion); and a token used for a resource of provably another owner.
// Passing a token down is the normal case, and free.
//
// Functions that are registered on a token (b.Go, b.AfterFunc) are given one of
// their own, and must use it and not the one around them.
//
// With -hints, revbound also tells where a guard is taken though a token is at
// hand, with which the same resource is to be had for less:
//
//	regs, g := n.regs.TryAccess() // regs needs no guard here: n.regs.Access(b) gives it
//
// Whether the token is of the resource's owner is seen by how they are kept
// together; where that leaves a doubt there is no hint.
package revbound
