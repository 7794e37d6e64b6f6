// Rows that are closed too early
//
// Where the query fails, rows is nil, and Close panics.
package play

import "database/sql"

func hasUsers(db *sql.DB) (bool, error) {
	rows, err := db.Query("select 1 from users")
	defer rows.Close() // want revnil
	if err != nil {
		return false, err
	}
	return rows.Next(), rows.Err()
}
