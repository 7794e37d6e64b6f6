package limits

import (
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

// Correct code in which something is found all the same. A want here is a false
// alarm: whoever makes it go away moves the function to its family.

type entry struct{ key string }

var entries = sync.Pool{New: func() any { return new(entry) }}

// A cabinet has its entries in slots for a time.
type cabinet struct {
	slots []*entry
	wait  sync.WaitGroup
}

// apply returns when the entry has left the slots again.
func (c *cabinet) apply(e *entry) {
	c.wait.Add(1)
	c.slots[0] = e
	c.wait.Wait()
}

// That a wait empties memory is not known, as it is of goroutines.
func (c *cabinet) waitedFor() {
	e := entries.Get().(*entry)
	c.apply(e) // want revescape
	entries.Put(e)
}

// Where put has committed and could not begin anew, its error tells so. Of two
// errors that a literal may hand on, it is not known that neither is nil.
func copyInSteps(src, dst *store.DB) error {
	tx, err := dst.Begin(true)
	if err != nil {
		return err
	}
	defer func() { tx.Rollback() }()
	put := func(key string, value []byte) error {
		if err := tx.Commit(); err != nil {
			return err
		}
		next, err := dst.Begin(true)
		if err != nil {
			return err
		}
		tx = next
		return nil
	}
	err = src.View(func(in *store.Tx) error {
		b := in.Bucket("all")
		if b == nil {
			return nil
		}
		return b.ForEach(func(key string, value []byte) error {
			if err := put(key, value); err != nil {
				return err
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	return tx.Commit() // want revrelease
}
