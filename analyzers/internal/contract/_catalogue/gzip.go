//revlint:package compress/gzip
package gzip

import "io"

// S54, by Reader.Close: it does not close what it reads from, which has to stay open.
//
//revlint:borrow z from r if err == nil
func NewReader(r io.Reader) (z *Reader, err error)

//revlint:always
func (z *Reader) Close() error
