package everyday

import (
	"context"
	"database/sql"
)

// What a statement has done has a lock of the connection's, and nothing by which the statement could be closed.

func badExecutedAndReturned(db *sql.DB) (sql.Result, error) {
	stmt, err := db.Prepare("DELETE FROM t WHERE n = ?") // want revleak
	if err != nil {
		return nil, err
	}
	return stmt.Exec(1)
}

func badExecutedInElse(db *sql.DB) (res sql.Result, err error) {
	if stmt, err := db.Prepare("DELETE FROM t WHERE n = ?"); err != nil { // want revleak
		return nil, err
	} else {
		res, err = stmt.Exec(1)
		return res, err
	}
}

type preparer interface {
	Prepare(query string) (*sql.Stmt, error)
	Exec(query string, args ...any) (sql.Result, error)
}

// It closes what a database gives, or leaves it to nobody.
func badExecutedOfEither(p preparer) (sql.Result, error) {
	stmt, err := p.Prepare("DELETE FROM t WHERE n = ?") // want revleak
	if err != nil {
		return nil, err
	}
	return stmt.Exec(1)
}

func okExecutedAndClosed(db *sql.DB) (sql.Result, error) {
	stmt, err := db.Prepare("DELETE FROM t WHERE n = ?")
	if err != nil {
		return nil, err
	}
	defer stmt.Close()
	return stmt.Exec(1)
}

// The transaction closes it.
func okExecutedInTransaction(ctx context.Context, tx *sql.Tx) (sql.Result, error) {
	stmt, err := tx.PrepareContext(ctx, "DELETE FROM t WHERE n = ?")
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, 1)
}

// Who has the statement closes it.
type deletion struct {
	stmt *sql.Stmt
	done sql.Result
}

func (d *deletion) Close() error { return d.stmt.Close() }

func okExecutedAndKept(db *sql.DB) (*deletion, error) {
	stmt, err := db.Prepare("DELETE FROM t WHERE n = ?")
	if err != nil {
		return nil, err
	}
	res, err := stmt.Exec(1)
	if err != nil {
		stmt.Close()
		return nil, err
	}
	return &deletion{stmt, res}, nil
}

// Rows have the statement, and who closes them does not close that.
func badQueriedAndReturned(db *sql.DB) (*sql.Rows, error) {
	stmt, err := db.Prepare("SELECT n FROM t") // want revleak
	if err != nil {
		return nil, err
	}
	return stmt.Query()
}
