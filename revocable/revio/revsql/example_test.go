package revsql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio/revsql"
)

// A tenant is evicted: nothing reaches the database any more, though its users keep the *sql.DB.
func ExampleConnector() {
	connector, owner := revsql.Connector(new(fakeDB)) // of a driver; most have a function that makes one
	db := sql.OpenDB(connector)
	_, err := db.ExecContext(context.Background(), "insert")
	fmt.Println(err)
	owner.Revoke()
	_, err = db.ExecContext(context.Background(), "insert")
	fmt.Println(errors.Is(err, revocable.ErrRevoked))
	fmt.Println(db.Close())
	// Output:
	// <nil>
	// true
	// <nil>
}
