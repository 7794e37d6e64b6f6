// Package deferredarguments has deferred literals that get what they release as an argument.
package deferredarguments

import (
	"io"
	"log"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func okCloser(db *kv.DB, key string) (string, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return "", err
	}
	defer func(c io.Closer) {
		if err := c.Close(); err != nil {
			log.Printf("close: %v", err)
		}
	}(closer)
	return string(v), nil
}

func okGuardByValue(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer func(g revocable.Guard) { g.Release() }(g)
	return s.Read()
}

func okGuardByPointer(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer func(g *revocable.Guard) { g.Release() }(&g)
	return s.Read()
}

func okTransaction(db *store.DB) (id int, err error) {
	tx, err := db.Begin(false)
	if err != nil {
		return 0, err
	}
	defer func(tx *store.Tx) { err = tx.Rollback() }(tx)
	return access.Count(tx, "a"), nil
}

func okVariableReused(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer func(tx *store.Tx) { _ = tx.Rollback() }(tx)
	tx, err = db.Begin(false)
	if err != nil {
		return err
	}
	defer func(tx *store.Tx) { _ = tx.Rollback() }(tx)
	return nil
}

func badLiteralOnlyLogs(db *kv.DB, key string) (string, error) {
	v, closer, err := db.Get(key) // want revleak
	if err != nil {
		return "", err
	}
	defer func(c io.Closer) {
		if c == nil {
			log.Print("no closer")
		}
	}(closer)
	return string(v), nil
}

func badClosesTheOther(db *kv.DB, a, b string) (int, error) {
	va, ca, err := db.Get(a)
	if err != nil {
		return 0, err
	}
	defer func(c io.Closer) { _ = c.Close() }(ca) // want revrelease
	vb, cb, err := db.Get(b)                      // want revleak
	if err != nil {
		return 0, err
	}
	defer func(c io.Closer) { _ = c.Close() }(ca)
	return len(va) + len(vb), errIf(cb == nil)
}

func errIf(failed bool) error {
	if failed {
		return io.ErrUnexpectedEOF
	}
	return nil
}

func badReleasedAtOnce(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	func(g *revocable.Guard) { g.Release() }(&g)
	return s.Value // want revuse
}

func badVariableReused(db *store.DB) error {
	tx, err := db.Begin(true) // want revleak
	if err != nil {
		return err
	}
	tx, err = db.Begin(false)
	if err != nil {
		return err
	}
	defer func(tx *store.Tx) { _ = tx.Rollback() }(tx)
	return nil
}
