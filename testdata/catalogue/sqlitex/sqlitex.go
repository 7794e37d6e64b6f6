// Package sqlitex has the examples for zombiezen.com/go/sqlite.
package sqlitex

import (
	"bytes"
	"context"
	"io"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// M42: given to another pool, which panics.
func mixed(ctx context.Context, uri string) error {
	a, err := sqlitex.NewPool(uri, sqlitex.PoolOptions{})
	if err != nil {
		return err
	}
	b, err := sqlitex.NewPool(uri, sqlitex.PoolOptions{})
	if err != nil {
		return err
	}
	c, err := a.Take(ctx)
	if err != nil {
		return err
	}
	b.Put(c) // missed: revrelease
	return nil
}

// M42: not given back where the script fails.
func run(ctx context.Context, p *sqlitex.Pool, script string) error {
	c, err := p.Take(ctx) // missed: revleak
	if err != nil {
		return err
	}
	if err := sqlitex.ExecuteScript(c, script, nil); err != nil {
		return err
	}
	p.Put(c)
	return nil
}

// M42: not given back where there is no script.
func runSome(ctx context.Context, p *sqlitex.Pool, script string) error {
	c, err := p.Take(ctx) // want revleak
	if err != nil {
		return err
	}
	if script == "" {
		return nil
	}
	defer p.Put(c)
	return sqlitex.ExecuteScript(c, script, nil)
}

// M42: given back.
func taken(ctx context.Context, p *sqlitex.Pool, script string) error {
	c, err := p.Take(ctx)
	if err != nil {
		return err
	}
	defer p.Put(c)
	return sqlitex.ExecuteScript(c, script, nil)
}

// M43: the reader reads the row that was.
func readers(stmt *sqlite.Stmt) (all []io.Reader, err error) {
	for {
		more, err := stmt.Step()
		if err != nil || !more {
			return all, err
		}
		all = append(all, stmt.ColumnReader(0)) // want revescape
	}
}

// M43: not finalized where there is no row.
func transient(c *sqlite.Conn, query string) (int, error) {
	stmt, _, err := c.PrepareTransient(query) // want revleak
	if err != nil {
		return 0, err
	}
	more, err := stmt.Step()
	if err != nil || !more {
		return 0, err
	}
	n := stmt.ColumnInt(0)
	return n, stmt.Finalize()
}

// M43: read at once, finalized.
func blobs(c *sqlite.Conn, query string) (all []string, err error) {
	stmt, _, err := c.PrepareTransient(query)
	if err != nil {
		return nil, err
	}
	defer stmt.Finalize()
	for {
		more, err := stmt.Step()
		if err != nil || !more {
			return all, err
		}
		var b bytes.Buffer
		if _, err := stmt.ColumnReader(0).WriteTo(&b); err != nil {
			return nil, err
		}
		all = append(all, b.String(), stmt.ColumnText(1))
	}
}
