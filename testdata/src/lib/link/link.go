// Package link has handles whose release is a method of what they embed.
package link

import "errors"

// ErrNone is what Dial finds where nobody listens.
var ErrNone = errors.New("link: nobody listens")

type base struct{ open bool }

// Close ends the link.
//
//revlint:release b idempotent
func (b *base) Close() error {
	b.open = false
	return nil
}

// A Link must be closed.
type Link struct {
	base
	N int
}

// Dial gives a link.
//
//revlint:acquire l if err == nil
func Dial(addr string) (l *Link, err error) {
	if addr == "" {
		return nil, ErrNone
	}
	return &Link{base: base{true}}, nil
}
