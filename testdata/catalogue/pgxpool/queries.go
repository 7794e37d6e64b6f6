package pgxpool

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// M70: a row that is not wanted ends the loop, and the connection is not given back.
func find(ctx context.Context, p *pgxpool.Pool, sql string) (id int, err error) {
	rows, err := p.Query(ctx, sql) // want revleak
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
		if id > 0 {
			return id, nil
		}
	}
	return 0, rows.Err()
}

// M70: Scan closes them where it fails.
func sum(ctx context.Context, p *pgxpool.Pool, sql string) (sum int, err error) {
	rows, err := p.Query(ctx, sql)
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, rows.Err()
}

// M70: the connection is busy with the rows when the row is asked for.
func busy(ctx context.Context, tx pgx.Tx, sql string) (n int, err error) {
	rows, err := tx.Query(ctx, sql) // want revleak
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, rows.Err()
	}
	err = tx.QueryRow(ctx, "select 1").Scan(&n)
	return n, err
}

// M70: closed before the connection is used again.
func free(ctx context.Context, c *pgx.Conn, sql string) (n int, err error) {
	rows, err := c.Query(ctx, sql)
	if err != nil {
		return 0, err
	}
	some := rows.Next()
	rows.Close()
	if !some {
		return 0, rows.Err()
	}
	err = c.QueryRow(ctx, "select 1").Scan(&n)
	return n, err
}

// M70: closed however the loop ends.
func ids(ctx context.Context, p *pgxpool.Pool, sql string) (all []int, err error) {
	rows, err := p.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}

// M70: read to the end, they close themselves.
func count(ctx context.Context, p *pgxpool.Pool, sql string) (n int, err error) {
	rows, err := p.Query(ctx, sql)
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// M70: the error is in the rows, too.
func collected(ctx context.Context, p *pgxpool.Pool, sql string) ([]int, error) {
	rows, _ := p.Query(ctx, sql)
	return pgx.CollectRows(rows, pgx.RowTo[int])
}

// M70: looked at afterwards.
func last(ctx context.Context, p *pgxpool.Pool, sql string) (id int, err error) {
	rows, _ := p.Query(ctx, sql)
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
	}
	return id, rows.Err()
}

// M70: nobody scans the row, so the connection is not given back.
func touched(ctx context.Context, p *pgxpool.Pool, id int) {
	p.QueryRow(ctx, "select touch($1)", id) // want revleak
}

// M70: scanned.
func named(ctx context.Context, p *pgxpool.Pool, id int) (name string, err error) {
	err = p.QueryRow(ctx, "select name from people where id = $1", id).Scan(&name)
	return name, err
}

// M69: the transaction stays open where Exec fails.
func renamed(ctx context.Context, p *pgxpool.Pool, id int, name string) error {
	tx, err := p.Begin(ctx) // want revleak
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "update people set name = $2 where id = $1", id, name); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// M69: rolled back, unless it is committed.
func removed(ctx context.Context, c *pgx.Conn, id int) error {
	tx, err := c.BeginTx(ctx, pgx.TxOptions{})
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	if _, err := tx.Exec(ctx, "delete from people where id = $1", id); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// M71: nobody closes the results.
func sent(ctx context.Context, p *pgxpool.Pool, b *pgx.Batch) error {
	br := p.SendBatch(ctx, b) // want revleak
	_, err := br.Exec()
	return err
}

// M71: closed.
func done(ctx context.Context, p *pgxpool.Pool, b *pgx.Batch) error {
	br := p.SendBatch(ctx, b)
	defer br.Close()
	if _, err := br.Exec(); err != nil {
		return err
	}
	return br.Close()
}
