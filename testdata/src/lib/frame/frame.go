// Package frame reads frames from a connection into buffers that are used again.
package frame

import "io"

// A Ring has records.
type Ring struct{ fd uintptr }

// Number calls fn with the number of the connection, which is valid while fn runs.
//
//revlint:scoped fn(fd)
func (r *Ring) Number(fn func(fd uintptr)) { fn(r.fd) }

// A Viewer shows its frames.
type Viewer interface {
	//revlint:scoped fn(p)
	View(fn func(p *Part) error) error
}

// A Part is a part of a frame.
type Part struct{ Bytes []byte }

// A Parser is used again for each document.
type Parser interface {
	//revlint:borrow v from self until Parse deep
	Parse(text string) (v Value)
}

// A Value is a part of a document.
type Value interface {
	Get(name string) Value
	Int() int
}

// A Sink looks at what it is given until it is flushed, and closes then what
// comes with it.
type Sink interface {
	//revlint:lend p to self until Flush
	Add(p []byte, done io.Closer) error
	Flush() error
}
