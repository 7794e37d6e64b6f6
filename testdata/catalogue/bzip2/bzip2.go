// Package bzip2 has the examples for the standard library's compress/bzip2.
package bzip2

import (
	"compress/bzip2"
	"io"
	"os"
)

// S85: nobody closes the file.
func bad() error {
	f, err := os.Open("x") // want revleak
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, bzip2.NewReader(f))
	return err
}

// S85: whoever opened it closes it.
func good() error {
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, bzip2.NewReader(f))
	return err
}

// S85: it is closed before it is read.
func late() error {
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	z := bzip2.NewReader(f)
	f.Close()
	_, err = io.Copy(io.Discard, z) // want revuse
	return err
}
