// Package bytebufferpool has the examples for github.com/valyala/bytebufferpool.
package bytebufferpool

import "github.com/valyala/bytebufferpool"

// M16: B is the buffer's.
func hello(name string) []byte {
	b := bytebufferpool.Get()
	defer bytebufferpool.Put(b)
	b.WriteString("hello ")
	b.WriteString(name)
	return b.B // want revescape
}

// M16: read after Put.
func size(name string) int {
	b := bytebufferpool.Get()
	b.WriteString(name)
	bytebufferpool.Put(b)
	return len(b.B) // want revuse
}

// M16: a string is a copy.
func helloString(name string) string {
	b := bytebufferpool.Get()
	defer bytebufferpool.Put(b)
	b.WriteString("hello ")
	b.WriteString(name)
	return b.String()
}
