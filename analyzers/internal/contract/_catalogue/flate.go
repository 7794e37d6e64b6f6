//revlint:package compress/flate also github.com/klauspost/compress/flate
package flate

import "io"

// S86, by Writer.Close: it flushes and closes the writer, without which the end of the stream is missing. It does not close what
// it writes to.
//
//revlint:acquire _ guard w lax // an error tells of a level that is none: rarely is it looked at
func NewWriter(out io.Writer, level int) (w *Writer, err error)

//revlint:acquire _ guard w lax // an error tells of a level that is none: rarely is it looked at
func NewWriterDict(out io.Writer, level int, dict []byte) (w *Writer, err error)

//revlint:release w idempotent
func (w *Writer) Close() error

//revlint:move w
func (w *Writer) Reset(dst io.Writer)
