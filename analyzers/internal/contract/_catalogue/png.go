//revlint:package image/png
package png

import (
	"image"
	"io"
)

// S80, by Encode and Decode: they read or write until then, and close nothing.
//
//revlint:scoped w
func Encode(w io.Writer, m image.Image) error

//revlint:scoped w
func (enc *Encoder) Encode(w io.Writer, m image.Image) error

//revlint:scoped r
func Decode(r io.Reader) (image.Image, error)
