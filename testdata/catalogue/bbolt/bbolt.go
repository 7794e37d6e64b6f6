// Package bbolt has the examples for go.etcd.io/bbolt.
package bbolt

import (
	"bytes"
	"os"

	"go.etcd.io/bbolt"
)

var bucket = []byte("b")

// M1: the value is gone with its transaction.
func get(db *bbolt.DB, key []byte) (value []byte, err error) {
	err = db.View(func(tx *bbolt.Tx) error {
		value = tx.Bucket(bucket).Get(key) // want revescape
		return nil
	})
	return value, err
}

// M1: a copy stays.
func getCopy(db *bbolt.DB, key []byte) (value []byte, err error) {
	err = db.View(func(tx *bbolt.Tx) error {
		value = bytes.Clone(tx.Bucket(bucket).Get(key))
		return nil
	})
	return value, err
}

// M2: so are keys, which are the transaction's too.
func first(db *bbolt.DB) (byte, error) {
	tx, err := db.Begin(false)
	if err != nil {
		return 0, err
	}
	k, _ := tx.Bucket(bucket).Cursor().First()
	if err := tx.Rollback(); err != nil {
		return 0, err
	}
	return k[0], nil // want revuse
}

// M2: all keys live until the transaction ends, not just until Next.
func both(tx *bbolt.Tx) bool {
	c := tx.Bucket(bucket).Cursor()
	a, _ := c.First()
	b, _ := c.Next()
	return bytes.Equal(a, b)
}

// M3: the transaction leaves the function that it was given to.
func leave(db *bbolt.DB) (kept *bbolt.Tx, err error) {
	err = db.Update(func(tx *bbolt.Tx) error {
		kept = tx // want revescape
		return nil
	})
	return kept, err
}

// M3: committed by Update.
func committed(db *bbolt.DB) error {
	return db.Update(func(tx *bbolt.Tx) error {
		return tx.Commit() // want revrelease
	})
}

// M3: all inside. Keys and values live as long as the transaction, so they may
// leave ForEach.
func longest(db *bbolt.DB) (key string, err error) {
	err = db.View(func(tx *bbolt.Tx) error {
		var longest []byte
		err := tx.Bucket(bucket).ForEach(func(k, v []byte) error {
			if len(k) > len(longest) {
				longest = k
			}
			return nil
		})
		key = string(longest)
		return err
	})
	return key, err
}

// M3: but not the transaction.
func keys(db *bbolt.DB) (keys [][]byte, err error) {
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucket).ForEach(func(k, v []byte) error {
			keys = append(keys, k) // want revescape
			return nil
		})
	})
	return keys, err
}

// M4: not rolled back where there is no bucket.
func count(db *bbolt.DB) (n int, err error) {
	tx, err := db.Begin(false) // want revleak
	if err != nil {
		return 0, err
	}
	b := tx.Bucket(bucket)
	if b == nil {
		return 0, nil
	}
	n = b.Stats().KeyN
	return n, tx.Rollback()
}

// M4: Rollback does nothing after Commit.
func create(db *bbolt.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.CreateBucketIfNotExists(bucket); err != nil {
		return err
	}
	return tx.Commit()
}

// M5: one buffer for all values, which bbolt has not copied.
func numbers(db *bbolt.DB) error {
	return db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucket)
		value := make([]byte, 1)
		for i := range 8 {
			value[0] = byte(i) // want revuse
			if err := b.Put([]byte{byte(i)}, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// M5: a value of its own for each key. Keys are copied.
func ownNumbers(db *bbolt.DB) error {
	return db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucket)
		key := make([]byte, 1)
		for i := range 8 {
			key[0] = byte(i)
			if err := b.Put(key, []byte{byte(i)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// M103: the database stays open where its bucket cannot be made.
func open(name string) (*bbolt.DB, error) {
	db, err := bbolt.Open(name, 0o600, nil) // want revleak
	if err != nil {
		return nil, err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists(bucket)
		return err
	})
	if err != nil {
		return nil, err
	}
	return db, nil
}

// M103: closed there.
func openWhole(name string) (*bbolt.DB, error) {
	db, err := bbolt.Open(name, 0o600, nil)
	if err != nil {
		return nil, err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists(bucket)
		return err
	})
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// M103: closed at last, and read from until then.
func copyOf(name string, key []byte) ([]byte, error) {
	db, err := bbolt.Open(name, 0o600, nil)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return getCopy(db, key)
}

// M103: the file is the database's, which closes it.
func openTemporary(dir string) (*bbolt.DB, error) {
	f, err := os.CreateTemp(dir, "db")
	if err != nil {
		return nil, err
	}
	options := bbolt.Options{OpenFile: func(string, int, os.FileMode) (*os.File, error) { return f, nil }}
	db, err := bbolt.Open(f.Name(), 0o600, &options)
	if err != nil {
		f.Close()
		return nil, err
	}
	return db, nil
}
