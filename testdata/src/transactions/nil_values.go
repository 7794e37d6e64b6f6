package transactions

import (
	"bytes"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A value that is nil is nobody's memory, and any other one is copied.
func (u *users) viewCopyUnlessNil(name string) (value []byte, err error) {
	err = u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return nil
		}
		value = b.Get(name)
		if value != nil {
			value = bytes.Clone(value)
		}
		return nil
	})
	return value, err
}

func (u *users) viewOnlyNil(name string) (value []byte, err error) {
	err = u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return nil
		}
		if v := b.Get(name); v == nil {
			value = v
		}
		return nil
	})
	return value, err
}

func (u *users) viewCopyIfNil(name string) (value []byte, err error) {
	err = u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return nil
		}
		value = b.Get(name) // want revescape
		if value == nil {
			value = bytes.Clone(value)
		}
		return nil
	})
	return value, err
}
