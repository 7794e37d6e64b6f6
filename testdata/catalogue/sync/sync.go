// Package sync has the examples for the standard library's sync.
package sync

import (
	"bytes"
	"sync"
)

var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// S5: the bytes belong to whoever gets the buffer next.
func render(name string) []byte {
	buf := pool.Get().(*bytes.Buffer)
	defer pool.Put(buf)
	buf.Reset()
	buf.WriteString(name)
	return buf.Bytes() // want revescape
}

// S5: used after it was given back.
func length(name string) int {
	buf := pool.Get().(*bytes.Buffer)
	buf.Reset()
	buf.WriteString(name)
	pool.Put(buf)
	return buf.Len() // want revuse
}

// S5: given back twice, it is two owners' buffer.
func twice(drop bool) {
	buf := pool.Get().(*bytes.Buffer)
	defer pool.Put(buf) // want revrelease
	if drop {
		pool.Put(buf)
	}
}

// S5: a copy leaves, the buffer goes back; to drop it is no leak.
func renderCopy(name string, large int) string {
	buf := pool.Get().(*bytes.Buffer)
	buf.Reset()
	buf.WriteString(name)
	s := buf.String()
	if buf.Cap() > large {
		return s
	}
	pool.Put(buf)
	return s
}
