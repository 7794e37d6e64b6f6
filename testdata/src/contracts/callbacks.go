package contracts

import "bytes"

// A shelf is open until it is shut.
type shelf struct{ books map[string][]byte }

//revlint:acquire s
func openShelf() (s *shelf) { return &shelf{} }

//revlint:release s idempotent
func (s *shelf) shut() { s.books = nil }

// each gives what lives as long as the shelf is open.
//
//revlint:scoped fn
//revlint:borrow fn(text) from s
func (s *shelf) each(fn func(name string, text []byte)) {
	for name, text := range s.books {
		fn(name, text)
	}
}

// Decision 49: the texts are returned after the shelf is shut.
func collectedTooLong() (texts [][]byte) {
	s := openShelf()
	defer s.shut()
	s.each(func(name string, text []byte) {
		texts = append(texts, text) // want revescape
	})
	return texts
}

// Decision 49: one is used after that.
func usedTooLate() byte {
	s := openShelf()
	var last []byte
	s.each(func(name string, text []byte) {
		last = text
	})
	s.shut()
	return last[0] // want revuse
}

// Decision 49: what fn was given may be used when fn has returned, as long as the shelf is open.
func usedInTime() (n int) {
	s := openShelf()
	defer s.shut()
	var texts [][]byte
	s.each(func(name string, text []byte) {
		texts = append(texts, text)
	})
	for _, text := range texts {
		n += len(text)
	}
	return n
}

// Decision 49: copies live on.
func collectedCopies() (texts [][]byte, names []string) {
	s := openShelf()
	defer s.shut()
	s.each(func(name string, text []byte) {
		texts = append(texts, bytes.Clone(text))
		names = append(names, name)
	})
	return texts, names
}

// Decision 49: the shelf is the caller's, who knows how long it is open.
func collectedForCaller(s *shelf) (texts [][]byte) {
	s.each(func(name string, text []byte) {
		texts = append(texts, text)
	})
	return texts
}
