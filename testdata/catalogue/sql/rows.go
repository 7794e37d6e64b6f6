package sql

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// S38: where Scan fails, the rows stay open.
func ages(db *sql.DB) (all []int, err error) {
	rows, err := db.Query("select age from t") // want revleak
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var age int
		if err := rows.Scan(&age); err != nil {
			return nil, err
		}
		all = append(all, age)
	}
	return all, rows.Err()
}

// S38: there may be more rows than one.
func oldest(ctx context.Context, db *sql.DB) (age int, err error) {
	rows, err := db.QueryContext(ctx, "select max(age) from t") // want revleak
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, rows.Err()
	}
	err = rows.Scan(&age)
	return age, err
}

// S38: Close before the error is looked at: rows is nil then.
func hasRows(db *sql.DB) (bool, error) {
	rows, err := db.Query("select 1 from t")
	defer rows.Close() // want revnil
	if err != nil {
		return false, err
	}
	return rows.Next(), rows.Err()
}

// S38: read to the end, after which they are closed.
func count(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select 1 from t")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// S38: closed in any case, which also gives the error.
func agesOf(stmt *sql.Stmt, name string) (all []int, err error) {
	rows, err := stmt.Query(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var age int
		if err := rows.Scan(&age); err != nil {
			return nil, err
		}
		all = append(all, age)
	}
	return all, rows.Err()
}

// S38: two sets.
func sets(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select 1; select 2")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for more := true; more; more = rows.NextResultSet() {
		for rows.Next() {
			n++
		}
	}
	return n, rows.Err()
}

// S38: rows of a transaction end with it.
func inTx(db *sql.DB) (age int, err error) {
	tx, err := db.Begin()
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	rows, err := tx.Query("select age from t")
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, rows.Err()
	}
	err = rows.Scan(&age)
	return age, err
}

// S39: the connection is not given back, as nobody scans.
func touch(db *sql.DB) {
	db.QueryRow("update t set seen = true returning 1") // want revleak
}

// S39: scanned.
func name(db *sql.DB, id int) (name string, err error) {
	err = db.QueryRow("select name from t where id = ?", id).Scan(&name)
	return name, err
}

// S40: the statement stays open where it fails.
func insertMany(db *sql.DB, names []string) error {
	stmt, err := db.Prepare("insert into t values (?)") // want revleak
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := stmt.Exec(name); err != nil {
			return err
		}
	}
	return stmt.Close()
}

// S40: the statement of a transaction is used when that is over.
func insertLate(db *sql.DB, name string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare("insert into t values (?)")
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = stmt.Exec(name) // want revuse
	return err
}

// S40: closed with the transaction.
func insertInTx(db *sql.DB, names []string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare("insert into t values (?)")
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := stmt.Exec(name); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// S40: kept for many calls.
type store struct{ byName *sql.Stmt }

func openStore(db *sql.DB) (*store, error) {
	stmt, err := db.Prepare("select age from t where name = ?")
	if err != nil {
		return nil, err
	}
	return &store{stmt}, nil
}

// S71: the rows are closed when the function returns.
func askedInTime(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.QueryContext(ctx, "select age from t") // want revescape
}

// S71: read before that.
func countedInTime(ctx context.Context, db *sql.DB) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "select age from t")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}
