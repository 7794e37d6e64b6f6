// Service keeps notes: an HTTP service as people write it, on SQLite, with previews in bbolt, a pool of
// buffers, requests to elsewhere, and files.
//
// Package notes is right. Package hurried is the same with a dozen mistakes that hurried people make: rows, a statement,
// a transaction, raw bytes, a response body, a file, a listener, a lock, a cancel function, a span, a pooled
// buffer and a value of bbolt. All of it compiles, and passes go vet:
//
//	go vet ./...
//	revlint ./...
//
// The second finds the twelve, each at its line, and nothing else. A test holds both to that.
package main
