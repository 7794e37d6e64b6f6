// Package zlib has the examples for the standard library's compress/zlib.
package zlib

import (
	"bytes"
	"compress/zlib"
	"io"
)

// S58: what is left is never written.
func unfinished(text []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b) // want revleak
	z.Write(text)
	return b.Bytes()
}

// S58: closed before the buffer is read.
func finished(text []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := zlib.NewWriterLevel(&b, zlib.BestSpeed)
	if err != nil {
		return nil, err
	}
	z.Write(text)
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// S58: one writer for several streams.
func reused(w io.Writer, z *zlib.Writer, text []byte) error {
	z.Reset(w)
	if _, err := z.Write(text); err != nil {
		return err
	}
	return z.Close()
}
