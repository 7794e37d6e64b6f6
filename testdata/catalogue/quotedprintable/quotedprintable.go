// Package quotedprintable has the examples for the standard library's mime/quotedprintable.
package quotedprintable

import (
	"io"
	"mime/quotedprintable"
)

// S63: the last line is never written.
func lost(out io.Writer, text string) error {
	w := quotedprintable.NewWriter(out) // want revleak
	_, err := io.WriteString(w, text)
	return err
}

// S63: closed.
func written(out io.Writer, text string) error {
	w := quotedprintable.NewWriter(out)
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	return w.Close()
}
