// Package deferredclosures has releases in deferred closures and inside the arguments of other calls.
package deferredclosures

import (
	"errors"
	"fmt"
	"log"

	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func check(err error) {
	if err != nil {
		log.Print(err)
	}
}

func okDropped(db *kv.DB, key string) (string, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return "", err
	}
	defer func() { _ = closer.Close() }()
	return string(v), nil
}

func okJoined(db *kv.DB, key string) (s string, err error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return "", fmt.Errorf("get %q: %w", key, err)
	}
	defer func() {
		if cerr := closer.Close(); cerr != nil && err == nil {
			err = cerr
		}
	}()
	return string(v), nil
}

func okNestedInCall(db *kv.DB, key string) (n int, err error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return 0, err
	}
	n = len(v)
	check(closer.Close())
	return n, nil
}

func okNestedInJoin(db *store.DB, fill func(*store.Tx) error) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	if err := fill(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func okDeferredCheck(db *store.DB) (int, error) {
	tx, err := db.Begin(false)
	if err != nil {
		return 0, err
	}
	defer func() { check(tx.Rollback()) }()
	return access.Count(tx, "a"), nil
}

func okUnlessCommitted(db *store.DB, value string) (err error) {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	if err := access.Put(tx, "a", "k", value); err != nil {
		return err
	}
	done = true
	return tx.Commit()
}

func okOnError(db *store.DB, value string) (err error) {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			check(tx.Rollback())
			return
		}
		err = tx.Commit()
	}()
	return access.Put(tx, "a", "k", value)
}

func okRecovers(h sensor.Handle, f func(float64) float64) (v float64, err error) {
	s, g := h.TryAccess()
	if s == nil {
		return 0, sensor.ErrGone
	}
	defer func() {
		g.Release()
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return f(s.Read()), nil
}

func badNeverCommits(db *store.DB, value string) error {
	tx, err := db.Begin(true) // want revleak
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			_ = tx.Rollback()
		}
	}()
	if err := access.Put(tx, "a", "k", value); err != nil {
		return err
	}
	done = true
	return nil
}

func badClosureOnErrorsOnly(db *kv.DB, key string) (string, error) {
	v, closer, err := db.Get(key) // want revleak
	if err != nil {
		return "", err
	}
	cleanup := func() { _ = closer.Close() }
	if len(v) == 0 {
		cleanup()
		return "", kv.ErrNotFound
	}
	return string(v), nil
}

func badReadAfterJoin(db *kv.DB, key string) (string, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return "", err
	}
	err = errors.Join(err, closer.Close())
	return string(v), err // want revuse
}

func badTwiceInClosures(db *kv.DB, key string) (n int, err error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return 0, err
	}
	defer func() { _ = closer.Close() }() // want revrelease
	n = len(v)
	check(closer.Close())
	return n, nil
}

func badRollbackThenCommit(db *store.DB, value string) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	if err := access.Put(tx, "a", "k", value); err != nil {
		check(tx.Rollback())
	}
	return tx.Commit() // want revrelease
}

func badUsedInLaterDefer(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer func() { log.Printf("%s: done", s.Name) }() // want revuse
	defer func() { g.Release() }()
	s.Set(0)
}
