// A transaction that is over
//
// Both statements, then Commit.
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
	if _, err := tx.Exec("insert into renamed values (?, ?)", from, to); err != nil {
		return err
	}
	return tx.Commit()
}
