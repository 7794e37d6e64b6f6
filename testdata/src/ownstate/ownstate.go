// Package ownstate declares handles, and looks at what it knows of them itself:
// that is no use of what they stand for.
package ownstate

import "errors"

var errEnded = errors.New("ended")

// A Ledger has one entry at a time.
type Ledger struct{ last *Entry }

// An Entry is open until it is committed or dropped.
type Entry struct {
	Note    string
	ledger  *Ledger
	managed bool
	sum     int
}

// Begin begins an entry.
//
//revlint:acquire e from l if err == nil
func (l *Ledger) Begin() (e *Entry, err error) {
	if l.last != nil {
		return nil, errEnded
	}
	e = &Entry{ledger: l}
	l.last = e
	return e, nil
}

// Commit ends an entry.
//
//revlint:release e
func (e *Entry) Commit() error {
	e.finish()
	return nil
}

// Drop ends an entry, unless it has ended.
//
//revlint:release e idempotent
func (e *Entry) Drop() error {
	e.finish()
	return nil
}

func (e *Entry) finish() {
	if e.ledger != nil {
		e.ledger.last, e.ledger = nil, nil
	}
}

// Add adds to the sum of the entry.
func (e *Entry) Add(n int) { e.sum += n }

// Update commits what fn enters, unless it fails or panics.
func (l *Ledger) Update(fn func(*Entry) error) error {
	e, err := l.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if e.ledger != nil {
			e.finish()
		}
	}()
	e.managed = true
	err = fn(e)
	e.managed = false
	if err != nil {
		_ = e.Drop()
		return err
	}
	return e.Commit()
}

func (l *Ledger) updateTwice(n int) error {
	e, err := l.Begin()
	if err != nil {
		return err
	}
	e.sum = n
	if err := e.Commit(); err != nil {
		return err
	}
	if e.ledger == nil {
		return nil
	}
	return e.Commit() // want revrelease
}

// What is exported is for those who use an entry.
func (l *Ledger) note() (string, error) {
	e, err := l.Begin()
	if err != nil {
		return "", err
	}
	if err := e.Commit(); err != nil {
		return "", err
	}
	return e.Note, nil // want revuse
}
