package scanning

import (
	"encoding/json"
	"io"
)

// A frames reads one JSON value at a time.
type frames struct {
	decoder   *json.Decoder
	remaining []byte
}

var _ io.Reader = (*frames)(nil)

// What is longer than data was put into memory of its own by Decode.
func (f *frames) Read(data []byte) (int, error) {
	m := json.RawMessage(data[:0])
	if err := f.decoder.Decode(&m); err != nil {
		return 0, err
	}
	if len(m) > cap(data) {
		copy(data, m)
		f.remaining = m[len(data):]
		return len(data), io.ErrShortBuffer
	}
	return len(m), nil
}

type tail struct{ rest []byte }

// Here it is in data for sure.
func (t *tail) Write(data []byte) (int, error) {
	if len(data) > 512 {
		t.rest = data[512:] // want revescape
	}
	return len(data), nil
}

func (t *tail) flush() int { return len(t.rest) }
