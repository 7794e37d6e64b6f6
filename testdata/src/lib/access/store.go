package access

import "github.com/revlint/revlint/testdata/src/lib/store"

// Put sets a value in a bucket that is made if need be.
func Put(tx *store.Tx, bucket, key, value string) error {
	b, err := tx.CreateBucket(bucket)
	if err != nil {
		return err
	}
	return b.Put(key, []byte(value))
}

// Count returns the number of pairs in a bucket.
func Count(tx *store.Tx, bucket string) (n int) {
	b := tx.Bucket(bucket)
	if b == nil {
		return 0
	}
	_ = b.ForEach(func(key string, value []byte) error {
		n++
		return nil
	})
	return n
}

// Lookup returns a copy of a value.
func Lookup(tx *store.Tx, bucket, key string) string {
	if b := tx.Bucket(bucket); b != nil {
		return string(b.Get(key))
	}
	return ""
}
