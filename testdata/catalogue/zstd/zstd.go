// Package zstd has the examples for github.com/klauspost/compress/zstd.
package zstd

import (
	"io"

	"github.com/klauspost/compress/zstd"
)

// M58: not closed where the text is short.
func short(r io.Reader, p []byte) (bool, error) {
	d, err := zstd.NewReader(r) // want revleak
	if err != nil {
		return false, err
	}
	if n, err := d.Read(p); n < len(p) {
		return true, err
	}
	d.Close()
	return false, nil
}

// M58: a decoder cannot be used after Close.
func after(r io.Reader, p []byte) (int, error) {
	d, err := zstd.NewReader(nil)
	if err != nil {
		return 0, err
	}
	d.Close()
	if err := d.Reset(r); err != nil { // want revuse
		return 0, err
	}
	return d.Read(p)
}

// M58: closed once; an encoder may be used after Close.
func recode(w io.Writer, r io.Reader) error {
	d, err := zstd.NewReader(r)
	if err != nil {
		return err
	}
	defer d.Close()
	e, err := zstd.NewWriter(w)
	if err != nil {
		return err
	}
	if _, err := io.Copy(e, d); err != nil {
		return err
	}
	if err := e.Close(); err != nil {
		return err
	}
	e.Reset(w)
	return e.Close()
}
