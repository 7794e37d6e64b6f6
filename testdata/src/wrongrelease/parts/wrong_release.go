// Package parts releases parts, releases to others, and releases twice.
package parts

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/pool"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

var (
	small = pool.New[pool.Buffer](nil)
	large = pool.New[pool.Buffer](nil)
)

type codec struct {
	in, out *pool.Pool[pool.Buffer]
}

func okWhole(n int) (int, error) {
	m, err := pool.Map(n)
	if err != nil {
		return 0, err
	}
	defer pool.Unmap(m)
	return copy(m[4:], m), nil
}

func okWholeResliced(n int) error {
	m, err := pool.Map(n)
	if err != nil {
		return err
	}
	all := m[:]
	clear(all)
	return pool.Unmap(all)
}

func okPrefix(n int) int {
	b := pool.Slab(n)
	b = b[:n/2]
	clear(b)
	pool.FreeSlab(b)
	return n / 2
}

func okSamePool(text string) string {
	b := small.Get()
	defer small.Put(b)
	b.WriteString(text)
	return b.String()
}

func (c *codec) okSamePoolField(text string) string {
	b := c.in.Get()
	defer c.in.Put(b)
	b.WriteString(text)
	return b.String()
}

func okChosenPool(text string) string {
	p := small
	if len(text) > 1000 {
		p = large
	}
	b := p.Get()
	b.WriteString(text)
	s := b.String()
	p.Put(b)
	return s
}

func okCommitThenRollback(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := access.Put(tx, "a", "k", "v"); err != nil {
		return err
	}
	return tx.Commit()
}

func okFreshToPool() {
	b := new(pool.Buffer)
	b.WriteString("warm")
	small.Put(b)
}

func okEitherOr(h sensor.Handle, quick bool) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v = s.Value
	if quick {
		g.Release()
		return v
	}
	defer g.Release()
	return s.Read()
}

func okCopyHandsOn(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	mine := g
	v = s.Value
	mine.Release()
	return v
}

func badPart(n int) error {
	m, err := pool.Map(n)
	if err != nil {
		return err
	}
	body := m[4:]
	clear(body)
	return pool.Unmap(body) // want revrelease
}

func badShorter(n int) error {
	m, err := pool.Map(n)
	if err != nil {
		return err
	}
	return pool.Unmap(m[:n/2]) // want revrelease
}

func badPrefix(n int) {
	b := pool.Slab(n)
	b = b[1:]
	clear(b)
	pool.FreeSlab(b) // want revrelease
}

func badOtherPool(text string) string {
	b := small.Get()
	b.WriteString(text)
	s := b.String()
	large.Put(b) // want revrelease
	return s
}

func (c *codec) badOtherPoolField(text string) string {
	b := c.in.Get()
	b.WriteString(text)
	s := b.String()
	c.out.Put(b) // want revrelease
	return s
}

func badDeferredAndDirect(h sensor.Handle, quick bool) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release() // want revrelease
	v = s.Value
	if quick {
		g.Release()
	}
	return v
}

func badTwice(h sensor.Handle, quick bool) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v = s.Value
	if quick {
		g.Release()
	}
	g.Release() // want revrelease
	return v
}

func badThroughCopy(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	mine := g
	v = s.Value
	mine.Release()
	g.Release() // want revrelease
	return v
}

func badCopyInStruct(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	l := struct{ g revocable.Guard }{g}
	v = s.Value
	l.g.Release()
	g.Release() // want revrelease
	return v
}

func badCloserTwice(db *kv.DB) (n int, err error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return 0, err
	}
	n = len(v)
	if err := closer.Close(); err != nil {
		return 0, err
	}
	return n, closer.Close() // want revrelease
}

func badPutTwice(text string) int {
	b := small.Get()
	defer small.Put(b) // want revrelease
	b.WriteString(text)
	n := b.Len()
	if n > 1000 {
		small.Put(b)
		return -1
	}
	return n
}

func badCommitTwice(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return tx.Commit() // want revrelease
	}
	return nil
}
