//revlint:package encoding/xml
package xml

import "io"

// S76, by NewDecoder: it reads from r, and does not close it. What writes is not spoken of, because it flushes a buffer that it
// is given.
//
//revlint:borrow d from r
func NewDecoder(r io.Reader) (d *Decoder)
