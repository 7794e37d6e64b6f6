package exhausted

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/revlint/revlint/testdata/src/lib/rows"
)

// Rows that are handed to a helper, which goes through them. Whether there is another row is no more a secret of the
// helper's than whether one of them can be scanned.

func names(r *sql.Rows) (names []string, err error) {
	for r.Next() {
		var n string
		if err := r.Scan(&n); err != nil {
			return nil, err
		}
		names = append(names, n)
	}
	return names, r.Err()
}

func badScannedByHelper(db *sql.DB) ([]string, error) {
	r, err := db.Query("SELECT name FROM t") // want revleak
	if err != nil {
		return nil, err
	}
	return names(r)
}

func badScannedByHelperAndWrapped(db *sql.DB) ([]string, error) {
	r, err := db.Query("SELECT name FROM t") // want revleak
	if err != nil {
		return nil, err
	}
	all, err := names(r)
	if err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	return all, nil
}

func okClosedByCaller(db *sql.DB) ([]string, error) {
	r, err := db.Query("SELECT name FROM t")
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return names(r)
}

func okClosedWhereHelperFails(db *sql.DB) ([]string, error) {
	r, err := db.Query("SELECT name FROM t")
	if err != nil {
		return nil, err
	}
	all, err := names(r)
	if err != nil {
		r.Close()
		return nil, err
	}
	return all, nil
}

func allNames(r *sql.Rows) (names []string, err error) {
	defer r.Close()
	for r.Next() {
		var n string
		if err := r.Scan(&n); err != nil {
			return nil, err
		}
		names = append(names, n)
	}
	return names, r.Err()
}

func okClosedByHelper(db *sql.DB) ([]string, error) {
	r, err := db.Query("SELECT name FROM t")
	if err != nil {
		return nil, err
	}
	return allNames(r)
}

func namesAndClose(r *sql.Rows) (names []string, err error) {
	for r.Next() {
		var n string
		if err := r.Scan(&n); err != nil {
			r.Close()
			return nil, err
		}
		names = append(names, n)
	}
	return names, r.Err()
}

func okClosedByHelperOnError(db *sql.DB) ([]string, error) {
	r, err := db.Query("SELECT name FROM t")
	if err != nil {
		return nil, err
	}
	return namesAndClose(r)
}

var errLast = errors.New("no more")

func one(r *rows.Rows) (n int, err error) {
	if !r.Next() {
		return 0, errLast
	}
	err = r.Scan(&n)
	return n, err
}

func badOneOfThem(q string) (n int, err error) {
	r, err := rows.Query(q) // want revleak
	if err != nil {
		return 0, err
	}
	return one(r)
}

// Who asks which error it is knows whether there are no more.
func okUntilTheLast(q string) (sum int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	for {
		n, err := one(r)
		if err == errLast {
			return sum, nil
		}
		if err != nil {
			r.Close()
			return 0, err
		}
		sum += n
	}
}

// A count of the caller's decides when the helper stops, and it may know how many there are.
func some(r *rows.Rows, most int) (sum int) {
	for r.Next() {
		if most--; most < 0 {
			return sum
		}
		sum += r.N
	}
	return sum
}

func okAsManyAsThereAre(q string, count int) (int, error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	return some(r, count), nil
}
