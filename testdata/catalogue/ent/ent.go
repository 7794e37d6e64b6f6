// Package ent has the examples for entgo.io/ent.
package ent

import (
	"context"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// M84: a statement that fails leaves the transaction open. Its method Exec is one of an interface that it embeds,
// and that might end it, as far as revlint knows.
func exec(ctx context.Context, d *sql.Driver, query string) error {
	tx, err := d.Tx(ctx) // missed: revleak
	if err != nil {
		return err
	}
	if err := tx.Exec(ctx, query, []any{}, nil); err != nil {
		return err
	}
	return tx.Commit()
}

// M84: rolled back then.
func execute(ctx context.Context, d *sql.Driver, query string) error {
	tx, err := d.Tx(ctx)
	if err != nil {
		return err
	}
	if err := tx.Exec(ctx, query, []any{}, nil); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// M84: the caller gets it.
func begin(ctx context.Context, d *sql.Driver) (dialect.Tx, error) {
	return d.Tx(ctx)
}
