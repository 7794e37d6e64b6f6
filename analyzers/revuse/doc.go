// Package revuse defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revuse
//
// revuse: check that no resource is used after its access has ended
//
// The revuse analyzer reports the use of a resource, or of anything derived from
// it, after the access to it has ended: after the release, after the callback it
// was lent to, after the call that overwrites it, after the end of the
// transaction it came from. By then the memory may have been reused, unmapped or
// given to somebody else.
//
//	value, closer, err := db.Get(key)
//	if err != nil {
//		return err
//	}
//	closer.Close()
//	return decode(value) // value is used here after its access ended
//
// Use it before the release, or copy what must live longer.
//
// These are derived from a resource: its address and those of its fields, a
// reslice, a conversion, an interface around it, slices and maps loaded from it,
// closures that capture it, and results that a contract or a summary says alias
// it. These are copies, and free: numbers, booleans, strings read out of it,
// string(b), and what was appended to another slice. A pointer or interface that
// is loaded from a resource is often shared with others (a logger, a parent), so
// it counts only where the contract says "deep".
//
// revuse does not report a use of one of several values unless all of them have
// ended, nor elements of slices, nor what was handed to code out of sight together
// with its guard. -stats counts all of these, and -strict reports them.
//
// revuse also reports a call of something whose contract is "unsafe". Answer with
// a suppression that gives the reason why the access cannot end meanwhile.
package revuse
