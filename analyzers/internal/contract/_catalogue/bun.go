//revlint:package github.com/uptrace/bun
package bun

import (
	"context"
	"database/sql"
)

// M82, by DB.Query, DB.QueryContext and SelectQuery.Rows: they give rows of database/sql, which are
// closed as those are. Rows of a transaction end with it.
//
//revlint:acquire rows brief if err == nil
func (db *DB) Query(query string, args ...any) (rows *sql.Rows, err error)

//revlint:acquire rows brief if err == nil
func (db *DB) QueryContext(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error)

//revlint:acquire rows brief if err == nil
func (c Conn) QueryContext(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error)

//revlint:acquire rows optional if err == nil
func (tx Tx) Query(query string, args ...any) (rows *sql.Rows, err error)

//revlint:acquire rows optional if err == nil
func (tx Tx) QueryContext(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error)

//revlint:acquire rows brief if err == nil
func (q *SelectQuery) Rows(ctx context.Context) (rows *sql.Rows, err error)

// M83, by DB.Begin, DB.BeginTx and Tx: it wraps sql.Tx, and ends as that does, by Commit or Rollback.
// What a Tx begins is a savepoint, which ends with the transaction.
//
//revlint:acquire _ guard tx brief if err == nil
func (db *DB) Begin() (tx Tx, err error)

//revlint:acquire _ guard tx brief if err == nil
func (db *DB) BeginTx(ctx context.Context, opts *sql.TxOptions) (tx Tx, err error)

//revlint:acquire _ guard tx brief if err == nil
func (c Conn) BeginTx(ctx context.Context, opts *sql.TxOptions) (tx Tx, err error)

//revlint:release tx idempotent
func (tx Tx) Commit() error

//revlint:release tx idempotent
func (tx Tx) Rollback() error
