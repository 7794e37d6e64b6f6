package pooling

import (
	"io"

	"github.com/revlint/revlint/testdata/src/lib/pool"
)

// A request has its input in a buffer from the pool, or, if it is small, in
// itself.
type request struct {
	input *pool.Buffer
	small pool.Buffer
}

// setInput keeps b if and only if it says so.
func (r *request) setInput(b *pool.Buffer) bool {
	if b.Len() < 64 {
		r.small.B = append(r.small.B[:0], b.B...)
		r.input = &r.small
		return false
	}
	r.input = b
	return true
}

func readRequest(from io.Reader) (*request, error) {
	b := buffers.Get()
	if _, err := from.Read(b.B); err != nil {
		buffers.Put(b)
		return nil, err
	}
	r := &request{}
	if !r.setInput(b) {
		buffers.Put(b)
	}
	return r, nil
}

// Here the answer is taken the wrong way round.
func misreadRequest(from io.Reader) (*request, error) {
	b := buffers.Get()
	if _, err := from.Read(b.B); err != nil {
		buffers.Put(b)
		return nil, err
	}
	r := &request{}
	if r.setInput(b) {
		buffers.Put(b)
	}
	return r, nil // want revescape
}

var requests = pool.New(func(r *request) { r.input = nil })

// The answer is asked late, and the request comes from a pool as well.
func readPooledRequest(from io.Reader) (*request, error) {
	r := requests.Get()
	b := buffers.Get()
	if _, err := from.Read(b.B); err != nil {
		requests.Put(r)
		return nil, err
	}
	kept := r.setInput(b)
	if r.input.Len() == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	if !kept {
		buffers.Put(b)
	}
	return r, nil
}
