// Package kv is a store whose reads hand out a closer with the value.
package kv

import (
	"errors"
	"io"
)

var ErrNotFound = errors.New("kv: not found")

type DB struct {
	blocks map[string]*block
	opened int
}

type block struct {
	data []byte
	refs int
}

func (b *block) Close() error {
	b.refs--
	return nil
}

// Get returns the value of key, which lives until closer is closed.
//
//revlint:acquire value guard closer from d once if err == nil
func (d *DB) Get(key string) (value []byte, closer io.Closer, err error) {
	b := d.blocks[key]
	if b == nil {
		return nil, nil, ErrNotFound
	}
	b.refs++
	return b.data, b, nil
}

// NewIter returns an iterator; its Close must be called.
//
//revlint:acquire it from d if err == nil
func (d *DB) NewIter(prefix string) (it *Iter, err error) {
	if d.blocks == nil {
		return nil, errors.New("kv: closed")
	}
	it = &Iter{db: d, at: -1}
	for key := range d.blocks {
		if len(key) >= len(prefix) && key[:len(prefix)] == prefix {
			it.keys = append(it.keys, key)
		}
	}
	return it, nil
}

// Close closes the database. What was taken from it is gone then.
//
//revlint:release d
func (d *DB) Close() error {
	d.blocks = nil
	return nil
}

// Open opens a database.
//
//revlint:acquire d if err == nil
func Open(dir string) (d *DB, err error) {
	if dir == "" {
		return nil, errors.New("kv: no directory")
	}
	return &DB{blocks: map[string]*block{}}, nil
}

type Iter struct {
	db   *DB
	keys []string
	at   int
	buf  []byte
}

func (i *Iter) First() bool {
	i.at = 0
	return i.Valid()
}

func (i *Iter) Next() bool {
	i.at++
	return i.Valid()
}

func (i *Iter) SeekGE(key string) bool {
	for i.at = 0; i.Valid() && i.keys[i.at] < key; i.at++ {
	}
	return i.Valid()
}

func (i *Iter) Valid() bool { return 0 <= i.at && i.at < len(i.keys) }

// Key returns the key at the iterator's place.
//
//revlint:borrow key from i until First, Next, Seek*
func (i *Iter) Key() (key []byte) {
	i.buf = append(i.buf[:0], i.keys[i.at]...)
	return i.buf
}

// Value returns the value at the iterator's place.
//
//revlint:borrow value from i until First, Next, Seek*
func (i *Iter) Value() (value []byte) { return i.db.blocks[i.keys[i.at]].data }

//revlint:release i
func (i *Iter) Close() error {
	i.keys = nil
	return nil
}

// Rows are the answer to a query.
type Rows interface {
	Next() bool

	//revlint:borrow row from self until Next
	Row() (row []byte)

	// Err may be asked after Close, too.
	Err() error

	//revlint:release self
	Close() error
}

// Query returns the rows of a query, which must be closed.
//
//revlint:acquire rows from d if err == nil
func (d *DB) Query(q string) (rows Rows, err error) {
	if d.blocks == nil {
		return nil, errors.New("kv: closed")
	}
	return &answer{db: d, query: q}, nil
}

type answer struct {
	db    *DB
	query string
	err   error
	done  bool
}

func (a *answer) Next() bool   { return !a.done && a.query != "" }
func (a *answer) Row() []byte  { return []byte(a.query) }
func (a *answer) Err() error   { return a.err }
func (a *answer) Close() error { a.done = true; return nil }
