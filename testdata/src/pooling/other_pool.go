package pooling

import "github.com/revlint/revlint/testdata/src/lib/pool"

// Pools by size, each in a variable of its own.
type bySize struct{ small, large pool.Pool[pool.Buffer] }

func (s *bySize) length(text string) int {
	b := s.small.Get()
	b.WriteString(text)
	n := b.Len()
	s.small.Put(b)
	return n
}

func (s *bySize) lengthMixedUp(text string) int {
	b := s.small.Get()
	b.WriteString(text)
	n := b.Len()
	s.large.Put(b) // want revrelease
	return n
}

var smallOnes, largeOnes pool.Pool[pool.Buffer]

func lengthMixedUp(text string) int {
	b := smallOnes.Get()
	b.WriteString(text)
	n := b.Len()
	largeOnes.Put(b) // want revrelease
	return n
}
