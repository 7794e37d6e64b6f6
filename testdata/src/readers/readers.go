// Package readers implements readers and writers: what they are given belongs
// to their callers, and is not to be kept.
package readers

import (
	"errors"
	"io"
	"sync"
)

var errStopped = errors.New("stopped")

type question struct {
	buf []byte
	off int64
}

type answer struct {
	n   int
	err error
}

// An object is read by a goroutine of its own, which answers when it has
// filled the buffer.
type object struct {
	mu        sync.Mutex
	off       int64
	done      chan struct{}
	questions chan question
	answers   chan answer
}

var _ io.Reader = (*object)(nil)

func (o *object) ask(q question) (answer, error) {
	select {
	case <-o.done:
		return answer{}, errStopped
	case o.questions <- q:
	}
	a := <-o.answers
	return a, a.err
}

// Read returns when the goroutine has answered.
func (o *object) Read(p []byte) (n int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	a, err := o.ask(question{buf: p, off: o.off})
	if err != nil {
		return a.n, err
	}
	o.off += int64(a.n)
	return a.n, nil
}

// A pusher is written to by a goroutine, and does not wait for it.
type pusher struct {
	done      chan struct{}
	questions chan question
}

var _ io.Writer = (*pusher)(nil)

func (w *pusher) push(q question) error {
	select {
	case <-w.done:
		return errStopped
	case w.questions <- q:
		return nil
	}
}

func (w *pusher) Write(p []byte) (n int, err error) {
	if err := w.push(question{buf: p}); err != nil { // want revescape
		return 0, err
	}
	return len(p), nil
}

// A selector waits for the answer, or for the end.
type selector struct{ object }

func (s *selector) Read(p []byte) (n int, err error) {
	s.questions <- question{buf: p}
	select {
	case a := <-s.answers:
		return a.n, a.err
	case <-s.done:
		return 0, errStopped
	}
}

// A hoarder keeps what it has read.
type hoarder struct {
	r    io.Reader
	last []byte
}

func (h *hoarder) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	h.last = p[:n] // want revescape
	return n, err
}

func (h *hoarder) repeat() []byte { return h.last }
