//revlint:package io
package io

// S16
type Closer interface {
	//revlint:release self idempotent
	Close() error
}
