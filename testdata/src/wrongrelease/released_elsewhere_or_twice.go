// Package wrongrelease gives back what another pool or branch gave, what another function gives back, and what is given back already.
package wrongrelease

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/pool"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

var errEmpty = errors.New("nothing to encode")

type packer struct {
	small, large *pool.Pool[pool.Buffer]
	out          io.Writer
	mu           sync.Mutex
}

func newPacker(w io.Writer) *packer {
	clear := func(b *pool.Buffer) { b.Reset() }
	return &packer{small: pool.New(clear), large: pool.New(clear), out: w}
}

func (c *packer) okEncode(p []byte) error {
	buf := c.small.Get()
	defer c.small.Put(buf)
	buf.Write(p)
	_, err := c.out.Write(buf.B)
	return err
}

func (c *packer) badOtherPool(p []byte) error {
	buf := c.small.Get()
	defer c.large.Put(buf) // want revrelease
	buf.Write(p)
	_, err := c.out.Write(buf.B)
	return err
}

// Which pool it is depends on the length, here and there.
func (c *packer) okPoolByLength(p []byte) error {
	from := c.small
	if len(p) > 4096 {
		from = c.large
	}
	buf := from.Get()
	defer from.Put(buf)
	buf.Write(p)
	_, err := c.out.Write(buf.B)
	return err
}

func (c *packer) badDeferredAndDirect(p []byte) error {
	buf := c.small.Get()
	defer c.small.Put(buf) // want revrelease
	if len(p) == 0 {
		c.small.Put(buf)
		return errEmpty
	}
	buf.Write(p)
	_, err := c.out.Write(buf.B)
	return err
}

func (c *packer) okDeferredUnlessKept(p []byte) (kept *pool.Buffer, err error) {
	buf := c.small.Get()
	defer func() {
		if kept == nil {
			c.small.Put(buf)
		}
	}()
	if len(p) == 0 {
		return nil, errEmpty
	}
	buf.Write(p)
	return buf, nil
}

func (c *packer) free(buf *pool.Buffer) {
	if cap(buf.B) > 1<<16 {
		return
	}
	c.small.Put(buf)
}

func (c *packer) okHelperThatMayDrop(p []byte) error {
	buf := c.small.Get()
	defer c.free(buf)
	buf.Write(p)
	_, err := c.out.Write(buf.B)
	return err
}

func (c *packer) finish(buf *pool.Buffer) error {
	defer c.small.Put(buf)
	_, err := c.out.Write(buf.B)
	return err
}

func (c *packer) okFinish(p []byte) error {
	buf := c.small.Get()
	buf.Write(p)
	return c.finish(buf)
}

func (c *packer) badFinishAndPut(p []byte) error {
	buf := c.small.Get()
	buf.Write(p)
	err := c.finish(buf)
	c.small.Put(buf) // want revrelease
	return err
}

func (c *packer) badUseAfterFinish(p []byte) (int, error) {
	buf := c.small.Get()
	buf.Write(p)
	if err := c.finish(buf); err != nil {
		return 0, err
	}
	return buf.Len(), nil // want revuse
}

func (c *packer) badEachRound(ps [][]byte) {
	buf := c.small.Get()
	for _, p := range ps {
		c.mu.Lock()
		n := len(p)
		c.mu.Unlock()
		if n == 0 {
			continue
		}
		c.small.Put(buf) // want revrelease
	}
}

func (c *packer) okEachRound(ps [][]byte) (err error) {
	for _, p := range ps {
		buf := c.small.Get()
		buf.Write(p)
		_, werr := c.out.Write(buf.B)
		err = errors.Join(err, werr)
		c.small.Put(buf)
	}
	return err
}

// A frame begins behind its length, and its memory does not.
func badTail(r io.Reader) (n int, err error) {
	frame := pool.Slab(2048)
	if _, err := io.ReadFull(r, frame[:2]); err != nil {
		pool.FreeSlab(frame)
		return 0, err
	}
	n = int(frame[0])
	body := frame[2:]
	_, err = io.ReadFull(r, body)
	pool.FreeSlab(body) // want revrelease
	return n, err
}

func okTail(r io.Reader) (n int, err error) {
	frame := pool.Slab(2048)
	defer pool.FreeSlab(frame)
	if _, err := io.ReadFull(r, frame[:2]); err != nil {
		return 0, err
	}
	n = bytes.IndexByte(frame[2:], 0)
	return n, nil
}

func okPrefixOfFrame(r io.Reader, size int) error {
	frame := pool.Slab(2048)
	n, err := io.ReadAtLeast(r, frame, size)
	frame = frame[:n]
	frame = frame[0:size]
	pool.FreeSlab(frame)
	return err
}

func badMappedPrefix(r io.Reader) error {
	region, err := pool.Map(1 << 20)
	if err != nil {
		return err
	}
	n, err := r.Read(region)
	region = region[:n]
	return errors.Join(err, pool.Unmap(region)) // want revrelease
}

func okMapped(w io.Writer, r io.Reader) (err error) {
	region, err := pool.Map(1 << 20)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Unmap(region)) }()
	n, err := r.Read(region)
	if err != nil {
		return err
	}
	z := gzip.NewWriter(w)
	defer z.Close()
	_, err = z.Write(region[:n])
	return err
}

func badGuardTwice(h sensor.Handle) (v float64, err error) {
	s, g := h.TryAccess()
	if s == nil {
		return 0, sensor.ErrGone
	}
	defer g.Release() // want revrelease
	v = s.Read()
	if v < 0 {
		g.Release()
		return 0, errEmpty
	}
	return v, nil
}

func okGuardOnce(h sensor.Handle) (v float64, err error) {
	s, g := h.TryAccess()
	if s == nil {
		return 0, sensor.ErrGone
	}
	defer g.Release()
	if v = s.Read(); v < 0 {
		return 0, errEmpty
	}
	return v, nil
}

// Commit first, Rollback in any case: that is what Rollback is for.
func okCommitThenRollbackDeferred(db *store.DB, value []byte) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	b, err := tx.CreateBucket("frames")
	if err != nil {
		return err
	}
	if err := b.Put("last", bytes.Clone(value)); err != nil {
		return err
	}
	return tx.Commit()
}

func badRollbackThenCommit(db *store.DB, name string) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.CreateBucket(name); err != nil {
		if err := tx.Rollback(); err != nil {
			return err
		}
	}
	return tx.Commit() // want revrelease
}
