//revlint:package compress/gzip also github.com/klauspost/compress/gzip github.com/klauspost/pgzip
package gzip

import "io"

// S54, by Reader.Close: it does not close what it reads from, which has to stay open.
//
//revlint:borrow z from r if err == nil
func NewReader(r io.Reader) (z *Reader, err error)

//revlint:always
func (z *Reader) Close() error

// S56, by NewWriter and Writer.Close: it is the caller's responsibility to call Close when
// done, which flushes what is left and writes the end of the stream; Flush does not. It does
// not close what it writes to.
//
//revlint:acquire _ guard z lax
func NewWriter(w io.Writer) (z *Writer)

//revlint:acquire _ guard z lax // an error tells of a level that is none: rarely is it looked at
func NewWriterLevel(w io.Writer, level int) (z *Writer, err error)

//revlint:release z idempotent
func (z *Writer) Close() error

//revlint:move z
func (z *Writer) Reset(w io.Writer)
