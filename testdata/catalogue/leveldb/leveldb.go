// Package leveldb has the examples for github.com/syndtr/goleveldb.
package leveldb

import (
	"bytes"

	"github.com/syndtr/goleveldb/leveldb"
)

// M44: the next seek overwrites the key.
func keys(db *leveldb.DB) (keys [][]byte, err error) {
	it := db.NewIterator(nil, nil)
	defer it.Release()
	for it.Next() {
		keys = append(keys, it.Key()) // want revescape
	}
	return keys, it.Error()
}

// M44: not released where there is nothing.
func empty(db *leveldb.DB) (bool, error) {
	it := db.NewIterator(nil, nil) // want revleak
	if !it.First() {
		return true, it.Error()
	}
	it.Release()
	return false, nil
}

// M44: not released where nothing is wanted.
func unwanted(db *leveldb.DB, wanted bool) bool {
	it := db.NewIterator(nil, nil) // want revleak
	if !wanted {
		return false
	}
	defer it.Release()
	return it.First()
}

// M44: the snapshot goes before its iterator.
func value(db *leveldb.DB) (byte, error) {
	snap, err := db.GetSnapshot()
	if err != nil {
		return 0, err
	}
	it := snap.NewIterator(nil, nil)
	it.First()
	v := it.Value()
	it.Release()
	snap.Release()
	return v[0], nil // want revuse
}

// M44: copies; what Get returns is a copy as it is; Release twice is one.
func copies(db *leveldb.DB) (values [][]byte, err error) {
	it := db.NewIterator(nil, nil)
	defer it.Release()
	for it.Next() {
		values = append(values, bytes.Clone(it.Value()))
	}
	it.Release()
	v, err := db.Get([]byte("k"), nil)
	if err != nil {
		return nil, err
	}
	return append(values, v), it.Error()
}

// M105: the database stays open where the key is not there.
func read(name string, key []byte) ([]byte, error) {
	db, err := leveldb.OpenFile(name, nil) // want revleak
	if err != nil {
		return nil, err
	}
	value, err := db.Get(key, nil)
	if err != nil {
		return nil, err
	}
	return value, db.Close()
}

// M105: repaired where it cannot be opened, and closed.
func readRepaired(name string, key []byte) ([]byte, error) {
	db, err := leveldb.OpenFile(name, nil)
	if err != nil {
		db, err = leveldb.RecoverFile(name, nil)
	}
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return db.Get(key, nil)
}
