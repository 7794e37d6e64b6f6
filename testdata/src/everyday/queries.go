package everyday

import (
	"context"
	"database/sql"
	"errors"
)

// Queries as they are generated: they keep what they ask, behind an interface of it that can neither commit nor
// roll back.

type asker interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

type queries struct{ db asker }

func newQueries(db asker) *queries { return &queries{db: db} }

func (q *queries) withTx(tx *sql.Tx) *queries { return &queries{db: tx} }

func (q *queries) create(ctx context.Context, name string) error {
	_, err := q.db.ExecContext(ctx, "insert into users values (?)", name)
	return err
}

func badQueriesOfTx(ctx context.Context, db *sql.DB, name string) error {
	tx, err := db.BeginTx(ctx, nil) // want revleak
	if err != nil {
		return err
	}
	if err := newQueries(tx).create(ctx, name); err != nil {
		return err
	}
	return tx.Commit()
}

func badQueriesWithTx(ctx context.Context, db *sql.DB, q *queries, name string) error {
	tx, err := db.BeginTx(ctx, nil) // want revleak
	if err != nil {
		return err
	}
	qtx := q.withTx(tx)
	if name == "" {
		return errors.New("no name")
	}
	if err := qtx.create(ctx, name); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

func okQueriesOfTx(ctx context.Context, db *sql.DB, name string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := newQueries(tx).create(ctx, name); err != nil {
		return err
	}
	return tx.Commit()
}

// A method of an interface that can end the transaction may do so.

type finisher interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	Rollback() error
}

type step struct{ tx finisher }

func (s step) run(ctx context.Context) error {
	if _, err := s.tx.ExecContext(ctx, "delete from users"); err != nil {
		s.tx.Rollback()
		return err
	}
	return nil
}

func okEndedThroughInterface(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := (step{tx}).run(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// What is handed to others with the queries is theirs.

func okQueriesKept(ctx context.Context, db *sql.DB, keep func(*queries, *sql.Tx)) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	q := newQueries(tx)
	if err := q.create(ctx, "first"); err != nil {
		tx.Rollback()
		return err
	}
	keep(q, tx)
	return nil
}
