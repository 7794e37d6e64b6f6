// Bytes that belong to the database
//
// A RawBytes is memory of the driver's, which the next row overwrites.
package play

import (
	"context"
	"database/sql"
)

func longest(ctx context.Context, db *sql.DB) ([]byte, error) {
	rows, err := db.QueryContext(ctx, "select text from notes")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var longest []byte
	for rows.Next() {
		var text sql.RawBytes
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if len(text) > len(longest) {
			longest = text
		}
	}
	return longest, rows.Err() // want revescape
}
