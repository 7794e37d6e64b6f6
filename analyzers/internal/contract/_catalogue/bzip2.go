//revlint:package compress/bzip2
package bzip2

import "io"

// S85, by NewReader: it reads from r, and does not close it.
//
//revlint:borrow z from r
func NewReader(r io.Reader) (z io.Reader)
