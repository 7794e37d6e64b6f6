// Package toml has the examples for github.com/BurntSushi/toml.
package toml

import (
	"github.com/BurntSushi/toml"
	"os"
)

// S84: nobody closes the file.
func load(name string, v any) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	_, err = toml.NewDecoder(f).Decode(v)
	return err
}

// S84: whoever opened it closes it.
func loadAndClose(name string, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = toml.NewDecoder(f).Decode(v)
	return err
}

// S84: what it reads from is closed.
func loadLate(name string, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	d := toml.NewDecoder(f)
	f.Close()
	_, err = d.Decode(v) // want revuse
	return err
}

// S84: both are kept together.
type source struct {
	f *os.File
	d *toml.Decoder
}

func open(name string) (*source, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &source{f: f, d: toml.NewDecoder(f)}, nil
}
