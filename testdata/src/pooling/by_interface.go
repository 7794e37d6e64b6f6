package pooling

import "github.com/revlint/revlint/testdata/src/lib/pool"

// A pool that is an interface: what its Put is given has ended, though Put is a method of an
// interface, and what it is given is only lent to whoever took it.
type buffersOf interface {
	//revlint:acquire b from self optional
	Take() (b *pool.Buffer)
	//revlint:release b to self
	Return(b *pool.Buffer)
}

func badReadOnceReturned(p buffersOf) int {
	b := p.Take()
	b.WriteString("x")
	p.Return(b)
	return b.Len() // want revuse
}

func badReturnedTwice(p buffersOf) {
	b := p.Take()
	p.Return(b)
	p.Return(b) // want revrelease
}

func okReturned(p buffersOf) int {
	b := p.Take()
	defer p.Return(b)
	b.WriteString("x")
	return b.Len()
}
