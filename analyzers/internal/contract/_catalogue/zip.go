//revlint:package archive/zip also github.com/klauspost/compress/zip
package zip

import "io"

// S41, by OpenReader and ReadCloser: it opens the file, which must be closed when no longer needed.
//
//revlint:acquire rc brief if err == nil
func OpenReader(name string) (rc *ReadCloser, err error)

//revlint:release rc idempotent
func (rc *ReadCloser) Close() error

// S57, by Writer.Close: it finishes the archive by writing the central directory, without
// which nobody can read it; it does not close what it writes to.
//
//revlint:acquire _ guard w lax
func NewWriter(out io.Writer) (w *Writer)

//revlint:release w idempotent
func (w *Writer) Close() error
