// Package spanner has the examples for cloud.google.com/go/spanner.
package spanner

import (
	"context"
	"errors"

	"cloud.google.com/go/spanner"
	"google.golang.org/api/iterator"
)

// M107: one row is read, and the iterator is left.
func version(ctx context.Context, c *spanner.Client) (v string, err error) {
	rows := c.Single().Read(ctx, "versions", spanner.AllKeys(), []string{"v"}) // want revleak
	row, err := rows.Next()
	if err != nil {
		return "", err
	}
	err = row.Columns(&v)
	return v, err
}

// M107: a row that cannot be read leaves the rest.
func sum(ctx context.Context, c *spanner.Client, s spanner.Statement) (total int64, err error) {
	rows := c.Single().Query(ctx, s) // want revleak
	for {
		row, err := rows.Next()
		if errors.Is(err, iterator.Done) {
			return total, nil
		}
		if err != nil {
			return 0, err
		}
		var n int64
		if err := row.Columns(&n); err != nil {
			return 0, err
		}
		total += n
	}
}

// M107: stopped, however it is left.
func sumAndStop(ctx context.Context, tx *spanner.ReadWriteTransaction, s spanner.Statement) (total int64, err error) {
	rows := tx.Query(ctx, s)
	defer rows.Stop()
	for {
		row, err := rows.Next()
		if err == iterator.Done {
			return total, nil
		}
		if err != nil {
			return 0, err
		}
		var n int64
		if err := row.Columns(&n); err != nil {
			return 0, err
		}
		total += n
	}
}

// M107: read to the end.
func count(ctx context.Context, c *spanner.Client, s spanner.Statement) (n int, err error) {
	rows := c.Single().Query(ctx, s)
	for {
		if _, err := rows.Next(); err == iterator.Done {
			return n, nil
		} else if err != nil {
			return 0, err
		}
		n++
	}
}

// M107: Do stops it.
func versions(ctx context.Context, c *spanner.Client) (vs []string, err error) {
	err = c.Single().Read(ctx, "versions", spanner.AllKeys(), []string{"v"}).Do(func(r *spanner.Row) error {
		var v string
		if err := r.Columns(&v); err != nil {
			return err
		}
		vs = append(vs, v)
		return nil
	})
	return vs, err
}

// M108: the transaction stays open where there is no such row.
func twice(ctx context.Context, c *spanner.Client, key spanner.Key) (a, b *spanner.Row, err error) {
	tx := c.ReadOnlyTransaction() // want revleak
	if a, err = tx.ReadRow(ctx, "a", key, []string{"v"}); err != nil {
		return nil, nil, err
	}
	b, err = tx.ReadRow(ctx, "b", key, []string{"v"})
	tx.Close()
	return a, b, err
}

// M108: closed, however it is left.
func twiceAndClose(ctx context.Context, c *spanner.Client, key spanner.Key) (a, b *spanner.Row, err error) {
	tx := c.ReadOnlyTransaction()
	defer tx.Close()
	if a, err = tx.ReadRow(ctx, "a", key, []string{"v"}); err != nil {
		return nil, nil, err
	}
	b, err = tx.ReadRow(ctx, "b", key, []string{"v"})
	return a, b, err
}
