package held

import "database/sql"

// Rows that there are no more of are closed, and so is what holds them.
type rowCursor struct{ rows *sql.Rows }

func (c *rowCursor) Next() bool   { return c.rows.Next() }
func (c *rowCursor) Close() error { return c.rows.Close() }

func rowsOf(db *sql.DB) (cursor, error) {
	rows, err := db.Query("SELECT n FROM t")
	if err != nil {
		return nil, err
	}
	return &rowCursor{rows}, nil
}

func okExhausted(db *sql.DB) (n int, err error) {
	c, err := rowsOf(db)
	if err != nil {
		return 0, err
	}
	for c.Next() {
		n++
	}
	return n, nil
}

func badLeftBefore(db *sql.DB, limit int) (n int, err error) {
	c, err := rowsOf(db) // want revleak
	if err != nil {
		return 0, err
	}
	for c.Next() {
		if n++; n > limit {
			return n, nil
		}
	}
	return n, nil
}

func okRows(db *sql.DB) (n int, err error) {
	c, err := rowsOf(db)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	for c.Next() {
		n++
	}
	return n, nil
}
