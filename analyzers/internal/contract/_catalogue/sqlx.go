//revlint:package github.com/jmoiron/sqlx
package sqlx

import (
	"context"
	"database/sql"
)

// M72, by DB.Queryx, DB.NamedQuery and Rows: it is a wrapper around sql.Rows, and closed as they are.
// Only the debt is followed. Rows of a transaction end with it.
//
//revlint:acquire _ guard rows brief if err == nil
func (db *DB) Queryx(query string, args ...any) (rows *Rows, err error)

//revlint:acquire _ guard rows brief if err == nil
func (db *DB) QueryxContext(ctx context.Context, query string, args ...any) (rows *Rows, err error)

//revlint:acquire _ guard rows brief if err == nil
func (db *DB) NamedQuery(query string, arg any) (rows *Rows, err error)

//revlint:acquire _ guard rows brief if err == nil
func (db *DB) NamedQueryContext(ctx context.Context, query string, arg any) (rows *Rows, err error)

//revlint:acquire _ guard rows brief if err == nil
func (c *Conn) QueryxContext(ctx context.Context, query string, args ...any) (rows *Rows, err error)

// M73, by DB.Preparex, DB.PrepareNamed, Stmt and NamedStmt: they are wrappers around sql.Stmt, and closed
// as that is.
//
//revlint:acquire _ guard stmt brief if err == nil
func (db *DB) Preparex(query string) (stmt *Stmt, err error)

//revlint:acquire _ guard stmt brief if err == nil
func (db *DB) PreparexContext(ctx context.Context, query string) (stmt *Stmt, err error)

//revlint:acquire _ guard stmt brief if err == nil
func (c *Conn) PreparexContext(ctx context.Context, query string) (stmt *Stmt, err error)

//revlint:acquire _ guard stmt brief if err == nil
func (db *DB) PrepareNamed(query string) (stmt *NamedStmt, err error)

//revlint:acquire _ guard stmt brief if err == nil
func (db *DB) PrepareNamedContext(ctx context.Context, query string) (stmt *NamedStmt, err error)

//revlint:release n idempotent
func (n *NamedStmt) Close() error

// M74, by DB.Beginx, DB.MustBegin and Tx: it is a wrapper around sql.Tx, and ended as that is.
//
//revlint:acquire _ guard tx brief if err == nil
func (db *DB) Beginx() (tx *Tx, err error)

//revlint:acquire _ guard tx brief if err == nil
func (db *DB) BeginTxx(ctx context.Context, opts *sql.TxOptions) (tx *Tx, err error)

//revlint:acquire _ guard tx brief
func (db *DB) MustBegin() (tx *Tx)

//revlint:acquire _ guard tx brief
func (db *DB) MustBeginTx(ctx context.Context, opts *sql.TxOptions) (tx *Tx)

//revlint:acquire _ guard tx brief if err == nil
func (c *Conn) BeginTxx(ctx context.Context, opts *sql.TxOptions) (tx *Tx, err error)
