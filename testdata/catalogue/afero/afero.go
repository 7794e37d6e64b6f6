// Package afero has the examples for github.com/spf13/afero.
package afero

import (
	"io"

	"github.com/spf13/afero"
)

// M96: the file stays open.
func first(fsys afero.Fs, name string) (byte, error) {
	f, err := fsys.Open(name) // want revleak
	if err != nil {
		return 0, err
	}
	var b [1]byte
	if _, err := io.ReadFull(f, b[:]); err != nil {
		return 0, err
	}
	return b[0], nil
}

// M96: it stays open where it cannot be written.
func temporary(fsys afero.Fs, text string) (string, error) {
	f, err := afero.TempFile(fsys, "", "x") // want revleak
	if err != nil {
		return "", err
	}
	if _, err := f.WriteString(text); err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// M96: closed.
func copyFile(fsys afero.Afero, to, from string) error {
	r, err := fsys.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	return fsys.WriteReader(to, r)
}
