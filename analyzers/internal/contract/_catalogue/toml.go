//revlint:package github.com/BurntSushi/toml also github.com/pelletier/go-toml github.com/pelletier/go-toml/v2
package toml

import "io"

// S84, by NewDecoder: it reads from r, and does not close it. What writes is not spoken of, because it flushes a buffer that it
// is given.
//
//revlint:borrow dec from r
func NewDecoder(r io.Reader) (dec *Decoder)
