package transactions

import "github.com/revlint/revlint/testdata/src/lib/store"

func wipe(p []byte) { clear(p) }

func reuse(p []byte, text string) []byte { return append(p, text...) }

func putThenWipe(b *store.Bucket, value []byte) error {
	if err := b.Put("k", value); err != nil {
		return err
	}
	wipe(value) // want revuse
	return nil
}

func wipeThenPut(b *store.Bucket, value []byte) error {
	wipe(value)
	return b.Put("k", value)
}

func putThenReuse(b *store.Bucket, value []byte) error {
	if err := b.Put("a", value); err != nil {
		return err
	}
	value = append(value[:0], "second"...) // want revuse
	return b.Put("b", value)
}

func putThenReuseInHelper(b *store.Bucket, value []byte) error {
	if err := b.Put("a", value); err != nil {
		return err
	}
	value = reuse(value[:0], "second") // want revuse
	return b.Put("b", value)
}

// What is appended behind the value does not change it.
func putThenAppend(b *store.Bucket, value []byte) error {
	if err := b.Put("a", value); err != nil {
		return err
	}
	value = reuse(value, "second")
	return b.Put("b", value)
}

// In each round it is another array.
func putNumbers(b *store.Bucket, keys []string) error {
	for i, key := range keys {
		if err := b.Put(key, []byte{byte(i)}); err != nil {
			return err
		}
	}
	return nil
}

func putSameArray(b *store.Bucket, keys []string) error {
	number := make([]byte, 1)
	for i, key := range keys {
		number[0] = byte(i) // want revuse
		if err := b.Put(key, number); err != nil {
			return err
		}
	}
	return nil
}
