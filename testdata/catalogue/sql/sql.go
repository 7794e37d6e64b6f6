// Package sql has the examples for the standard library's database/sql.
package sql

import (
	"bytes"
	"context"
	"database/sql"
	"time"
)

// S8: the raw bytes are the driver's, until the next row.
func names(rows *sql.Rows) (all []sql.RawBytes, err error) {
	defer rows.Close()
	for rows.Next() {
		var name sql.RawBytes
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name) // want revescape
	}
	return all, rows.Err()
}

// S8: bytes that were scanned into a slice are a copy.
func nameCopies(rows *sql.Rows) (all [][]byte, err error) {
	defer rows.Close()
	for rows.Next() {
		var raw sql.RawBytes
		var name []byte
		if err := rows.Scan(&raw, &name); err != nil {
			return nil, err
		}
		all = append(all, name, bytes.Clone(raw))
	}
	return all, rows.Err()
}

// point keeps what it was given to scan.
type point struct{ text []byte }

// S9: the driver reuses src.
func (p *point) Scan(src any) error {
	if b, ok := src.([]byte); ok {
		p.text = b // want revescape
	}
	return nil
}

// label copies what it was given to scan.
type label struct{ text []byte }

// S9: a copy.
func (l *label) Scan(src any) error {
	if b, ok := src.([]byte); ok {
		l.text = append(l.text[:0], b...)
	}
	return nil
}

var _, _ sql.Scanner = (*point)(nil), (*label)(nil)

// S10: a connection that does not go back to the pool where the context is done.
func ping(ctx context.Context, db *sql.DB) error {
	c, err := db.Conn(ctx) // want revleak
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	defer c.Close()
	return c.PingContext(ctx)
}

// S10: given back.
func pingAndClose(ctx context.Context, db *sql.DB) error {
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.PingContext(ctx)
}

// S11: the driver's connection leaves the callback.
func driverOf(c *sql.Conn) (kept any, err error) {
	err = c.Raw(func(driverConn any) error {
		kept = driverConn // want revescape
		return nil
	})
	return kept, err
}

// S11: used inside.
func resetSession(c *sql.Conn) error {
	return c.Raw(func(driverConn any) error {
		if r, ok := driverConn.(interface{ Reset() error }); ok {
			return r.Reset()
		}
		return nil
	})
}

// S12: neither committed nor rolled back where Exec fails.
func insert(db *sql.DB, name string) error {
	tx, err := db.Begin() // want revleak
	if err != nil {
		return err
	}
	if _, err := tx.Exec("insert into t values (?)", name); err != nil {
		return err
	}
	return tx.Commit()
}

// S12: after Commit there is no transaction.
func late(db *sql.DB, name string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = tx.Exec("insert into t values (?)", name) // want revuse
	return err
}

// S12: a deferred Rollback does nothing after Commit.
func insertAll(ctx context.Context, db *sql.DB, names []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, name := range names {
		if _, err := tx.Exec("insert into t values (?)", name); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// S70: the transaction is rolled back when the function returns.
func begunInTime(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.BeginTx(ctx, nil) // want revescape
}

// S70: the caller cancels.
func begunForCaller(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	return db.BeginTx(ctx, nil)
}
