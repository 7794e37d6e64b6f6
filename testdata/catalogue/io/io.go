// Package io has the examples for the standard library's io.
package io

import (
	"io"
	"os"
	"strings"
)

// last keeps what it was given to write.
type last struct{ p []byte }

func (l *last) String() string { return string(l.p) }

// S17: a Writer must not keep p.
func (l *last) Write(p []byte) (int, error) {
	l.p = p // want revescape
	return len(p), nil
}

// tail copies what it was given to write.
type tail struct{ p []byte }

// S17: a copy.
func (t *tail) Write(p []byte) (int, error) {
	t.p = append(t.p[:0], p...)
	return len(p), nil
}

// queue fills buffers later than it should.
type queue struct{ wanted chan []byte }

// S17: p is filled after Read has returned.
func (q *queue) Read(p []byte) (int, error) {
	q.wanted <- p // want revescape
	return 0, nil
}

// zero fills p at once.
type zero struct{}

// S17: nothing is kept.
func (zero) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

var (
	_, _ io.Writer = (*last)(nil), (*tail)(nil)
	_, _ io.Reader = (*queue)(nil), zero{}
)

// S73: the file stays open.
func withTitle(name string) ([]byte, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.MultiReader(strings.NewReader("title"), f))
}

// S73: it is closed by whoever opened it.
func withTitleAndClose(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.MultiReader(strings.NewReader("title"), f))
}

// titled goes on with the file, which it closes.
type titled struct {
	io.Reader
	io.Closer
}

// S73: what is read and what is closed go together.
func openTitled(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return titled{io.MultiReader(strings.NewReader("title"), f), f}, nil
}
