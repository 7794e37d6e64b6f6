// Package owner declares a handle, and keeps track of whether it is over.
package owner

import "errors"

type DB struct{ last *Tx }

type Tx struct {
	db      *DB
	managed bool
	Count   int
}

// Begin begins a transaction.
//
//revlint:acquire t from db if err == nil
func (db *DB) Begin(writable bool) (t *Tx, err error) {
	if db == nil {
		return nil, errors.New("closed")
	}
	t = &Tx{db: db}
	db.last = t
	return t, nil
}

// Commit ends the transaction.
//
//revlint:release tx
func (tx *Tx) Commit() (err error) { tx.db = nil; return nil }

// Rollback ends the transaction if that is not done yet.
//
//revlint:release tx idempotent
func (tx *Tx) Rollback() error { tx.db = nil; return nil }

func (tx *Tx) rollback() { tx.db = nil }

// Update calls fn with a transaction.
func (db *DB) Update(fn func(*Tx) error) error {
	t, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer func() {
		if t.db != nil {
			t.rollback()
		}
	}()
	t.managed = true
	err = fn(t)
	t.managed = false
	if err != nil {
		_ = t.Rollback()
		return err
	}
	return t.Commit()
}
