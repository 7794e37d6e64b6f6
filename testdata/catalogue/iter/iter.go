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

// S22: it is left before it is exhausted.
func upTo(seq iter.Seq[int], most int) (all []int) {
	next, _ := iter.Pull(seq) // want revleak
	for n, ok := next(); ok; n, ok = next() {
		if n > most {
			return all
		}
		all = append(all, n)
	}
	return all
}

// S22: stop need not be called where the sequence is exhausted.
func keys(seq iter.Seq2[string, int]) (all []string) {
	next, _ := iter.Pull2(seq)
	for {
		key, _, ok := next()
		if !ok {
			return all
		}
		all = append(all, key)
	}
}
