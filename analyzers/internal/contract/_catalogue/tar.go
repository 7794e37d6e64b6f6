//revlint:package archive/tar
package tar

import "io"

// S59, by Writer.Close: it flushes the padding and writes the footer. Who puts several
// archives behind one another flushes, and writes no footer.
//
//revlint:acquire _ guard tw lax
func NewWriter(w io.Writer) (tw *Writer)

//revlint:scoped tw // it flushes what came before, and not what it begins
func (tw *Writer) WriteHeader(hdr *Header) error

//revlint:release tw idempotent
func (tw *Writer) Flush() error

//revlint:release tw idempotent
func (tw *Writer) Close() error

// S74, by NewReader: it reads from r, and does not close it.
//
//revlint:borrow tr from r
func NewReader(r io.Reader) (tr *Reader)
