// Package revbound defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revbound
//
// revbound: check that proof tokens, and what they give access to, stay in their callback
//
// The revbound analyzer reports proof tokens that are kept. A callback is given
// a token, such as *device.Bound, which proves that something holds while the
// callback runs: that a device stays bound. With a token an access costs one
// comparison. The price is that neither the token nor what it gave access to may
// leave the callback.
//
//	dev.WithBound(func(b *device.Bound) error {
//		go poll(b) // b is used by a goroutine, which may outlive its access
//		return nil
//	})
//
// The analyzer reports
//
//   - a token, or a resource borrowed from it, that is returned, or stored in a
//     field, a global, a map, a channel or a captured variable;
//   - one that a goroutine or a timer captures which nobody joins before the
//     callback returns;
//   - one that is used after the callback;
//   - a token that is forged: by a literal, new, a zero value or a conversion;
//   - a token that is used for a resource which provably belongs to another owner.
//
// Passing a token down is the normal case, and is free.
//
// A function that is registered on a token (b.Go, b.AfterFunc) is given a token
// of its own. It must use that one, and not the one around it.
//
// With -hints, revbound also tells where a guard is taken although a token is at
// hand, because the token gives the same resource for less:
//
//	regs, g := n.regs.TryAccess() // regs needs no guard here: n.regs.Access(b) gives it
//
// revbound sees by how token and resource are kept together whether they have the
// same owner. It gives no hint where that leaves a doubt.
package revbound
