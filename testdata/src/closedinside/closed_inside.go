// Package closedinside closes a store while something of it is held, where Close both gives the store back and waits.
package closedinside

// A Store has iterators and views.
type Store struct{ n int }

// Open opens a store, which must be closed.
//
//revlint:acquire s
func Open() (s *Store) { return new(Store) }

// Close waits for all iterators and views.
//
//revlint:release s
//revlint:waits s
func (s *Store) Close() { s.n = 0 }

// Iterate begins an iteration, which must be closed.
//
//revlint:acquire it from s
func (s *Store) Iterate() (it *Iter) { return &Iter{s} }

// An Iter is an iteration.
type Iter struct{ s *Store }

// Close ends the iteration.
//
//revlint:release it
func (it *Iter) Close() { it.s = nil }

// A View is a look at a store.
type View struct{ s *Store }

// View calls fn with a view.
//
//revlint:scoped fn, fn(v) from s
func (s *Store) View(fn func(v *View)) { fn(&View{s}) }

func badIterator() {
	s := Open()
	it := s.Iterate()
	defer it.Close()
	s.Close() // want revwait
}

func okIterator() {
	s := Open()
	defer s.Close()
	it := s.Iterate()
	defer it.Close()
}

// What Close waits for is still there while it waits, whichever of its directives comes first (decision 44).
func badView() {
	s := Open()
	s.View(func(v *View) {
		s.Close() // want revwait
	})
}

func badViewOfParameter(s *Store) {
	s.View(func(v *View) {
		s.Close() // want revwait
	})
}

func okView(s *Store) {
	s.View(func(v *View) {})
	s.Close()
}
