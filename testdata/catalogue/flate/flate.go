// Package flate has the examples for the standard library's compress/flate.
package flate

import (
	"compress/flate"
	"io"
)

// S86: the end of the stream is missing.
func write(out io.Writer, text string) error {
	w, err := flate.NewWriter(out, flate.BestSpeed) // want revleak
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

// S86: it is written.
func writeAll(out io.Writer, text string) error {
	w, err := flate.NewWriter(out, flate.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	return w.Close()
}
