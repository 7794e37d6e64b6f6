package contracts

import "iter"

// Stream gives one item after the other.
//
//revlint:acquire _ guard stop
//revlint:release stop if !next(ok)
func Stream(items iter.Seq[string]) (next func() (item string, ok bool), stop func()) {
	return iter.Pull(items)
}

// Feed gives items until there is an error, or none.
//
//revlint:acquire f guard stop
//revlint:release stop if read(err) != nil
func Feed() (f *feed, read func() (item string, err error), stop func()) {
	return new(feed), nil, nil
}

type feed struct{ name string }

// Decision 52: the answer ends it.
func longest(items iter.Seq[string]) (max string) {
	next, _ := Stream(items)
	for item, ok := next(); ok; item, ok = next() {
		if len(item) > len(max) {
			max = item
		}
	}
	return max
}

// Decision 52: and the other answer does not.
func longerThan(items iter.Seq[string], n int) bool {
	next, _ := Stream(items) // want revleak
	for item, ok := next(); ok; item, ok = next() {
		if len(item) > n {
			return true
		}
	}
	return false
}

// Decision 52: an error is an answer, too.
func readAll() (all []string) {
	_, read, _ := Feed()
	for {
		item, err := read()
		if err != nil {
			return all
		}
		all = append(all, item)
	}
}

// Decision 52: what has ended so is not used.
func nameAfter() string {
	f, read, stop := Feed()
	if _, err := read(); err != nil {
		return f.name // want revuse
	}
	defer stop()
	return f.name
}

type streaming struct{ next func() (string, bool) }

// Decision 52: who keeps what answers has the debt.
func keptNext(items iter.Seq[string]) *streaming {
	next, _ := Stream(items)
	return &streaming{next}
}

func skipAll(next func() (string, bool)) {
	for _, ok := next(); ok; _, ok = next() {
	}
}

// Decision 52: what it answers elsewhere is not known.
func skipped(items iter.Seq[string]) string {
	next, _ := Stream(items)
	first, _ := next()
	skipAll(next)
	return first
}
