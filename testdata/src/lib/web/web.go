// Package web fetches things; what it returns owes a debt on a part.
package web

import "errors"

// ErrNone is what Get finds where there is nothing.
var ErrNone = errors.New("web: nothing there")

// A Body must be closed.
type Body struct{ data []byte }

// Read reads.
func (b *Body) Read(p []byte) (int, error) { return copy(p, b.data), nil }

// Close ends the body.
//
//revlint:release b idempotent
func (b *Body) Close() error { return nil }

// A Response has a body.
type Response struct {
	Status int
	Body   *Body
}

// Get fetches.
//
//revlint:acquire resp.Body if err == nil
func Get(url string) (resp *Response, err error) {
	if url == "" {
		return nil, ErrNone
	}
	return &Response{200, &Body{}}, nil
}
