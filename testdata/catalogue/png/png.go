// Package png has the examples for the standard library's image/png.
package png

import (
	"image"
	"image/png"
	"os"
)

// S80: nobody closes the file.
func bad(m image.Image) error {
	f, err := os.Create("x") // want revleak
	if err != nil {
		return err
	}
	err = png.Encode(f, m)
	return err
}

// S80: whoever opened it closes it.
func good(m image.Image) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	defer f.Close()
	err = png.Encode(f, m)
	return err
}

// S80: it is closed when it is asked for.
func late(m image.Image) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	f.Close()
	err = png.Encode(f, m) // want revuse
	return err
}
