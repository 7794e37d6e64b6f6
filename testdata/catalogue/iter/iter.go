// Package iter has the examples for the standard library's iter.
package iter

import "iter"

// S22: the goroutine behind next stays where the first value is asked for alone.
func first[V any](seq iter.Seq[V]) (V, bool) {
	next, _ := iter.Pull(seq) // want revleak
	return next()
}

// S22: stop may be called twice.
func firstTwo[V any](seq iter.Seq[V]) (a, b V, ok bool) {
	next, stop := iter.Pull(seq)
	defer stop()
	if a, ok = next(); !ok {
		return a, b, false
	}
	b, ok = next()
	stop()
	return a, b, ok
}
