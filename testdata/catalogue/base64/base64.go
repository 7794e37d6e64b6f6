// Package base64 has the examples for the standard library's encoding/base64.
package base64

import (
	"encoding/base64"
	"io"
)

// S64: the last block is never written.
func lost(out io.Writer, text []byte) error {
	enc := base64.NewEncoder(base64.StdEncoding, out) // want revleak
	_, err := enc.Write(text)
	return err
}

// S64: closed.
func written(out io.Writer, text []byte) error {
	enc := base64.NewEncoder(base64.StdEncoding, out)
	if _, err := enc.Write(text); err != nil {
		return err
	}
	return enc.Close()
}
