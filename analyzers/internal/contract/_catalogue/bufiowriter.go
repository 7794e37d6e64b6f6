//revlint:package bufio
package bufio

import "io"

// S55, by Writer: after all data has been written, the client should call Flush, for what
// is buffered is lost without it. Reset discards it; who is given the writer flushes it. What is made of
// a Writer that is large enough is that same one: who makes it flushes it, as an encoder does.
//
//revlint:acquire _ guard b lax
//revlint:move w.(*Writer)
func NewWriter(w io.Writer) (b *Writer)

//revlint:acquire _ guard b lax
//revlint:move w.(*Writer)
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
