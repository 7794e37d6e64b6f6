// Bytes that belong to the database
//
// What is kept is a copy.
package play

import (
	"bytes"
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
			longest = bytes.Clone(text)
		}
	}
	return longest, rows.Err()
}
