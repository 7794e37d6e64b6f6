// Package transactions uses a store whose values end with their transaction.
package transactions

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

var errMissing = errors.New("missing")

type users struct {
	db    *store.DB
	cache map[string][]byte
	tx    *store.Tx
}

func (u *users) get(name string) ([]byte, error) {
	tx, err := u.db.Begin(false)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	b := tx.Bucket("users")
	if b == nil {
		return nil, errMissing
	}
	return b.Get(name), nil // want revescape
}

func (u *users) getCopy(name string) ([]byte, error) {
	tx, err := u.db.Begin(false)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	b := tx.Bucket("users")
	if b == nil {
		return nil, errMissing
	}
	return bytes.Clone(b.Get(name)), nil
}

func (u *users) lengthAfter(name string) (int, error) {
	tx, err := u.db.Begin(false)
	if err != nil {
		return 0, err
	}
	b := tx.Bucket("users")
	if b == nil {
		tx.Rollback()
		return 0, errMissing
	}
	v := b.Get(name)
	tx.Rollback()
	return int(v[0]), nil // want revuse
}

func (u *users) bucketAfter(name string) (string, error) {
	tx, err := u.db.Begin(true)
	if err != nil {
		return "", err
	}
	b, err := tx.CreateBucket("users")
	if err != nil {
		tx.Rollback()
		return "", err
	}
	if err := tx.Commit(); err != nil {
		return "", err
	}
	return string(b.Get(name)), nil // want revuse
}

func (u *users) bucketUnchecked(name string) (string, error) {
	tx, err := u.db.Begin(false)
	if err != nil {
		return "", err
	}
	defer tx.Rollback()
	return string(tx.Bucket("users").Get(name)), nil // want revnil
}

func (u *users) errIgnored(name string) {
	tx, _ := u.db.Begin(false)
	b := tx.Bucket(name) // want revnil
	fmt.Println(b != nil)
	tx.Rollback()
}

func (u *users) leakOnError(name string, value []byte) error {
	tx, err := u.db.Begin(true) // want revleak
	if err != nil {
		return err
	}
	b, err := tx.CreateBucket("users")
	if err != nil {
		return err
	}
	if err := b.Put(name, value); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// Rollback after Commit is allowed, and does nothing.
func (u *users) put(name string, value []byte) error {
	tx, err := u.db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	b, err := tx.CreateBucket("users")
	if err != nil {
		return err
	}
	if err := b.Put(name, value); err != nil {
		return fmt.Errorf("put %s: %w", name, err)
	}
	return tx.Commit()
}

func (u *users) commitAfterRollback(name string) error {
	tx, err := u.db.Begin(true)
	if err != nil {
		return err
	}
	if _, err := tx.CreateBucket(name); err != nil {
		tx.Rollback()
	}
	return tx.Commit() // want revrelease
}

func (u *users) committedTwice(name string) error {
	tx, err := u.db.Begin(true)
	if err != nil {
		return err
	}
	if _, err := tx.CreateBucket(name); err != nil {
		tx.Rollback()
		return err
	}
	if err := tx.Commit(); err == nil {
		return nil
	}
	return tx.Commit() // want revrelease
}

func (u *users) writesWhatItLent(value []byte) error {
	tx, err := u.db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	b, err := tx.CreateBucket("users")
	if err != nil {
		return err
	}
	if err := b.Put("a", value); err != nil {
		return err
	}
	value[0] = 'x' // want revuse
	if err := b.Put("b", value); err != nil {
		return err
	}
	return tx.Commit()
}

func (u *users) writesAfterwards(value []byte) error {
	tx, err := u.db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	b, err := tx.CreateBucket("users")
	if err != nil {
		return err
	}
	if err := b.Put("a", value); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	value[0] = 'x'
	return nil
}

func (u *users) begin() error {
	tx, err := u.db.Begin(true)
	if err != nil {
		return err
	}
	u.tx = tx
	return nil
}

func (u *users) end(ok bool) error {
	if !ok {
		return u.tx.Rollback()
	}
	return u.tx.Commit()
}

// within ends the transaction however f ends.
func (u *users) within(f func(*store.Tx) error) (err error) {
	tx, err := u.db.Begin(true)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
			return
		}
		err = tx.Commit()
	}()
	return f(tx)
}

func (u *users) closesInTransaction() error {
	tx, err := u.db.Begin(false)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return u.db.Close() // want revwait
}

func (u *users) closesAfterwards() error {
	tx, err := u.db.Begin(false)
	if err != nil {
		return err
	}
	if err := tx.Rollback(); err != nil {
		return err
	}
	return u.db.Close()
}
