// Package xmlstream has the examples for the standard library's encoding/xml, as a stream.
package xmlstream

import (
	"encoding/xml"
	"os"
)

// S76: nobody closes the file.
func load(name string, v any) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	return xml.NewDecoder(f).Decode(v)
}

// S76: whoever opened it closes it.
func loadAndClose(name string, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return xml.NewDecoder(f).Decode(v)
}

// S76: what it reads from is closed.
func loadLate(name string, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(f)
	f.Close()
	return d.Decode(v) // want revuse
}

// S76: both are kept together.
type source struct {
	f *os.File
	d *xml.Decoder
}

func open(name string) (*source, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &source{f: f, d: xml.NewDecoder(f)}, nil
}
