//revlint:package io/fs
package fs

// S28, by FS.Open: Close must be called to release what the file has; by File: it is one of the
// three methods that each has. What a second Close does is not said, so it is left alone. Only the
// debt is followed.
type FS interface {
	//revlint:acquire _ guard f brief if err == nil
	Open(name string) (f File, err error)
}

type File interface {
	//revlint:release self idempotent
	Close() error
}
