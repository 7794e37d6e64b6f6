//revlint:package database/sql
package sql

import "context"

// S38, by Rows.Close and Rows.Next: rows are closed by Close, which may be called twice, or
// where Next answers false; by Rows.Err: it may be called after either.
//
//revlint:acquire rows brief if err == nil
func (db *DB) Query(query string, args ...any) (rows *Rows, err error)

// S71, by driver.QueryerContext: a query must honor its context; its rows are closed when that is canceled.
//
//revlint:acquire rows brief if err == nil
//revlint:borrow rows from ctx if err == nil
func (db *DB) QueryContext(ctx context.Context, query string, args ...any) (rows *Rows, err error)

//revlint:acquire rows brief if err == nil
//revlint:borrow rows from ctx if err == nil
func (c *Conn) QueryContext(ctx context.Context, query string, args ...any) (rows *Rows, err error)

//revlint:acquire rows brief if err == nil
func (s *Stmt) Query(args ...any) (rows *Rows, err error)

//revlint:acquire rows brief if err == nil
//revlint:borrow rows from ctx if err == nil
func (s *Stmt) QueryContext(ctx context.Context, args ...any) (rows *Rows, err error)

//revlint:release rs idempotent if !ok
func (rs *Rows) Next() (ok bool)

//revlint:always // there may be another set where Next answers false
//revlint:move rs if ok
func (rs *Rows) NextResultSet() (ok bool)

//revlint:always
func (rs *Rows) Err() error

// Rows of a transaction end with it, so that nothing is lost where they are not closed.
//
//revlint:acquire rows from tx optional if err == nil
func (tx *Tx) Query(query string, args ...any) (rows *Rows, err error)

//revlint:acquire rows from tx optional if err == nil
//revlint:borrow rows from ctx if err == nil
func (tx *Tx) QueryContext(ctx context.Context, query string, args ...any) (rows *Rows, err error)

// S39, by DB.QueryRow and Row.Scan: errors wait for Scan, which also closes what the query
// has open.
//
//revlint:acquire _ guard row
func (db *DB) QueryRow(query string, args ...any) (row *Row)

//revlint:acquire _ guard row
func (db *DB) QueryRowContext(ctx context.Context, query string, args ...any) (row *Row)

//revlint:acquire _ guard row
func (c *Conn) QueryRowContext(ctx context.Context, query string, args ...any) (row *Row)

//revlint:acquire _ guard row
func (s *Stmt) QueryRow(args ...any) (row *Row)

//revlint:acquire _ guard row
func (s *Stmt) QueryRowContext(ctx context.Context, args ...any) (row *Row)

//revlint:release r idempotent
func (r *Row) Scan(dest ...any) error

// S40, by DB.Prepare: the caller must close the statement; by Tx.Prepare: it is closed
// with the transaction.
//
//revlint:acquire stmt from db brief if err == nil
func (db *DB) Prepare(query string) (stmt *Stmt, err error)

//revlint:acquire stmt from db brief if err == nil
func (db *DB) PrepareContext(ctx context.Context, query string) (stmt *Stmt, err error)

//revlint:acquire stmt from c brief if err == nil
func (c *Conn) PrepareContext(ctx context.Context, query string) (stmt *Stmt, err error)

//revlint:release s idempotent
func (s *Stmt) Close() error

//revlint:borrow stmt from tx if err == nil
func (tx *Tx) Prepare(query string) (stmt *Stmt, err error)

//revlint:borrow stmt from tx if err == nil
func (tx *Tx) PrepareContext(ctx context.Context, query string) (stmt *Stmt, err error)

//revlint:borrow bound from tx
func (tx *Tx) Stmt(stmt *Stmt) (bound *Stmt)

//revlint:borrow bound from tx
func (tx *Tx) StmtContext(ctx context.Context, stmt *Stmt) (bound *Stmt)
