//go:build cgo

// Package lmdb has the examples for github.com/bmatsuo/lmdb-go.
package lmdb

import (
	"bytes"

	"github.com/bmatsuo/lmdb-go/lmdb"
)

// M66: what is read raw lies in the map of the file, until the transaction ends.
func rawValue(env *lmdb.Env, dbi lmdb.DBI, key []byte) (value []byte, err error) {
	err = env.View(func(txn *lmdb.Txn) error {
		txn.RawRead = true
		value, err = txn.Get(dbi, key) // want revescape
		return err
	})
	return value, err
}

// M66: what is not read raw is a copy.
func value(env *lmdb.Env, dbi lmdb.DBI, key []byte) (value []byte, err error) {
	err = env.View(func(txn *lmdb.Txn) error {
		value, err = txn.Get(dbi, key)
		return err
	})
	return value, err
}

// M66: so is a clone.
func clone(env *lmdb.Env, dbi lmdb.DBI, key []byte) (value []byte, err error) {
	err = env.View(func(txn *lmdb.Txn) error {
		txn.RawRead = true
		raw, err := txn.Get(dbi, key)
		value = bytes.Clone(raw)
		return err
	})
	return value, err
}

// M66: the reserved space is written to when the transaction has ended.
func reserve(env *lmdb.Env, dbi lmdb.DBI, key []byte) (space []byte, err error) {
	err = env.Update(func(txn *lmdb.Txn) error {
		space, err = txn.PutReserve(dbi, key, 8, 0) // want revescape
		return err
	})
	return space, err
}

// M66: filled in time.
func fill(env *lmdb.Env, dbi lmdb.DBI, key, value []byte) error {
	return env.Update(func(txn *lmdb.Txn) error {
		space, err := txn.PutReserve(dbi, key, len(value), 0)
		if err != nil {
			return err
		}
		copy(space, value)
		return nil
	})
}

// M66: the transaction leaves its function.
func leave(env *lmdb.Env) (kept *lmdb.Txn, err error) {
	err = env.View(func(txn *lmdb.Txn) error {
		kept = txn // want revescape
		return nil
	})
	return kept, err
}
