// Package vol has a handle that keeps track of whether it is over.
package vol

import "errors"

// ErrClosed is what a closed volume answers.
var ErrClosed = errors.New("vol: closed")

// A Volume must be closed.
type Volume struct {
	closed bool
	text   []byte
}

// Open gives a volume.
//
//revlint:acquire v if err == nil
func Open(name string) (v *Volume, err error) {
	if name == "" {
		return nil, ErrClosed
	}
	return &Volume{}, nil
}

// Close ends v.
//
//revlint:release v idempotent
func (v *Volume) Close() error {
	v.closed = true
	return nil
}

// Closed reports whether v is over.
func (v *Volume) Closed() bool { return v.closed }

// Len is how much was written.
func (v *Volume) Len() int { return len(v.text) }

// Err says what went wrong.
func (v *Volume) Err() error { return nil }

// Append writes.
func (v *Volume) Append(p []byte) error {
	if v.closed {
		return ErrClosed
	}
	v.text = append(v.text, p...)
	return nil
}

var volumes = map[*Volume]bool{}

// Sync writes all volumes that were synced once.
func (v *Volume) Sync() error {
	volumes[v] = true
	for v := range volumes {
		if err := v.Append(nil); err != nil {
			return err
		}
	}
	return nil
}
