// Package store is a key-value store with transactions: what a transaction
// hands out is good until it ends.
package store

import (
	"bytes"
	"errors"
	"sort"
	"sync"
)

// ErrClosed is returned once a store was closed.
var ErrClosed = errors.New("store: closed")

// A DB is a store of buckets.
type DB struct {
	mu      sync.RWMutex
	running sync.WaitGroup
	closed  bool
	buckets map[string]*page
}

type page struct{ pairs []pair }

type pair struct{ key, value []byte }

// Open makes a store.
func Open(names ...string) *DB {
	db := &DB{buckets: make(map[string]*page)}
	for _, name := range names {
		db.buckets[name] = new(page)
	}
	return db
}

// Begin starts a transaction, which must be committed or rolled back.
//
//revlint:acquire tx from db if err == nil
func (db *DB) Begin(writable bool) (tx *Tx, err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.closed {
		return nil, ErrClosed
	}
	db.running.Add(1)
	return &Tx{db: db, writable: writable}, nil
}

// View runs fn in a transaction that lasts as long as fn.
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

// Close waits for all transactions.
//
//revlint:waits db
func (db *DB) Close() error {
	db.mu.Lock()
	db.closed = true
	db.mu.Unlock()
	db.running.Wait()
	return nil
}

// A Tx is a transaction.
type Tx struct {
	db       *DB
	writable bool
	over     bool
}

// ID tells transactions apart.
func (tx *Tx) ID() int { return len(tx.db.buckets) }

// Commit ends the transaction for good.
//
//revlint:release tx
func (tx *Tx) Commit() error {
	if tx.over {
		return ErrClosed
	}
	return tx.end()
}

// Rollback ends the transaction unless it has ended.
//
//revlint:release tx idempotent
func (tx *Tx) Rollback() error { return tx.end() }

func (tx *Tx) end() error {
	if !tx.over {
		tx.over = true
		tx.db.running.Done()
	}
	return nil
}

// Bucket returns the bucket of that name, or nil.
//
//revlint:borrow b from tx
func (tx *Tx) Bucket(name string) (b *Bucket) {
	if p := tx.db.buckets[name]; p != nil {
		return &Bucket{page: p}
	}
	return nil
}

// A Bucket is a part of a transaction.
type Bucket struct{ page *page }

// Get returns the value of key, which belongs to the transaction.
//
//revlint:borrow value from b
func (b *Bucket) Get(key []byte) (value []byte) {
	for _, p := range b.page.pairs {
		if bytes.Equal(p.key, key) {
			return p.value
		}
	}
	return nil
}

// Put keeps value until the transaction ends.
//
//revlint:lend value to b
func (b *Bucket) Put(key, value []byte) (err error) {
	b.page.pairs = append(b.page.pairs, pair{bytes.Clone(key), value})
	sort.Slice(b.page.pairs, func(i, j int) bool { return bytes.Compare(b.page.pairs[i].key, b.page.pairs[j].key) < 0 })
	return nil
}

// ForEach calls fn for every pair; it must not keep them.
//
//revlint:scoped fn, fn(k, v)
func (b *Bucket) ForEach(fn func(k, v []byte) error) error {
	for _, p := range b.page.pairs {
		if err := fn(p.key, p.value); err != nil {
			return err
		}
	}
	return nil
}

// Cursor walks through the bucket.
//
//revlint:borrow c from b
func (b *Bucket) Cursor() (c *Cursor) { return &Cursor{page: b.page} }

// A Cursor stands at a pair of a bucket.
type Cursor struct {
	page *page
	at   int
}

// First goes to the first pair.
//
//revlint:borrow k, v from c
func (c *Cursor) First() (k, v []byte) {
	c.at = -1
	return c.Next()
}

// Next goes on to the next pair.
//
//revlint:borrow k, v from c
func (c *Cursor) Next() (k, v []byte) {
	c.at++
	if c.at >= len(c.page.pairs) {
		return nil, nil
	}
	return c.page.pairs[c.at].key, c.page.pairs[c.at].value
}
