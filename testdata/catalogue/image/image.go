// Package image has the examples for the standard library's image.
package image

import (
	"image"
	"os"
)

// S79: nobody closes the file.
func bad() error {
	f, err := os.Open("x") // want revleak
	if err != nil {
		return err
	}
	_, _, err = image.Decode(f)
	return err
}

// S79: whoever opened it closes it.
func good() error {
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	defer f.Close()
	_, _, err = image.Decode(f)
	return err
}

// S79: it is closed when it is asked for.
func late() error {
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	f.Close()
	_, _, err = image.Decode(f) // want revuse
	return err
}
