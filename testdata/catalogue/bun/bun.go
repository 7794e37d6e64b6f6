// Package bun has the examples for github.com/uptrace/bun.
package bun

import (
	"context"

	"github.com/uptrace/bun"
)

// M82: the rows stay open where one cannot be read.
func names(ctx context.Context, db *bun.DB) (out []string, err error) {
	rows, err := db.NewSelect().Table("people").Column("name").Rows(ctx) // want revleak
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

// M82: closed.
func ids(ctx context.Context, db *bun.DB) (out []int, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM people")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// M83: an insert that fails leaves the transaction open.
func insert(ctx context.Context, db *bun.DB, m any) error {
	tx, err := db.BeginTx(ctx, nil) // want revleak
	if err != nil {
		return err
	}
	if _, err := tx.NewInsert().Model(m).Exec(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// M83: rolled back on each way but the last; the second transaction is a savepoint, and ends with the first.
func update(ctx context.Context, db *bun.DB, m any) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	point, err := tx.Begin()
	if err != nil {
		return err
	}
	if _, err := point.NewUpdate().Model(m).Exec(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// M83: RunInTx ends what it begins.
func both(ctx context.Context, db *bun.DB, m any) error {
	return db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(m).Exec(ctx)
		return err
	})
}
