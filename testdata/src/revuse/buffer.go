// Package revuse holds programs that use, or take care not to use, what an
// access gave after the access has ended.
package revuse

import (
	"errors"
	"io"

	"github.com/revlint/revlint/revocable"
)

var errGone = errors.New("frame is gone")

type frame struct {
	seq     int
	name    string
	data    []byte
	header  header
	options map[string]string
	rows    [][]byte
}

type header struct {
	length int
	flags  [4]byte
}

type handle = revocable.Handle[frame]

func (f *frame) size() int { return len(f.data) + f.header.length }

func (f *frame) payload() []byte { return f.data[f.header.length:] }

func (f *frame) head() *header { return &f.header }

func (f *frame) Write(p []byte) (int, error) {
	f.data = append(f.data, p...)
	return len(p), nil
}

func sum(p []byte) (n int) {
	for _, b := range p {
		n += int(b)
	}
	return n
}

var _ io.Writer = (*frame)(nil)
