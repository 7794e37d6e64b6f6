//revlint:package entgo.io/ent/dialect/sql
package sql

import (
	"context"

	"entgo.io/ent/dialect"
)

// M84, by Driver.Tx and dialect.Driver.Tx: the context is used until the transaction is committed or
// rolled back.
//
//revlint:acquire _ guard tx brief if err == nil
func (d *Driver) Tx(ctx context.Context) (tx dialect.Tx, err error)

//revlint:acquire _ guard tx brief if err == nil
func (d *Driver) BeginTx(ctx context.Context, opts *TxOptions) (tx dialect.Tx, err error)
