package everyday

import (
	"errors"
	"os"
)

// A file that is copied as a struct is closed by way of the copy, too.

type datedFile struct {
	dir string
	os.File
}

func okCopiedIntoTheResult(dir, name string) (*datedFile, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	d := &datedFile{dir: dir, File: *f}
	return d, nil
}

func okCopiedAndClosed(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	d := datedFile{File: *f}
	_, err = d.WriteString("x")
	return errors.Join(err, d.Close())
}

func badCopiedTooLate(dir, name string, size int) (*datedFile, error) {
	f, err := os.Create(name) // want revleak
	if err != nil {
		return nil, err
	}
	if size > 1<<20 {
		return nil, errors.New("too large")
	}
	return &datedFile{dir: dir, File: *f}, nil
}
