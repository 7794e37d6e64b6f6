//revlint:package text/tabwriter
package tabwriter

import "io"

// S61, by Writer.Flush: it should be called after the last call to Write, to ensure that any
// data buffered is written.
//
//revlint:acquire _ guard w lax
func NewWriter(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) (w *Writer)

//revlint:release b idempotent
func (b *Writer) Flush() error

//revlint:move b
func (b *Writer) Init(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer
