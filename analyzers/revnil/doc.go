// Package revnil defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revnil
//
// revnil: check that a resource that may be gone is tested before it is used
//
// The revnil analyzer reports the use of a resource that may not be there,
// because nobody has asked. Access to a revocable handle fails once the resource
// is gone; a weak pointer is nil once its object was collected; an error says
// that nothing was opened. The value is then nil, and using it panics, though
// only on the day when the resource goes away.
//
//	p, g := handle.TryAccess()
//	defer g.Release()
//	return p.Temperature() // p may be nil here: TryAccess is not checked
//
// Test the value, or the error that comes with it, first:
//
//	p, g := handle.TryAccess()
//	if p == nil {
//		return 0, revocable.ErrRevoked
//	}
//	defer g.Release()
//
// What counts as a test: comparing the value, or what the contract names in its
// condition, with nil, directly, through a variable (held := p != nil), in a
// helper that panics or never returns, or in a callee. A use is following the
// pointer, calling a method that does so, or calling a function of which a
// summary shows that it does.
//
// What is not reported: passing the value on to code out of sight, which may
// test it itself; and slices, which can be looked at when they are nil.
package revnil
