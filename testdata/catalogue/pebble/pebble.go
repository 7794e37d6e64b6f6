// Package pebble has the examples for github.com/cockroachdb/pebble.
package pebble

import (
	"bytes"

	"github.com/cockroachdb/pebble/v2"
)

// M11: the closer is dropped.
func length(db *pebble.DB, key []byte) (int, error) {
	value, _, err := db.Get(key) // want revleak
	return len(value), err
}

// M11: the value is gone with the closer.
func get(db *pebble.DB, key []byte) ([]byte, error) {
	value, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return value, nil // want revescape
}

// M11: a copy stays, and there is nothing to close where there is no value.
func getCopy(db *pebble.DB, key []byte) ([]byte, error) {
	value, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	value = bytes.Clone(value)
	return value, closer.Close()
}

// M12: Next overwrites the key.
func keys(db *pebble.DB) (keys [][]byte, err error) {
	it, err := db.NewIter(nil)
	if err != nil {
		return nil, err
	}
	for it.First(); it.Valid(); it.Next() {
		keys = append(keys, it.Key()) // want revescape
	}
	return keys, it.Close()
}

// M12: not closed where there is no first key.
func first(db *pebble.DB) (string, error) {
	it, err := db.NewIter(nil) // want revleak
	if err != nil {
		return "", err
	}
	if !it.First() {
		return "", it.Error()
	}
	key := string(it.Key())
	return key, it.Close()
}

// M12: copied, closed once.
func keyCopies(db *pebble.DB) (keys [][]byte, err error) {
	it, err := db.NewIter(nil)
	if err != nil {
		return nil, err
	}
	for it.First(); it.Valid(); it.Next() {
		keys = append(keys, bytes.Clone(it.Key()))
	}
	return keys, it.Close()
}

// M106: the database stays open where it cannot be written to.
func open(dir string, key []byte) (*pebble.DB, error) {
	db, err := pebble.Open(dir, &pebble.Options{}) // want revleak
	if err != nil {
		return nil, err
	}
	if err := db.Set(key, nil, pebble.Sync); err != nil {
		return nil, err
	}
	return db, nil
}

// M106: closed there.
func openWhole(dir string, key []byte) (*pebble.DB, error) {
	db, err := pebble.Open(dir, &pebble.Options{})
	if err != nil {
		return nil, err
	}
	if err := db.Set(key, nil, pebble.Sync); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}
