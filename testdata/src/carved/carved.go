// Package carved hands out rows that hold a connection; rows and connections
// are carved from memory that the connection itself leads to.
package carved

import "errors"

var errClosed = errors.New("closed")

// A box keeps a value for whoever has it next.
type box[T any] struct{ value T }

func (b *box[T]) get() T { return b.value }

// Rows are the answer to a query.
type Rows interface{ Close() }

type pool struct{ idle *box[*slab] }

// A slab has connections and rows to spare.
type slab struct {
	conns []conn
	rows  []rows
}

type conn struct {
	box  *box[*slab]
	pool *pool
}

type rows struct {
	rows Rows
	conn *conn
}

func (r *rows) Close() {
	r.rows.Close()
	if r.conn != nil {
		r.conn.release()
		r.conn = nil
	}
}

type failed struct{ err error }

func (failed) Close() {}

func (s *slab) connOf(p *pool, b *box[*slab]) *conn {
	if len(s.conns) == 0 {
		s.conns = make([]conn, 128)
	}
	c := &s.conns[len(s.conns)-1]
	s.conns = s.conns[:len(s.conns)-1]
	c.box, c.pool = b, p
	return c
}

func (s *slab) rowsOf(c *conn, r Rows) *rows {
	if len(s.rows) == 0 {
		s.rows = make([]rows, 128)
	}
	of := &s.rows[len(s.rows)-1]
	s.rows = s.rows[:len(s.rows)-1]
	of.conn, of.rows = c, r
	return of
}

//revlint:acquire c from p if err == nil
func (p *pool) acquire() (c *conn, err error) {
	if p.idle == nil {
		return nil, errClosed
	}
	return p.idle.get().connOf(p, p.idle), nil
}

//revlint:release c idempotent
func (c *conn) release() { c.box = nil }

func (c *conn) slab() *slab { return c.box.get() }

func (c *conn) rowsOf(r Rows) *rows { return c.slab().rowsOf(c, r) }

func (c *conn) query(sql string) (Rows, error) { return nil, nil }

// The rows release the connection when they are closed.
func (p *pool) query(sql string) (Rows, error) {
	c, err := p.acquire()
	if err != nil {
		return failed{err}, err
	}
	r, err := c.query(sql)
	if err != nil {
		c.release()
		return failed{err}, err
	}
	return c.rowsOf(r), nil
}

// These rows know nothing of the connection.
func (p *pool) queryPlain(sql string) (Rows, error) {
	c, err := p.acquire() // want revleak
	if err != nil {
		return failed{err}, err
	}
	return c.query(sql)
}

// The box leads back to the connection.
func (p *pool) boxOf() (*box[*slab], error) {
	c, err := p.acquire()
	if err != nil {
		return nil, err
	}
	return c.box, nil
}
