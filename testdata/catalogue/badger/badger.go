// Package badger has the examples for github.com/dgraph-io/badger.
package badger

import "github.com/dgraph-io/badger/v4"

// M6: the value is not ours after fn.
func value(item *badger.Item) (value []byte, err error) {
	err = item.Value(func(val []byte) error {
		value = val // want revescape
		return nil
	})
	return value, err
}

// M6: a copy is.
func valueCopy(item *badger.Item) (a, b []byte, err error) {
	err = item.Value(func(val []byte) error {
		a = append(a, val...)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	b, err = item.ValueCopy(nil)
	return a, b, err
}

// M7: keys of items that are no more.
func keys(db *badger.DB) (keys [][]byte, err error) {
	err = db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.DefaultIteratorOptions)
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			keys = append(keys, it.Item().Key()) // want revescape
		}
		return nil
	})
	return keys, err
}

// M7: copies.
func keyCopies(db *badger.DB) (keys [][]byte, err error) {
	err = db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.DefaultIteratorOptions)
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			keys = append(keys, it.Item().KeyCopy(nil))
		}
		return nil
	})
	return keys, err
}

// M8: Next reuses the item.
func second(it *badger.Iterator) uint64 {
	it.Rewind()
	first := it.Item()
	it.Next()
	return first.Version() // want revuse
}

// M8: read before.
func versions(it *badger.Iterator) (all []uint64) {
	for it.Rewind(); it.Valid(); it.Next() {
		all = append(all, it.Item().Version())
	}
	return all
}

// M9: not discarded where the key is not there.
func version(db *badger.DB, key []byte) (uint64, error) {
	txn := db.NewTransaction(false) // want revleak
	item, err := txn.Get(key)
	if err != nil {
		return 0, err
	}
	v := item.Version()
	txn.Discard()
	return v, nil
}

// M9: Discard may follow Commit.
func set(db *badger.DB, key, value []byte) error {
	txn := db.NewTransaction(true)
	defer txn.Discard()
	if err := txn.Set(key, value); err != nil {
		return err
	}
	return txn.Commit()
}

// M10: one key for all, which the transaction has not copied.
func numbers(db *badger.DB) error {
	return db.Update(func(txn *badger.Txn) error {
		key := make([]byte, 1)
		for i := range 8 {
			key[0] = byte(i) // want revuse
			if err := txn.Set(key, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// M10: each its own.
func ownNumbers(db *badger.DB) error {
	return db.Update(func(txn *badger.Txn) error {
		for i := range 8 {
			if err := txn.Set([]byte{byte(i)}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// M104: the database stays open where it lacks the key.
func openWith(dir string, key []byte) (*badger.DB, error) {
	db, err := badger.Open(badger.DefaultOptions(dir)) // want revleak
	if err != nil {
		return nil, err
	}
	err = db.View(func(txn *badger.Txn) error {
		_, err := txn.Get(key)
		return err
	})
	if err != nil {
		return nil, err
	}
	return db, nil
}

type store struct{ db *badger.DB }

// M104: the store has it, and is closed as it is.
func newStore(dir string, key []byte) (*store, error) {
	db, err := badger.Open(badger.DefaultOptions(dir))
	if err != nil {
		return nil, err
	}
	s := &store{db: db}
	if err := s.check(key); err != nil {
		s.db.Close()
		return nil, err
	}
	return s, nil
}

func (s *store) check(key []byte) error {
	return s.db.View(func(txn *badger.Txn) error {
		_, err := txn.Get(key)
		return err
	})
}
