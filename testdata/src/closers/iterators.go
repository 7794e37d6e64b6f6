package closers

import (
	"bytes"
	"slices"

	"github.com/revlint/revlint/testdata/src/lib/kv"
)

func keys(db *kv.DB) (all []string, err error) {
	it, err := db.NewIter("")
	if err != nil {
		return nil, err
	}
	defer it.Close()
	for ok := it.First(); ok; ok = it.Next() {
		all = append(all, string(it.Key()))
	}
	return all, nil
}

func rawKeys(db *kv.DB) (all [][]byte, err error) {
	it, err := db.NewIter("")
	if err != nil {
		return nil, err
	}
	defer it.Close()
	for ok := it.First(); ok; ok = it.Next() {
		all = append(all, it.Key()) // want revescape
	}
	return all, nil
}

func clonedKeys(db *kv.DB) (all [][]byte, err error) {
	it, err := db.NewIter("")
	if err != nil {
		return nil, err
	}
	defer it.Close()
	for ok := it.First(); ok; ok = it.Next() {
		all = append(all, slices.Clone(it.Key()))
	}
	return all, nil
}

func ascending(db *kv.DB) (bool, error) {
	it, err := db.NewIter("")
	if err != nil {
		return false, err
	}
	defer it.Close()
	if !it.First() {
		return true, nil
	}
	prev := it.Key()
	for it.Next() {
		if bytes.Compare(prev, it.Key()) > 0 { // want revuse
			return false, nil
		}
		prev = it.Key()
	}
	return true, nil
}

func ascendingByCopies(db *kv.DB) (bool, error) {
	it, err := db.NewIter("")
	if err != nil {
		return false, err
	}
	defer it.Close()
	var prev []byte
	for ok := it.First(); ok; ok = it.Next() {
		key := it.Key()
		if bytes.Compare(prev, key) > 0 {
			return false, nil
		}
		prev = append(prev[:0], key...)
	}
	return true, nil
}

func seekThenUse(it *kv.Iter) byte {
	key := it.Key()
	it.SeekGE("m")
	return key[0] // want revuse
}

func validThenUse(it *kv.Iter) byte {
	key := it.Key()
	if !it.Valid() {
		return 0
	}
	return key[0]
}

func iterLeak(db *kv.DB) (int, error) {
	it, err := db.NewIter("a") // want revleak
	if err != nil {
		return 0, err
	}
	if !it.First() {
		return 0, nil
	}
	n := len(it.Value())
	return n, it.Close()
}

func valueAfterClose(db *kv.DB) (byte, error) {
	it, err := db.NewIter("a")
	if err != nil {
		return 0, err
	}
	v := it.Value()
	it.Close()
	return v[0], nil // want revuse
}

func closeInOrder(dir string) (byte, error) {
	db, err := kv.Open(dir)
	if err != nil {
		return 0, err
	}
	v, closer, err := db.Get("a")
	if err != nil {
		db.Close()
		return 0, err
	}
	n := v[0]
	closer.Close()
	return n, db.Close()
}

func useAfterDatabase(dir string) (byte, error) {
	db, err := kv.Open(dir)
	if err != nil {
		return 0, err
	}
	it, err := db.NewIter("")
	if err != nil {
		db.Close()
		return 0, err
	}
	n := len(it.Value())
	it.Close()
	db.Close()
	it, err = db.NewIter("") // want revuse
	if err != nil {
		return 0, err
	}
	it.Close()
	return byte(n), nil
}
