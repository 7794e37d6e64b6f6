// Package store is a key-value store whose values live in a file mapped into
// memory: they may be read until their transaction ends.
package store

import (
	"errors"
	"sync"
)

var (
	ErrClosed = errors.New("store: closed")
	ErrTxDone = errors.New("store: transaction has ended")
)

type DB struct {
	mu      sync.Mutex
	buckets map[string]map[string][]byte
	closed  bool
}

// Open opens the store in the file name.
//
//revlint:acquire db if err == nil
func Open(name string) (db *DB, err error) {
	if name == "" {
		return nil, errors.New("store: no name")
	}
	return &DB{buckets: map[string]map[string][]byte{}}, nil
}

// Close waits for the open transactions.
//
//revlint:release db idempotent
//revlint:waits db
func (db *DB) Close() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.closed = true
	return nil
}

// Begin starts a transaction, which Commit or Rollback must end.
//
//revlint:acquire tx from db if err == nil
func (db *DB) Begin(writable bool) (tx *Tx, err error) {
	db.mu.Lock()
	if db.closed {
		db.mu.Unlock()
		return nil, ErrClosed
	}
	return &Tx{db: db, writable: writable}, nil
}

// View calls fn in a transaction that ends with it.
//
//revlint:scoped fn, fn(tx) from db
func (db *DB) View(fn func(tx *Tx) error) error {
	tx, err := db.Begin(false)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return fn(tx)
}

// Update calls fn in a transaction, and commits it unless fn fails.
//
//revlint:scoped fn, fn(tx) from db
func (db *DB) Update(fn func(tx *Tx) error) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

type Tx struct {
	db       *DB
	writable bool
	done     bool
}

//revlint:release tx
func (tx *Tx) Commit() error { return tx.end() }

//revlint:release tx idempotent
func (tx *Tx) Rollback() error { return tx.end() }

func (tx *Tx) end() error {
	if tx.done {
		return ErrTxDone
	}
	tx.done = true
	tx.db.mu.Unlock()
	return nil
}

// Bucket returns the bucket called name, or nil.
//
//revlint:borrow b from tx if b != nil
func (tx *Tx) Bucket(name string) (b *Bucket) {
	if tx.db.buckets[name] == nil {
		return nil
	}
	return &Bucket{tx, name}
}

// CreateBucket returns the bucket called name, and makes it if need be.
//
//revlint:borrow b from tx if err == nil
func (tx *Tx) CreateBucket(name string) (b *Bucket, err error) {
	if !tx.writable {
		return nil, errors.New("store: read only")
	}
	if tx.db.buckets[name] == nil {
		tx.db.buckets[name] = map[string][]byte{}
	}
	return &Bucket{tx, name}, nil
}

type Bucket struct {
	tx   *Tx
	name string
}

// Get returns the value of key, or nil.
//
//revlint:borrow value from b
func (b *Bucket) Get(key string) (value []byte) { return b.tx.db.buckets[b.name][key] }

// Put sets the value of key. The store reads value when the transaction ends.
//
//revlint:lend value to b
func (b *Bucket) Put(key string, value []byte) error {
	if !b.tx.writable {
		return errors.New("store: read only")
	}
	b.tx.db.buckets[b.name][key] = value
	return nil
}

// ForEach calls fn for each pair.
//
//revlint:scoped fn, fn(value)
func (b *Bucket) ForEach(fn func(key string, value []byte) error) error {
	for key, value := range b.tx.db.buckets[b.name] {
		if err := fn(key, value); err != nil {
			return err
		}
	}
	return nil
}

// Cursor returns a cursor over the bucket.
//
//revlint:borrow c from b
func (b *Bucket) Cursor() (c *Cursor) {
	c = &Cursor{bucket: b}
	for key := range b.tx.db.buckets[b.name] {
		c.keys = append(c.keys, key)
	}
	return c
}

type Cursor struct {
	bucket *Bucket
	keys   []string
	buf    []byte
}

// Next moves to the next pair. Its key is valid until the following call.
//
//revlint:borrow key from c until Next
//revlint:borrow value from c
func (c *Cursor) Next() (key, value []byte) {
	if len(c.keys) == 0 {
		return nil, nil
	}
	c.buf = append(c.buf[:0], c.keys[0]...)
	c.keys = c.keys[1:]
	return c.buf, c.bucket.Get(string(c.buf))
}

// A Session tells in a field whether it began.
type Session struct{ Err error }

// Session begins a session. It is there in any case; what Err says decides whether it has to be ended.
//
//revlint:acquire _ guard s if s.Err == nil
func (db *DB) Session() (s *Session) { return new(Session) }

// End ends a session. It does no harm where it did not begin, or is called again.
//
//revlint:release s idempotent
func (s *Session) End() {}
