// Package dyingstructs moves resources into local structs that die on an error path.
package dyingstructs

import (
	"errors"
	"io"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

var errEmpty = errors.New("empty")

// A record is a value with what ends it.
type record struct {
	data   []byte
	closer io.Closer
}

func (r *record) close() error { return r.closer.Close() }

// A batch has a transaction and an access.
type batch struct {
	tx *store.Tx
	s  *sensor.Sensor
	g  revocable.Guard
}

func (b *batch) end() {
	b.g.Release()
	if b.tx != nil {
		b.tx.Rollback()
	}
}

func okRecord(db *kv.DB, key string) (*record, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	r := &record{data: v, closer: closer}
	if len(r.data) == 0 {
		r.close()
		return nil, errEmpty
	}
	return r, nil
}

func okRecordLocal(db *kv.DB, key string) (n int, err error) {
	var r record
	if r.data, r.closer, err = db.Get(key); err != nil {
		return 0, err
	}
	defer r.close()
	if len(r.data) == 0 {
		return 0, errEmpty
	}
	return len(r.data), nil
}

func okBatch(db *store.DB, h sensor.Handle) error {
	b := batch{}
	b.s, b.g = h.TryAccess()
	if b.s == nil {
		return sensor.ErrGone
	}
	defer b.end()
	var err error
	if b.tx, err = db.Begin(true); err != nil {
		return err
	}
	if err = access.Put(b.tx, "a", b.s.Name, "v"); err != nil {
		return err
	}
	tx := b.tx
	b.tx = nil
	return tx.Commit()
}

func okUserOfRecord(db *kv.DB, key string) (string, error) {
	r, err := okRecord(db, key)
	if err != nil {
		return "", err
	}
	defer r.close()
	return string(r.data), nil
}

func okElsewhere(h sensor.Handle) (float64, error) {
	a, err := access.NewAccess(h)
	if err != nil {
		return 0, err
	}
	v := a.Sensor.Read()
	if v < 0 {
		return 0, errors.Join(errEmpty, a.Close())
	}
	return v, a.Close()
}

func okTransferred(db *kv.DB, keys []string, sink func(*record) bool) error {
	for _, key := range keys {
		v, closer, err := db.Get(key)
		if err != nil {
			return err
		}
		r := &record{v, closer}
		if !sink(r) {
			break
		}
	}
	return nil
}

func badRecord(db *kv.DB, key string) (*record, error) {
	v, closer, err := db.Get(key) // want revleak
	if err != nil {
		return nil, err
	}
	r := &record{data: v, closer: closer}
	if len(r.data) == 0 {
		return nil, errEmpty
	}
	return r, nil
}

func badRecordLocal(db *kv.DB, key string) (n int, err error) {
	var r record
	if r.data, r.closer, err = db.Get(key); err != nil { // want revleak
		return 0, err
	}
	if len(r.data) == 0 {
		return 0, errEmpty
	}
	n = len(r.data)
	return n, r.close()
}

func badBatch(db *store.DB, h sensor.Handle) error {
	b := batch{}
	b.s, b.g = h.TryAccess() // want revleak
	if b.s == nil {
		return sensor.ErrGone
	}
	var err error
	if b.tx, err = db.Begin(true); err != nil {
		return err
	}
	defer b.end()
	return access.Put(b.tx, "a", b.s.Name, "v")
}

func badUserOfRecord(db *kv.DB, key string) (string, error) {
	r, err := okRecord(db, key) // want revleak
	if err != nil {
		return "", err
	}
	if len(r.data) > 100 {
		return "", errEmpty
	}
	s := string(r.data)
	return s, r.close()
}

func badElsewhere(h sensor.Handle) (float64, error) {
	a, err := access.NewAccess(h) // want revleak
	if err != nil {
		return 0, err
	}
	v := a.Sensor.Read()
	if v < 0 {
		return 0, errEmpty
	}
	return v, a.Close()
}

func badUsedAfterClose(db *kv.DB, key string) (byte, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return 0, err
	}
	r := record{data: v, closer: closer}
	if err := r.close(); err != nil {
		return 0, err
	}
	return r.data[0], nil // want revuse
}
