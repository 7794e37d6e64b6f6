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
// Derived is: the address of it and of its fields, a reslice, a conversion, an
// interface around it, slices and maps loaded from it, closures that capture it,
// and results that a contract or a summary says alias it. Copied, and so free,
// are numbers, booleans, strings read out of it, string(b), and what was appended
// to another slice. Pointers and interfaces loaded from it are often shared with
// others (a logger, a parent) and count only where the contract says "deep".
//
// What is not reported: a use of one of several values where not all of them
// have ended, elements of slices, and what was handed to code out of sight
// together with its guard. All of these are counted by -stats and reported by
// -strict.
//
// A call of something whose contract is "unsafe" is reported, too: the answer is
// a suppression with the reason why the access cannot end meanwhile.
package revuse
