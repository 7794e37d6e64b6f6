// A transaction that is over
//
// After Commit there is no transaction: the second statement fails, each time.
package play

import "database/sql"

func rename(db *sql.DB, from, to string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("update users set name = ? where name = ?", to, from); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = tx.Exec("insert into renamed values (?, ?)", from, to) // want revuse
	return err
}
