// Rows that are closed too early
//
// The error is looked at first.
package play

import "database/sql"

func hasUsers(db *sql.DB) (bool, error) {
	rows, err := db.Query("select 1 from users")
	if err != nil {
		return false, err
	}
	defer rows.Close()
	return rows.Next(), rows.Err()
}
