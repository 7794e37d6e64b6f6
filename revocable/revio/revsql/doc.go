// Package revsql makes databases that fail cleanly once they are taken away, as by the eviction of a tenant. It
// wraps a database/sql driver's connector. It does for that what package revio does for connections, and has the
// same options and owner.
//
//	connector, owner := revsql.Connector(c)
//	db := sql.OpenDB(connector)
//
// From the beginning of a revocation no statement reaches the database. The contexts of those that sleep are
// cancelled, with cause [revocable.ErrRevoked]. Owner.Revoke returns when none is running. Closing rows,
// statements and connections works as ever, so db.Close closes what there is.
//
// An operation that could not enter fails with an error that is driver.ErrBadConn too, so that database/sql takes
// another connection, of this connector or of what that stands for. This connector makes none any more, so the
// error that users see is revocable.ErrRevoked. database/sql is not told to try again an operation that was under
// way, because it may have taken effect. Connections are not valid any more, so the pool drops them when they come
// back to it.
package revsql

//go:generate go run ../internal/combine
