// Package fmt has the examples for the standard library's fmt.
package fmt

import (
	"fmt"
	"os"
)

// S82: nobody closes the file.
func bad(n *int) error {
	f, err := os.Open("x") // want revleak
	if err != nil {
		return err
	}
	_, err = fmt.Fscan(f, n)
	return err
}

// S82: whoever opened it closes it.
func good(n *int) error {
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fscan(f, n)
	return err
}

// S82: it is closed when it is asked for.
func late(n *int) error {
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	f.Close()
	_, err = fmt.Fscan(f, n) // want revuse
	return err
}
