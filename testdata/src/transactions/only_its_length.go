package transactions

import "github.com/revlint/revlint/testdata/src/lib/store"

// How long a value is, is asked of the slice, not of the store's memory.
func exists(db *store.DB, key string) (bool, error) {
	var value []byte
	err := db.View(func(tx *store.Tx) error {
		if b := tx.Bucket("b"); b != nil {
			value = b.Get(key)
		}
		return nil
	})
	if value == nil {
		return false, err
	}
	return len(value) > 0, err
}

func firstByte(db *store.DB, key string) byte {
	var value []byte
	_ = db.View(func(tx *store.Tx) error {
		if b := tx.Bucket("b"); b != nil {
			value = b.Get(key) // want revescape
		}
		return nil
	})
	if len(value) == 0 {
		return 0
	}
	return value[0]
}

func lengthAndValue(db *store.DB, key string) (int, string) {
	var value []byte
	_ = db.View(func(tx *store.Tx) error {
		if b := tx.Bucket("b"); b != nil {
			value = b.Get(key) // want revescape
		}
		return nil
	})
	return len(value), string(value)
}
