// Package gzip has the examples for the standard library's compress/gzip.
package gzip

import (
	"compress/gzip"
	"io"
	"os"
)

// S54: what it reads from is closed when it is used.
func open(name string) (io.Reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return gzip.NewReader(f) // want revescape
}

// S54: to close the reader does not close the file.
func size(name string) (int64, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return 0, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return 0, err
	}
	defer z.Close()
	return io.Copy(io.Discard, z)
}

// S54: both are closed, in any order.
func read(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	f.Close()
	return text, z.Close()
}

// S54: where the header is no header there is no reader, and nothing to close.
func closeNothing(r io.Reader) ([]byte, error) {
	z, err := gzip.NewReader(r)
	defer z.Close() // want revnil
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// S56: the end of the stream is missing.
func unfinished(w io.Writer, text []byte) error {
	z := gzip.NewWriter(w) // want revleak
	if _, err := z.Write(text); err != nil {
		return err
	}
	return z.Flush()
}

// S56: closed.
func finished(w io.Writer, text []byte) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := z.Write(text); err != nil {
		return err
	}
	return z.Close()
}
