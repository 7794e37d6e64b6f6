//revlint:package gorm.io/gorm
package gorm

import (
	"context"
	"database/sql"
)

// M80, by DB.Rows: each example of the guide to it closes them; they are rows of database/sql.
//
//revlint:acquire rows brief if err == nil
func (db *DB) Rows() (rows *sql.Rows, err error)

type ExecInterface[T any] interface {
	//revlint:acquire rows if err == nil
	Rows(ctx context.Context) (rows *sql.Rows, err error)
}

// M81, by DB.Begin, DB.Commit and DB.Rollback: the guide to transactions that are controlled manually rolls one back in case
// of an error, and committed otherwise; its Error says whether it began. Rollback after Commit does
// nothing but note an error.
//
//revlint:acquire _ guard tx if tx.Error == nil
func (db *DB) Begin(opts ...*sql.TxOptions) (tx *DB)

//revlint:release db idempotent
func (db *DB) Commit() *DB

//revlint:release db idempotent
func (db *DB) Rollback() *DB
