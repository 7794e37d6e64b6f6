package transactions

import (
	"bytes"
	"slices"
	"strings"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

func (u *users) view(name string) (out []byte, err error) {
	err = u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return errMissing
		}
		out = b.Get(name) // want revescape
		return nil
	})
	return out, err
}

func (u *users) viewCopy(name string) (out []byte, err error) {
	err = u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return errMissing
		}
		out = append(out, b.Get(name)...)
		return nil
	})
	return out, err
}

func (u *users) all() (values [][]byte, err error) {
	err = u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return nil
		}
		return b.ForEach(func(key string, value []byte) error {
			values = append(values, value) // want revescape
			return nil
		})
	})
	return values, err
}

func (u *users) allNames() (names []string, err error) {
	err = u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return nil
		}
		return b.ForEach(func(key string, value []byte) error {
			names = append(names, key+"="+string(value))
			return nil
		})
	})
	slices.Sort(names)
	return names, err
}

func (u *users) fill(key string, value []byte) error {
	u.cache[key] = value // want revescape
	return nil
}

func (u *users) fillCache() error {
	return u.db.View(func(tx *store.Tx) error {
		if b := tx.Bucket("users"); b != nil {
			return b.ForEach(u.fill)
		}
		return nil
	})
}

func (u *users) fillCopy(key string, value []byte) error {
	u.cache[key] = bytes.Clone(value)
	return nil
}

func (u *users) fillCacheWithCopies() error {
	return u.db.View(func(tx *store.Tx) error {
		if b := tx.Bucket("users"); b != nil {
			return b.ForEach(u.fillCopy)
		}
		return nil
	})
}

func (u *users) keptTx() error {
	return u.db.View(func(tx *store.Tx) error {
		u.tx = tx // want revescape
		return nil
	})
}

func (u *users) borrowedTx(f func() error) error {
	return u.db.View(func(tx *store.Tx) error {
		u.tx = tx
		defer func() { u.tx = nil }()
		return f()
	})
}

// What View gave is not to be committed by its user.
func (u *users) commitsInView() error {
	return u.db.Update(func(tx *store.Tx) error {
		return tx.Commit() // want revrelease
	})
}

// The key is gone with the next call, the value only with the transaction.
func (u *users) lastKey() (last string, err error) {
	err = u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return nil
		}
		c := b.Cursor()
		var prev []byte
		for k, v := c.Next(); k != nil; k, v = c.Next() {
			if len(prev) > 0 && prev[0] == 'x' { // want revuse
				break
			}
			prev = k
			_ = v
		}
		return nil
	})
	return last, err
}

func (u *users) longestValue() (n int, err error) {
	err = u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return nil
		}
		c := b.Cursor()
		var longest []byte
		for k, v := c.Next(); k != nil; k, v = c.Next() {
			if len(v) > len(longest) {
				longest = v
			}
		}
		n = bytes.Count(longest, []byte("\n"))
		return nil
	})
	return n, err
}

func (u *users) joined() (s string, err error) {
	var b strings.Builder
	err = u.db.View(func(tx *store.Tx) error {
		bucket := tx.Bucket("users")
		if bucket == nil {
			return errMissing
		}
		c := bucket.Cursor()
		for k, v := c.Next(); k != nil; k, v = c.Next() {
			b.Write(k)
			b.WriteByte('=')
			b.Write(v)
		}
		return nil
	})
	return b.String(), err
}

func (u *users) closesInView() error {
	return u.db.View(func(tx *store.Tx) error {
		return u.db.Close() // want revwait
	})
}

func (u *users) viewInGoroutine(out chan<- []byte) error {
	return u.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("users")
		if b == nil {
			return errMissing
		}
		v := b.Get("a")
		go func() { // want revescape
			out <- bytes.ToUpper(v)
		}()
		return nil
	})
}
