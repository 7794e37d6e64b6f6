// Package rows gives rows that close themselves when there is no next one.
package rows

import "errors"

// ErrNone is what Query finds where there is nothing.
var ErrNone = errors.New("rows: nothing there")

// Rows are read one by one.
type Rows struct {
	N    int
	left int
	err  error
}

// Query begins.
//
//revlint:acquire r if err == nil
func Query(q string) (r *Rows, err error) {
	if q == "" {
		return nil, ErrNone
	}
	return &Rows{left: len(q)}, nil
}

// Next goes to the next row; where there is none, it closes r.
//
//revlint:release r idempotent if !more
func (r *Rows) Next() (more bool) {
	r.left--
	return r.left > 0
}

// Scan reads the row.
func (r *Rows) Scan(to *int) error {
	*to = r.left
	return r.err
}

// Err says why there is no next row. It may be called when r is closed.
//
//revlint:always
func (r *Rows) Err() error { return r.err }

// Close ends r.
//
//revlint:release r idempotent
func (r *Rows) Close() error { return nil }

// NextSet goes to the next set of rows: where there is one, r is open again.
//
//revlint:always
//revlint:move r if more
func (r *Rows) NextSet() (more bool) { return r.left < -5 }
