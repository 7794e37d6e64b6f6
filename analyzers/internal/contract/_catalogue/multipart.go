//revlint:package mime/multipart
package multipart

import "io"

// S62, by Writer.Close: it finishes the message and writes the trailing boundary, without
// which its last part has no end.
//
//revlint:acquire _ guard w lax
func NewWriter(out io.Writer) (w *Writer)

//revlint:release w idempotent
func (w *Writer) Close() error

// S75, by NewReader: it reads from r, and does not close it.
//
//revlint:borrow mr from r
func NewReader(r io.Reader, boundary string) (mr *Reader)
