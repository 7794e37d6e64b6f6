// Package store is the instrumented twin of the library of somebody else that random programs
// use: the same interface, and what its contracts say is kept to the letter.
package store

import (
	"errors"
	"io"

	"github.com/revlint/revlint/internal/oracle/twin/core"
)

var ErrFull = errors.New("full")

type DB struct{ _ int }

// A Tx is not so small that the runtime packs several into one object.
type Tx struct {
	db *DB
	ID int
	_  [2]uintptr
}

func Open(error) *DB { return new(DB) }

func (db *DB) Begin() (*Tx, error) {
	if !core.Bool() {
		core.Refuse()
		return nil, ErrFull
	}
	l := core.Begin(db)
	tx := &Tx{db: db, ID: 1}
	core.Lend(l, tx)
	core.Owes(l, tx)
	return tx, nil
}

func (tx *Tx) Commit() error {
	l := core.Of(core.Through(tx))
	if l.Owed() {
		core.Release(l, false)
	} else {
		core.ReleaseBorrowed(l)
	}
	if core.Bool() {
		return ErrFull
	}
	return nil
}

func (tx *Tx) Rollback() error {
	core.Release(core.Of(core.Through(tx)), true)
	return nil
}

func (tx *Tx) Get(k int) []byte {
	core.LookFrom(tx)
	core.Through(tx)
	l := core.Begin(nil) // an owner here would keep it within reach
	l.From(core.Of(core.Through(tx)))
	b := make([]byte, 32)
	core.LendBytes(l, b)
	return b
}

func (tx *Tx) Len() int {
	core.LookFrom(tx)
	return core.Through(tx).ID
}

func (db *DB) View(fn func(tx *Tx) error) error {
	if !core.Bool() {
		return ErrFull
	}
	l := core.Begin(db)
	tx := &Tx{db: db, ID: 1}
	core.Lend(l, tx)
	l.Held()
	defer l.End()
	return fn(tx)
}

func (db *DB) Close() error {
	core.Wait(db)
	return nil
}

func (db *DB) Lookup(k int) ([]byte, io.Closer, error) {
	if !core.Bool() {
		core.Refuse()
		return nil, nil, ErrFull
	}
	l := core.Begin(db)
	b := make([]byte, 32)
	core.LendBytes(l, b)
	c := &closer{loan: l}
	core.Owes(l, c)
	return b, c, nil
}

type closer struct {
	loan *core.Loan
	_    [2]uintptr
}

func (c *closer) Close() error {
	core.Release(c.loan, true)
	return nil
}

type Record struct {
	N int
	_ [3]uintptr
}

// Lease is of no owner. A guard that is a function may be called again.
func (db *DB) Lease() (*Record, func()) {
	l := core.Begin(nil)
	r := new(Record)
	core.Lend(l, r)
	s := &closer{loan: l}
	core.Owes(l, s)
	return r, func() { core.Release(s.loan, true) }
}

type Cursor struct {
	at   int
	rows []*core.Loan
}

// Scan gives none of a store that cannot be read.
func (db *DB) Scan() *Cursor {
	if core.Bool() {
		return nil
	}
	return new(Cursor)
}

func (c *Cursor) Next() bool {
	for _, l := range c.rows {
		l.End()
	}
	c.rows = nil
	c.at++
	return c.at < 3 && core.Bool()
}

func (c *Cursor) Row() []byte {
	l := core.Begin(c)
	b := make([]byte, 32)
	core.LendBytes(l, b)
	c.rows = append(c.rows, l)
	return b
}

type Pool struct{ _ int }

type Buf struct{ B []byte }

func (p *Pool) Get() *Buf {
	l := core.Begin(p)
	b := &Buf{B: make([]byte, 64)}
	core.Lend(l, b)
	return b
}

func (p *Pool) Put(b *Buf) {
	l := core.Of(b)
	if l == nil {
		return // something fresh
	}
	core.ReleaseTo(l, p)
}

type Blob struct {
	N int
	_ [3]uintptr
}

func NewBlob() *Blob {
	l := core.Begin(nil)
	b := new(Blob)
	core.Lend(l, b)
	core.Counted(l, b)
	return b
}

func (b *Blob) Retain() { core.Retain(core.Of(core.Through(b))) }

func (b *Blob) Release() { core.Drop(core.Of(core.Through(b))) }

type Gate struct{ loans []*core.Loan }

func (g *Gate) TryEnter() bool {
	if !core.Bool() {
		return false
	}
	l := core.Begin(g)
	l.Obliged()
	g.loans = append(g.loans, l)
	return true
}

// Leave ends all that was taken from g: amounts are not counted.
func (g *Gate) Leave() {
	if len(g.loans) == 0 {
		core.Release(nil, false)
	}
	for _, l := range g.loans {
		core.Release(l, false)
	}
	g.loans = nil
}
