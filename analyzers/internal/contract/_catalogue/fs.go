//revlint:package io/fs
package fs

// S28, by FS and File: Open gives a file, and Close is one of the three methods that each
// has. What a second Close does is not said, so it is left alone.
type File interface {
	//revlint:release self idempotent
	Close() error
}
