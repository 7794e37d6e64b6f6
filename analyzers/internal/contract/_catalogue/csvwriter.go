//revlint:package encoding/csv
package csv

import "io"

// S60, by Writer: after all data has been written, the client should call Flush; WriteAll
// does.
//
//revlint:acquire _ guard w lax
func NewWriter(out io.Writer) (w *Writer)

//revlint:release w idempotent
func (w *Writer) Flush()

//revlint:release w idempotent
func (w *Writer) WriteAll(records [][]string) error
