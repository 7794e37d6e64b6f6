//revlint:package mime/quotedprintable
package quotedprintable

import "io"

// S63, by Writer.Close: it flushes any unwritten data.
//
//revlint:acquire _ guard w lax
func NewWriter(out io.Writer) (w *Writer)

//revlint:release w idempotent
func (w *Writer) Close() error
