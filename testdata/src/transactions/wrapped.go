package transactions

import (
	"errors"
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

var errEnded = errors.New("transaction has ended")

// reading is what callers see of a reader.
type reading interface {
	get(key string) string
	rollback() error
}

// A snapshot holds a transaction.
type snapshot struct {
	tx    *store.Tx
	reads int
}

func (s *snapshot) release() {
	s.tx.Rollback()
	s.reads = 0
}

// A reader holds a snapshot until it ends, and knows whether it has.
type reader struct {
	base     *base
	snapshot *snapshot
	managed  bool
	ended    bool
}

func (r *reader) get(key string) string {
	b := r.snapshot.tx.Bucket("users")
	if b == nil {
		return ""
	}
	r.snapshot.reads++
	return string(b.Get(key))
}

func (r *reader) check() error {
	if r.ended {
		return errEnded
	}
	return nil
}

func (r *reader) end() {
	r.ended = true
	if r.snapshot != nil {
		r.snapshot.release()
		r.snapshot = nil
	}
	r.base.mu.RUnlock()
}

// rollback answers with an error, and does nothing, where the reader has ended.
func (r *reader) rollback() error {
	if r.managed {
		r.end()
		panic("rollback within a view")
	}
	if err := r.check(); err != nil {
		return err
	}
	r.end()
	return nil
}

// A base hands out readers.
type base struct {
	mu     sync.RWMutex
	db     *store.DB
	closed bool
}

func (b *base) snapshot() (*snapshot, error) {
	tx, err := b.db.Begin(false)
	if err != nil {
		return nil, err
	}
	return &snapshot{tx: tx}, nil
}

func (b *base) begin() (*reader, error) {
	b.mu.RLock()
	if b.closed {
		b.mu.RUnlock()
		return nil, store.ErrClosed
	}
	s, err := b.snapshot()
	if err != nil {
		b.mu.RUnlock()
		return nil, err
	}
	return &reader{base: b, snapshot: s}, nil
}

// The reader goes to the caller with all it holds.
func (b *base) Begin() (reading, error) { return b.begin() }

func (b *base) view(fn func(reading) error) error {
	r, err := b.begin()
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			r.managed = false
			_ = r.rollback()
			panic(p)
		}
	}()
	r.managed = true
	err = fn(r)
	r.managed = false
	if err != nil {
		_ = r.rollback()
		return err
	}
	return r.rollback()
}

func (b *base) get(key string) (string, error) {
	r, err := b.begin()
	if err != nil {
		return "", err
	}
	v := r.get(key)
	return v, r.rollback()
}

func (b *base) getLeaky(key string) (string, error) {
	r, err := b.begin() // want revleak
	if err != nil {
		return "", err
	}
	v := r.get(key)
	if v == "" {
		return "", errMissing
	}
	return v, r.rollback()
}

func (b *base) reads(keys []string) (n int, err error) {
	s, err := b.snapshot() // want revleak
	if err != nil {
		return 0, err
	}
	for range keys {
		s.reads++
	}
	return s.reads, nil
}
