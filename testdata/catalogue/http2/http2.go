// Package http2 has the examples for golang.org/x/net/http2.
package http2

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/net/http2"
)

// M56: the data is the framer's, until the next frame.
func data(fr *http2.Framer) (all [][]byte, err error) {
	for {
		f, err := fr.ReadFrame()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if f, ok := f.(*http2.DataFrame); ok {
			all = append(all, f.Data()) // missed: revescape
		}
	}
}

// M56: read after the next frame.
func first(fr *http2.Framer) ([]byte, error) {
	f, err := fr.ReadFrame()
	if err != nil {
		return nil, err
	}
	d, ok := f.(*http2.DataFrame)
	if !ok {
		return nil, nil
	}
	b := d.Data()
	if _, err := fr.ReadFrame(); err != nil {
		return nil, err
	}
	return bytes.Clone(b), nil // missed: revuse
}

// M56: once reused, frames are, too.
func frames(fr *http2.Framer) (all []http2.Frame, err error) {
	fr.SetReuseFrames()
	for {
		f, err := fr.ReadFrame()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, f) // want revescape
	}
}

// M56: copies, and frames that are not reused.
func copies(fr *http2.Framer) (all [][]byte, last http2.Frame, err error) {
	for {
		f, err := fr.ReadFrame()
		if err != nil {
			return all, last, err
		}
		if f, ok := f.(*http2.DataFrame); ok {
			all = append(all, bytes.Clone(f.Data()))
		} else {
			last = f
		}
	}
}
