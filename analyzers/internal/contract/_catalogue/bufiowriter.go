//revlint:package bufio
package bufio

// Off: who is given a Writer that is large enough writes into that same one and flushes it, as
// xml.NewEncoder does, and the contract cannot say so.

import "io"

// S55, by Writer: after all data has been written, the client should call Flush, for what
// is buffered is lost without it. Reset discards it; who is given the writer flushes it.
//
//revlint:acquire _ guard b lax
func NewWriter(w io.Writer) (b *Writer)

//revlint:acquire _ guard b lax
func NewWriterSize(w io.Writer, size int) (b *Writer)

//revlint:scoped b
//revlint:release b idempotent
func (b *Writer) Flush() error

//revlint:release b idempotent
func (b *Writer) Reset(w io.Writer)

//revlint:move w
func NewReadWriter(r *Reader, w *Writer) *ReadWriter

// By Writer.Write and Writer.ReadFrom: they flush what does not fit, and not what is left.
//
//revlint:scoped b, p
func (b *Writer) Write(p []byte) (nn int, err error)

//revlint:scoped b
func (b *Writer) WriteByte(c byte) error

//revlint:scoped b
func (b *Writer) WriteRune(r rune) (size int, err error)

//revlint:scoped b
func (b *Writer) ReadFrom(r io.Reader) (n int64, err error)
