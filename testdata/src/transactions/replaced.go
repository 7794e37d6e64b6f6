package transactions

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A writer has a transaction at any time: where it commits one, it begins the next.
type writer struct {
	db  *store.DB
	tx  *store.Tx
	err error
	n   int
}

func (w *writer) begin() *store.Tx {
	tx, err := w.db.Begin(true)
	w.err = err
	return tx
}

func (w *writer) flush() error {
	if w.err != nil {
		return w.err
	}
	if err := w.tx.Commit(); err != nil {
		return err
	}
	w.tx, w.n = w.begin(), 0
	return w.err
}

func (w *writer) put(key string, value []byte) error {
	b, err := w.tx.CreateBucket("users")
	if err != nil {
		return err
	}
	if err := b.Put(key, value); err != nil {
		return err
	}
	if w.n++; w.n < 1000 {
		return nil
	}
	return w.flush()
}

func (w *writer) putAll(values map[string][]byte) error {
	for key, value := range values {
		if err := w.put(key, value); err != nil {
			return err
		}
	}
	return w.flush()
}

func (w *writer) putInBatches(batches []map[string][]byte) error {
	for _, values := range batches {
		if err := w.putAll(values); err != nil {
			return err
		}
		if err := w.flush(); err != nil {
			return err
		}
	}
	return nil
}

// finish leaves the transaction where it is.
func (w *writer) finish() error { return w.tx.Commit() }

// What was released is still there.
func (w *writer) finishAndPut(key string, value []byte) error {
	if err := w.finish(); err != nil {
		return err
	}
	b, err := w.tx.CreateBucket("users") // want revuse
	if err != nil {
		return err
	}
	return b.Put(key, value)
}

func (w *writer) finishTwice() error {
	if err := w.finish(); err != nil {
		return err
	}
	return w.finish() // want revrelease
}

func (w *writer) finishTwiceAtOnce() error {
	err := w.finish()
	return errors.Join(err, w.finish()) // want revrelease
}
