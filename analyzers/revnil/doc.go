// Package revnil defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revnil
//
// revnil: check that a resource that may be gone is tested before it is used
//
// The revnil analyzer reports the use of a resource that may not be there,
// because nobody has asked. Access to a revocable handle fails once the resource
// is gone. A weak pointer is nil once its object was collected. An error says
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
// A test compares the value, or what the contract names in its condition, with
// nil. It may do so directly, through a variable (held := p != nil), in a helper
// that panics or never returns, or in a callee. A use follows the pointer, calls a
// method that does so, or calls a function whose summary shows that it does.
//
// What a function returns around such a value, a struct that holds it, is nil as well where the
// function has opened nothing, and is reported like the value.
//
// revnil does not report a value that is passed on to code out of sight, because
// that code may test it. It does not report slices either, because a nil slice can
// be looked at.
package revnil
