// Package gob has the examples for the standard library's encoding/gob.
package gob

import (
	"encoding/gob"
	"os"
)

// S77: nobody closes the file.
func load(name string, v any) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	return gob.NewDecoder(f).Decode(v)
}

// S77: whoever opened it closes it.
func loadAndClose(name string, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewDecoder(f).Decode(v)
}

// S77: what it reads from is closed.
func loadLate(name string, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	d := gob.NewDecoder(f)
	f.Close()
	return d.Decode(v) // want revuse
}

// S77: where the value cannot be written, the file stays open.
func save(name string, v any) error {
	f, err := os.Create(name) // want revleak
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(f).Encode(v); err != nil {
		return err
	}
	return f.Close()
}

// S77: it is closed either way.
func saveAndClose(name string, v any) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	err = gob.NewEncoder(f).Encode(v)
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// S77: both are kept together.
type source struct {
	f *os.File
	d *gob.Decoder
}

func open(name string) (*source, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &source{f: f, d: gob.NewDecoder(f)}, nil
}
