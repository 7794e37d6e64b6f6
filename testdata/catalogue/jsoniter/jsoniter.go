// Package jsoniter has the examples for github.com/json-iterator/go.
package jsoniter

import jsoniter "github.com/json-iterator/go"

// M46: the slice is the iterator's buffer.
func pair(iter *jsoniter.Iterator) (a, b string) {
	first := iter.ReadStringAsSlice()
	b = iter.ReadString()
	return string(first), b // want revuse
}

// M46: used after it was given back.
func buffered(text string) int {
	s := jsoniter.ConfigDefault.BorrowStream(nil)
	s.WriteString(text)
	jsoniter.ConfigDefault.ReturnStream(s)
	return s.Buffered() // want revuse
}

// M46: strings are copies; a stream is given back at the end.
func copies(iter *jsoniter.Iterator) (int, string) {
	s := jsoniter.ConfigDefault.BorrowStream(nil)
	defer jsoniter.ConfigDefault.ReturnStream(s)
	a := string(iter.ReadStringAsSlice())
	s.WriteString(iter.ReadString())
	return s.Buffered(), a
}
