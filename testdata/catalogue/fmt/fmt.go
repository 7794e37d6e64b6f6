// Package fmt has the examples for package fmt.
package fmt

import (
	"fmt"
	"os"
)

// S66: what was printed is still to be closed.
func describe(name string) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	fmt.Println("opened", f)
	return nil
}

// S66: closed.
func described(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return fmt.Sprintf("%v", f), nil
}
