// Package revsql makes databases that fail cleanly once they are taken away, as by the eviction of a tenant: it wraps a
// database/sql driver's connector. It is to that what package revio is to connections, and has its options and its owner.
//
//	connector, owner := revsql.Connector(c)
//	db := sql.OpenDB(connector)
//
// From the beginning of a revocation no statement reaches the database; those that sleep have their contexts cancelled, with
// cause [revocable.ErrRevoked]. Owner.Revoke returns when none is running. Closing rows, statements and connections works as ever,
// so db.Close closes what there is.
//
// An operation that could not enter fails with an error that is driver.ErrBadConn too, so that database/sql takes another
// connection, of this connector or of what that stands for; as this connector makes none any more, the error that users see is
// revocable.ErrRevoked. An operation that was under way is not told to be tried again, because it may have taken effect.
// Connections are not valid any more, so the pool drops them when they come back to it.
package revsql

//go:generate go run ../internal/combine
