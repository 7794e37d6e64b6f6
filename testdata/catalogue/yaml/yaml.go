// Package yaml has the examples for gopkg.in/yaml.v3.
package yaml

import (
	"gopkg.in/yaml.v3"
	"os"
)

// S83: nobody closes the file.
func load(name string, v any) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	return yaml.NewDecoder(f).Decode(v)
}

// S83: whoever opened it closes it.
func loadAndClose(name string, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return yaml.NewDecoder(f).Decode(v)
}

// S83: what it reads from is closed.
func loadLate(name string, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(f)
	f.Close()
	return d.Decode(v) // want revuse
}

// S83: where the value cannot be written, the file stays open.
func save(name string, v any) error {
	f, err := os.Create(name) // want revleak
	if err != nil {
		return err
	}
	if err := yaml.NewEncoder(f).Encode(v); err != nil {
		return err
	}
	return f.Close()
}

// S83: it is closed either way.
func saveAndClose(name string, v any) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	err = yaml.NewEncoder(f).Encode(v)
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// S83: both are kept together.
type source struct {
	f *os.File
	d *yaml.Decoder
}

func open(name string) (*source, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &source{f: f, d: yaml.NewDecoder(f)}, nil
}
