package everyday

import (
	"database/sql"
	"os"
)

// What counts up from zero is not zero again: a transaction is open where something was put
// into it, and files where some were opened.

func okBatches(db *sql.DB, words <-chan string) (total int, err error) {
	var tx *sql.Tx
	cur := 0
	for w := range words {
		if cur == 0 {
			if tx, err = db.Begin(); err != nil {
				return total, err
			}
		}
		if _, err = tx.Exec("insert", w); err != nil {
			_ = tx.Rollback()
			return total, err
		}
		cur++
		total++
		if cur%1000 == 0 {
			if err := tx.Commit(); err != nil {
				return total, err
			}
			cur = 0
		}
	}
	if cur == 0 {
		return total, nil
	}
	return total, tx.Commit()
}

func okBatchesThatAreAskedForMore(db *sql.DB, words []string) (err error) {
	var tx *sql.Tx
	var pending uint64
	for _, w := range words {
		if pending == 0 {
			if tx, err = db.Begin(); err != nil {
				return err
			}
		}
		pending += 2
		if _, err = tx.Exec("insert", w); err != nil {
			break
		}
	}
	if pending > 0 {
		if err != nil {
			_ = tx.Rollback()
		} else {
			err = tx.Commit()
		}
	}
	return err
}

func okNoneWasOpened(names []string, read func(*os.File) bool) int {
	n := 0
	var last *os.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		if n >= 1 {
			last.Close()
		}
		last = f
		n++
	}
	if n < 1 {
		return 0
	}
	read(last)
	last.Close()
	return n
}

func badBatchesWithoutTheLast(db *sql.DB, words <-chan string) (total int, err error) {
	var tx *sql.Tx
	cur := 0
	for w := range words {
		if cur == 0 {
			if tx, err = db.Begin(); err != nil { // want revleak
				return total, err
			}
		}
		if _, err = tx.Exec("insert", w); err != nil {
			_ = tx.Rollback()
			return total, err
		}
		cur++
		total++
		if cur == 1000 {
			if err := tx.Commit(); err != nil {
				return total, err
			}
			cur = 0
		}
	}
	if cur > 0 {
		return total, nil
	}
	return total, nil
}

func badBatchesThatCountDown(db *sql.DB, words []string, left int) (err error) {
	var tx *sql.Tx
	for _, w := range words {
		if tx == nil {
			if tx, err = db.Begin(); err != nil { // want revleak
				return err
			}
		}
		if _, err = tx.Exec("insert", w); err != nil {
			_ = tx.Rollback()
			return err
		}
		left--
	}
	if left == 0 {
		return nil
	}
	if tx != nil {
		return tx.Commit()
	}
	return nil
}
