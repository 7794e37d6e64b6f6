//revlint:package encoding/gob
package gob

import "io"

// S77, by NewDecoder, NewEncoder: they read from r and write to w, and close neither.
//
//revlint:borrow dec from r
func NewDecoder(r io.Reader) (dec *Decoder)

//revlint:borrow enc from w
func NewEncoder(w io.Writer) (enc *Encoder)

//revlint:scoped enc // it writes until then
func (enc *Encoder) Encode(e any) error
