//revlint:package encoding/base64
package base64

import "io"

// S64, by NewEncoder: when finished writing, the caller must close the encoder to flush any
// partially written blocks.
//
//revlint:acquire _ guard enc lax
func NewEncoder(e *Encoding, w io.Writer) (enc io.WriteCloser)
