package closers

import "github.com/revlint/revlint/testdata/src/lib/kv"

// An arena makes ahead what it hands out.
type arena struct{ slots []slot }

// A slot closes its iterator when it is done with.
type slot struct{ it *kv.Iter }

func (s *slot) Close() error { return s.it.Close() }

func (a *arena) carve(it *kv.Iter) *slot {
	if len(a.slots) == 0 {
		a.slots = make([]slot, 64)
	}
	s := &a.slots[len(a.slots)-1]
	a.slots = a.slots[:len(a.slots)-1]
	s.it = it
	return s
}

type arenas interface{ Next() *arena }

func place(it *kv.Iter, in arenas) *slot { return in.Next().carve(it) }

// The slot has the iterator now.
func openIn(db *kv.DB, in arenas) (*slot, error) {
	it, err := db.NewIter("")
	if err != nil {
		return nil, err
	}
	return place(it, in), nil
}

// This one has nothing.
func openBeside(db *kv.DB, in arenas) (*slot, error) {
	it, err := db.NewIter("") // want revleak
	if err != nil {
		return nil, err
	}
	it.First()
	return place(nil, in), nil
}
