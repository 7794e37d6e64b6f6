// Command tenants is a server from which tenants are evicted while they use it. Each has a database of its own.
//
//	cd examples/tenants && go run .
//	curl -d 'buy milk' localhost:8082/tenants/ann/notes
//	curl localhost:8082/tenants/ann/notes
//	curl -X DELETE localhost:8082/tenants/ann      evicts: closes the database and removes it
//
// Eviction has a deadline. It makes the tenant's requests fail, wakes queries that run, waits for those that are under way,
// and closes the database, of which then nothing is left. What must not be done is in testdata/mistake, with what revlint says
// to it.
//
// The databases are files of SQLite, by a driver in Go, or, where one runs, schemas of PostgreSQL:
//
//	go run . -postgres postgres://me@localhost/mine
//
// It is a module of its own, because of the drivers.
package main
