//revlint:package io
package io

// S16, by Closer: what a second Close does is undefined, so it is left alone; what is
// handed out as a Closer is released by it.
type Closer interface {
	//revlint:release self idempotent
	Close() error
}
