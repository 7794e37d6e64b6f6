// Package encoding has the examples for the standard library's encoding and
// encoding/json.
package encoding

import (
	"encoding"
	"encoding/json"
	"slices"
)

// raw keeps what it was given to decode.
type raw struct{ data []byte }

func (r *raw) String() string { return string(r.data) }

// S18: data is the caller's.
func (r *raw) UnmarshalBinary(data []byte) error {
	r.data = data[1:] // want revescape
	return nil
}

// owned copies what it was given to decode.
type owned struct{ data []byte }

// S18: a copy.
func (o *owned) UnmarshalBinary(data []byte) error {
	o.data = slices.Clone(data)
	return nil
}

// lazy keeps its JSON for later.
type lazy struct{ text []byte }

func (l *lazy) String() string { return string(l.text) }

// S18: the decoder's buffer.
func (l *lazy) UnmarshalJSON(text []byte) error {
	l.text = text // want revescape
	return nil
}

// copied keeps a copy of its JSON for later.
type copied struct{ text json.RawMessage }

// S18: a copy, as json.RawMessage itself makes.
func (c *copied) UnmarshalJSON(text []byte) error {
	return c.text.UnmarshalJSON(text)
}

var (
	_, _ encoding.BinaryUnmarshaler = (*raw)(nil), (*owned)(nil)
	_, _ json.Unmarshaler           = (*lazy)(nil), (*copied)(nil)
)
