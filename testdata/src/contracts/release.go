package contracts

import (
	"errors"
	"io"
	"testing"

	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/pool"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
	"github.com/revlint/revlint/testdata/src/lib/wire"
)

// Decision 18: an interface around the guard is the guard.
func releasedByInterface(db *kv.DB) error {
	it, err := db.NewIter("a")
	if err != nil {
		return err
	}
	var c io.Closer = it
	return c.Close()
}

// Decision 18: so it is the second release of it.
func releasedByInterfaceToo(db *kv.DB) error {
	it, err := db.NewIter("a")
	if err != nil {
		return err
	}
	var c io.Closer = it
	c.Close()
	return it.Close() // want revrelease
}

// Decision 18: a pointer to the variable that holds it.
func releasedByPointer(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	p := &g
	p.Release()
	return s.Value // want revuse
}

// Decision 18: a part is not the whole.
func releasedPart() {
	n := wire.NewNode() // want revleak
	n.Next.Free()
}

// Decision 18: so the whole is there still.
func releasedPartAndWhole() *wire.Node {
	n := wire.NewNode()
	next := n.Next
	n.Next.Free()
	n.Next = nil
	n.Free()
	return next.Next
}

// Decision 19: a fresh object may be given to a pool.
func releasedFresh(p *pool.Pool[pool.Buffer]) {
	p.Put(&pool.Buffer{})
}

// Decision 19: what is released is the caller's to know.
func giveBack(p *pool.Pool[pool.Buffer], b *pool.Buffer) { p.Put(b) }

// Decision 19: here.
func giveBackTwice(p *pool.Pool[pool.Buffer]) {
	b := p.Get()
	giveBack(p, b)
	giveBack(p, b) // want revrelease
}

// Decision 19: a parameter holds one loan.
func parameterTwice(p *pool.Pool[pool.Buffer], b *pool.Buffer) {
	p.Put(b)
	p.Put(b) // want revrelease
}

func closeIter(it *kv.Iter) { it.Close() }

func closeIfFirst(it *kv.Iter) (closed bool) {
	if it.First() {
		it.Close()
		return true
	}
	return false
}

func closeIfEmpty(it *kv.Iter) {
	if !it.First() {
		it.Close()
	}
}

// Decision 20: on every path of the callee.
func calleeReleases(db *kv.DB) int {
	it, err := db.NewIter("a")
	if err != nil {
		return 0
	}
	closeIter(it)
	return len(it.Key()) // want revuse
}

// Decision 20: as its result says.
func calleeReleasesIf(db *kv.DB) error {
	it, err := db.NewIter("a")
	if err != nil || closeIfFirst(it) {
		return err
	}
	return it.Close()
}

// Decision 20: that result says that it did.
func calleeReleasedAlready(db *kv.DB) error {
	it, err := db.NewIter("a")
	if err != nil {
		return err
	}
	if closeIfFirst(it) {
		return it.Close() // want revrelease
	}
	return it.Close()
}

// Decision 20: for reasons of its own, so nothing is said of what follows.
func calleeMayRelease(db *kv.DB) int {
	it, err := db.NewIter("a")
	if err != nil {
		return 0
	}
	closeIfEmpty(it)
	n := len(it.Key())
	it.Close()
	return n
}

// Decision 21: Rollback is called second, and may be.
func committedThenRolledBack(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return tx.Commit()
}

// Decision 21: Commit is called second, and may not be.
func rolledBackThenCommitted(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	tx.Rollback()
	return tx.Commit() // want revrelease
}

// Decision 22: runs at every exit.
func deferredRelease(db *kv.DB) (int, error) {
	it, err := db.NewIter("a")
	if err != nil {
		return 0, err
	}
	defer it.Close()
	if !it.First() {
		return 0, errors.New("empty")
	}
	return len(it.Key()), nil
}

// Decision 22: last in, first out; the one that runs second is reported.
func deferredTwice(db *kv.DB) (bool, error) {
	it, err := db.NewIter("a")
	if err != nil {
		return false, err
	}
	defer it.Close() // want revrelease
	defer it.Close()
	return it.First(), nil
}

// Decision 22: the debt goes with the method value.
func releasedByCleanup(t *testing.T, db *kv.DB) *kv.Iter {
	it, err := db.NewIter("a")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { it.Close() })
	return it
}

// Decision 22: and with one that is returned.
func releasedByCaller(db *kv.DB) (func() error, error) {
	it, err := db.NewIter("a")
	if err != nil {
		return nil, err
	}
	return it.Close, nil
}

// Decision 22: what is deferred before the release runs after it.
func deferredBeforeRelease(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer func() { s.Set(1) }() // want revuse
	defer g.Release()
}

// Decision 22: and with go.
func releasedByGo(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := s.Value
	go g.Release()
	return v
}

// Decision 23: a copy of the guard is the guard.
func releasedByCopy(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	s.Set(1)
	same := g
	g.Release()
	same.Release() // want revrelease
}

// Decision 23: to copy it alone hands the access on.
func copiedGuard(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	same := g
	s.Set(1)
	same.Release()
}

type pools struct{ small, large *pool.Pool[pool.Buffer] }

// Decision 24: provably another pool.
func toOtherPool(p *pools) {
	b := p.small.Get()
	p.large.Put(b) // want revrelease
}

// Decision 24: the same.
func toSamePool(p *pools) {
	b := p.small.Get()
	p.small.Put(b)
}

// Decision 24: it may be the same.
func toSomePool(all []*pool.Pool[pool.Buffer], i, j int) {
	b := all[i].Get()
	all[j].Put(b)
}

// Decision 25: a constant low bound breaks both.
func withoutHead() {
	b := pool.Slab(64)
	b = b[8:]
	pool.FreeSlab(b) // want revrelease
}

// Decision 25: a prefix starts where the whole does.
func withoutTail(n int) {
	b := pool.Slab(64)
	pool.FreeSlab(b[:n])
}

// Decision 25: nothing is known of a low bound that is not constant.
func withoutSome(n int) {
	b := pool.Slab(64)
	pool.FreeSlab(b[n:])
}

// Decision 25: any bound breaks the whole.
func notWhole() error {
	b, err := pool.Map(64)
	if err != nil {
		return err
	}
	return pool.Unmap(b[:32]) // want revrelease
}

// Decision 25: but no bound does not.
func whole() error {
	b, err := pool.Map(64)
	if err != nil {
		return err
	}
	return pool.Unmap(b[:])
}

// Decision 26: the transaction is View's to end.
func committedInView(db *store.DB) error {
	return db.Update(func(tx *store.Tx) error {
		return tx.Commit() // want revrelease
	})
}

// Decision 26: nor is what is only borrowed the borrower's to free.
func borrowedFreed(n *wire.Node) {
	n.First().Free() // want revrelease
}

// Decision 26: an idempotent release may end it.
func rolledBackInView(db *store.DB) error {
	return db.View(func(tx *store.Tx) error {
		return tx.Rollback()
	})
}

// Decision 26: then it has ended.
func usedAfterRollback(db *store.DB) error {
	return db.View(func(tx *store.Tx) error {
		b := tx.Bucket("a")
		if b == nil {
			return nil
		}
		value := b.Get("k")
		tx.Rollback()
		return errors.New(string(value)) // want revuse
	})
}
