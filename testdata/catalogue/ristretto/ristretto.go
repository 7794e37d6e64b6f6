// Package ristretto has the examples for github.com/dgraph-io/ristretto.
package ristretto

import "github.com/dgraph-io/ristretto/v2/z"

// M55: read after Free.
func freed() byte {
	b := z.Calloc(16, "tag")
	z.Free(b)
	return b[0] // want revuse
}

// M55: not freed where it is of no use.
func unfreed(skip bool) {
	b := z.Calloc(16, "tag") // want revleak
	if skip {
		return
	}
	z.Free(b)
}

// M55: the second Allocate may move the first.
func pair(b *z.Buffer) {
	first := b.Allocate(8)
	second := b.Allocate(8)
	copy(second, first) // want revuse
}

// M55: filled before.
func filled(b *z.Buffer) {
	for i := range 2 {
		b.Allocate(8)[0] = byte(i)
	}
	c := z.Calloc(16, "tag")
	defer z.Free(c)
	copy(c, "text")
}
