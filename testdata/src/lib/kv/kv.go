// Package kv is a store whose values are given back with a closer of their own.
package kv

import (
	"errors"
	"io"
	"sync/atomic"
)

// ErrNotFound is returned for a key without a value.
var ErrNotFound = errors.New("kv: not found")

// A DB maps keys to values.
type DB struct {
	values map[string][]byte
	lent   atomic.Int64
}

// New makes a store that holds these values.
func New(values map[string][]byte) *DB { return &DB{values: values} }

type pin struct{ db *DB }

func (p *pin) Close() error {
	p.db.lent.Add(-1)
	return nil
}

// Get returns the value of key, which lives until closer is closed.
//
//revlint:acquire value guard closer from d once if err == nil
func (d *DB) Get(key []byte) (value []byte, closer io.Closer, err error) {
	v, ok := d.values[string(key)]
	if !ok {
		return nil, nil, ErrNotFound
	}
	d.lent.Add(1)
	return v, &pin{d}, nil
}
