//revlint:package compress/zlib also github.com/klauspost/compress/zlib
package zlib

import "io"

// S58, by NewWriter: it is the caller's responsibility to call Close when done. By
// Writer.Close: it does not close what it writes to.
//
//revlint:acquire _ guard z lax
func NewWriter(w io.Writer) (z *Writer)

//revlint:acquire _ guard z lax // an error tells of a level that is none: rarely is it looked at
func NewWriterLevel(w io.Writer, level int) (z *Writer, err error)

//revlint:acquire _ guard z lax // an error tells of a level that is none: rarely is it looked at
func NewWriterLevelDict(w io.Writer, level int, dict []byte) (z *Writer, err error)

//revlint:release z idempotent
func (z *Writer) Close() error

//revlint:move z
func (z *Writer) Reset(w io.Writer)
