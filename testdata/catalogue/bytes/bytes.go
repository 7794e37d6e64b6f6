// Package bytes has the examples for the standard library's bytes.
package bytes

import (
	"bytes"
	"slices"
)

// S3: writing may move the bytes elsewhere.
func header(buf *bytes.Buffer) int {
	b := buf.Bytes()
	buf.WriteString("trailer")
	return len(b) + int(b[0]) // want revuse
}

// S3: Next gives a part of the buffer, which Reset gives away.
func field(buf *bytes.Buffer) byte {
	f := buf.Next(8)
	buf.Reset()
	buf.WriteByte(0)
	return f[0] // want revuse
}

// S3: read before the buffer changes, or copied.
func kept(buf *bytes.Buffer) ([]byte, byte) {
	b := slices.Clone(buf.Bytes())
	first := buf.Bytes()[0]
	buf.Reset()
	return b, first
}

// S4: the free space is used up by the first write.
func stale(buf *bytes.Buffer) {
	b := append(buf.AvailableBuffer(), "one"...)
	buf.Write(b)
	buf.Write(b) // want revuse
}

// S4: asked for anew.
func fresh(buf *bytes.Buffer) {
	for range 2 {
		buf.Write(append(buf.AvailableBuffer(), "one"...))
	}
}
