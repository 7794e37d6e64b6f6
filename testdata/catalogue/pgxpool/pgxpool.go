// Package pgxpool has the examples for github.com/jackc/pgx.
package pgxpool

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

// M26: not released where Exec fails.
func exec(ctx context.Context, p *pgxpool.Pool, sql string) error {
	c, err := p.Acquire(ctx) // want revleak
	if err != nil {
		return err
	}
	if _, err := c.Exec(ctx, sql); err != nil {
		return err
	}
	c.Release()
	return nil
}

// M26: the connection is the pool's again.
func conn(ctx context.Context, p *pgxpool.Pool) (*pgx.Conn, error) {
	c, err := p.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Release()
	return c.Conn(), nil // want revescape
}

// M26: hijacked, it is not.
func hijacked(ctx context.Context, p *pgxpool.Pool) (*pgx.Conn, error) {
	c, err := p.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return c.Hijack(), nil
}

// M26: Release twice is one.
func released(ctx context.Context, p *pgxpool.Pool, sql string) error {
	c, err := p.Acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	if _, err := c.Exec(ctx, sql); err != nil {
		return err
	}
	c.Release()
	return nil
}

// M27: the connection leaves the function.
func kept(ctx context.Context, p *pgxpool.Pool) (kept *pgxpool.Conn, err error) {
	err = p.AcquireFunc(ctx, func(c *pgxpool.Conn) error {
		kept = c // want revescape
		return nil
	})
	return kept, err
}

// M27: used inside.
func inside(ctx context.Context, p *pgxpool.Pool) error {
	return p.AcquireFunc(ctx, func(c *pgxpool.Conn) error { return c.Ping(ctx) })
}

// M28: the next row overwrites the values.
func rows(rows pgx.Rows) (all [][][]byte) {
	for rows.Next() {
		all = append(all, rows.RawValues()) // want revescape
	}
	return all
}

// M28: the same of a result reader.
func results(rr *pgconn.ResultReader) (all [][]byte) {
	for rr.NextRow() {
		all = append(all, rr.Values()[0]) // want revescape
	}
	return all
}

// M28: scanned as the driver's bytes.
func driverBytes(rows pgx.Rows) (a, b pgtype.DriverBytes, err error) {
	rows.Next()
	if err := rows.Scan(&a); err != nil {
		return nil, nil, err
	}
	rows.Next()
	err = rows.Scan(&b)
	return slices.Clone(a), b, err // want revuse
}

// M28: copies.
func cells(rows pgx.Rows) (all []string) {
	for rows.Next() {
		for _, cell := range rows.RawValues() {
			all = append(all, string(cell))
		}
	}
	return all
}

// keeper keeps what it was given to scan.
type keeper struct{ v []byte }

func (k *keeper) String() string { return string(k.v) }

// M28: v is the driver's.
func (k *keeper) ScanBytes(v []byte) error {
	k.v = v // want revescape
	return nil
}

// plan keeps the last source.
type plan struct{ src []byte }

func (p *plan) String() string { return string(p.src) }

// M29: src is the driver's.
func (p *plan) Scan(src []byte, target any) error {
	p.src = src // want revescape
	return nil
}

// text scans into a string.
type text struct{}

// M29: a string is a copy.
func (text) Scan(src []byte, target any) error {
	*target.(*string) = string(src)
	return nil
}

var (
	_    pgtype.BytesScanner = (*keeper)(nil)
	_, _ pgtype.ScanPlan     = (*plan)(nil), text{}
)
