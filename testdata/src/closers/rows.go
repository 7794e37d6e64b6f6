package closers

import (
	"reflect"

	"github.com/revlint/revlint/testdata/src/lib/kv"
)

func countRows(db *kv.DB) (n int, err error) {
	rows, err := db.Query("all")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	rows.Close()
	return n, rows.Err() // is there to be asked at the end
}

func nextAfterClose(db *kv.DB) (bool, error) {
	rows, err := db.Query("all")
	if err != nil {
		return false, err
	}
	rows.Close()
	return rows.Next(), rows.Err() // want revuse
}

// What a method of an interface does with the debt of its own receiver is not known.
func rowsNotClosed(db *kv.DB) (n int, err error) {
	rows, err := db.Query("all") // want revleak
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n += len(rows.Row())
	}
	return n, rows.Err()
}

// A method that is called by its name may be any.
func callByName(x any, name string) {
	reflect.ValueOf(x).MethodByName(name).Call(nil)
}

func closedByName(db *kv.DB) (int, error) {
	it, err := db.NewIter("a")
	if err != nil {
		return 0, err
	}
	n := len(it.Key())
	callByName(it, "Close")
	return n, nil
}

// The database goes, but nobody has closed the iterator.
func closedAroundIterator(dir string) error {
	db, err := kv.Open(dir)
	if err != nil {
		return err
	}
	it, err := db.NewIter("a") // want revleak
	if err != nil {
		db.Close()
		return err
	}
	it.First()
	return db.Close()
}

func sentAfterClose(db *kv.DB, out chan<- []byte) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	if err := closer.Close(); err != nil {
		return err
	}
	out <- v // want revescape
	return nil
}

// s[:0:0] has no room: appending to it copies.
func copiedByAppend(db *kv.DB) ([]byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return append(v[:0:0], v...), nil
}

func copiedInPlace(db *kv.DB) ([]byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return append(v[:0], 'x'), nil // want revescape
}

// Whether the error is one, is asked elsewhere.
func askedElsewhere(db *kv.DB, failed func(error) bool) byte {
	v, closer, err := db.Get("k")
	if failed(err) {
		return 0
	}
	n := v[0]
	closer.Close()
	return n
}

// What the goroutine sets may be an error.
func openedByGoroutine(db *kv.DB, load func() error) error {
	_, closer, err := db.Get("k") // want revleak
	if err != nil {
		return err
	}
	var failure error
	done := make(chan struct{})
	go func() {
		failure = load()
		close(done)
	}()
	<-done
	if failure != nil {
		return failure
	}
	return closer.Close()
}
