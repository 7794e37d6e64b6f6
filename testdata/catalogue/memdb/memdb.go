// Package memdb has the examples for github.com/hashicorp/go-memdb.
package memdb

import "github.com/hashicorp/go-memdb"

// M64: the only writer, and it stays where Insert fails.
func insert(db *memdb.MemDB, obj any) error {
	txn := db.Txn(true) // want revleak
	if err := txn.Insert("t", obj); err != nil {
		return err
	}
	txn.Commit()
	return nil
}

// M64: the only writer, and it stays where there is nothing to insert.
func insertSome(db *memdb.MemDB, obj any) error {
	txn := db.Txn(true) // want revleak
	if obj == nil {
		return nil
	}
	defer txn.Abort()
	if err := txn.Insert("t", obj); err != nil {
		return err
	}
	txn.Commit()
	return nil
}

// M64: Abort does nothing after Commit.
func inserted(db *memdb.MemDB, obj any) error {
	txn := db.Txn(true)
	defer txn.Abort()
	if err := txn.Insert("t", obj); err != nil {
		return err
	}
	txn.Commit()
	return nil
}

// M64: a reader owes nothing.
func read(db *memdb.MemDB, id string) (any, error) {
	txn := db.Txn(false)
	return txn.First("t", "id", id)
}
