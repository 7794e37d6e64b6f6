//revlint:package image
package image

import "io"

// S79, by Decode and DecodeConfig: they read from r until then, and do not close it.
//
//revlint:scoped r
func Decode(r io.Reader) (m Image, format string, err error)

//revlint:scoped r
func DecodeConfig(r io.Reader) (c Config, format string, err error)
