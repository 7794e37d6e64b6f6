// Package ethdb has the examples for github.com/ethereum/go-ethereum.
package ethdb

import (
	"bytes"

	"github.com/ethereum/go-ethereum/ethdb"
)

// M45: Next overwrites the value.
func values(db ethdb.Iteratee) (all [][]byte) {
	it := db.NewIterator(nil, nil)
	defer it.Release()
	for it.Next() {
		all = append(all, it.Value()) // want revescape
	}
	return all
}

// M45: not released where there is nothing.
func empty(db ethdb.Iteratee) bool {
	it := db.NewIterator(nil, nil) // want revleak
	if !it.Next() {
		return true
	}
	it.Release()
	return false
}

// M45: not released where nothing is wanted.
func firstOf(db ethdb.Iteratee, n int) (keys []string) {
	it := db.NewIterator(nil, nil) // want revleak
	if n == 0 {
		return nil
	}
	for it.Next() {
		keys = append(keys, string(it.Key()))
	}
	it.Release()
	return keys
}

// M45: copies; Release twice is one.
func copies(db ethdb.Iteratee) (all [][]byte) {
	it := db.NewIterator(nil, nil)
	defer it.Release()
	for it.Next() {
		all = append(all, bytes.Clone(it.Value()))
	}
	it.Release()
	return all
}
