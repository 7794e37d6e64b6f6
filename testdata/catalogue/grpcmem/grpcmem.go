// Package grpcmem has the examples for google.golang.org/grpc.
package grpcmem

import (
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/mem"
)

// M19: the data is gone with the last reference.
func first(data []byte, pool mem.BufferPool) byte {
	b := mem.Copy(data, pool)
	p := b.ReadOnlyData()
	b.Free()
	return p[0] // want revuse
}

// M19: one Ref, two Frees, and then the one of the constructor.
func overfree(data *[]byte, pool mem.BufferPool) {
	b := mem.NewBuffer(data, pool)
	b.Ref()
	b.Free()
	b.Free()
	b.Free() // want revrelease
}

// M19: not freed where it is empty.
func unfreed(data *[]byte, pool mem.BufferPool) int {
	b := mem.NewBuffer(data, pool) // want revleak
	n := b.Len()
	if n == 0 {
		return 0
	}
	b.Free()
	return n
}

// M19: freed twice.
func freedTwice(data *[]byte, pool mem.BufferPool) {
	b := mem.NewBuffer(data, pool)
	b.Free()
	b.Free() // want revrelease
}

// M19: freed as often as referenced.
func freed(data *[]byte, pool mem.BufferPool) int {
	b := mem.NewBuffer(data, pool)
	defer b.Free()
	b.Ref()
	n := len(b.ReadOnlyData())
	b.Free()
	return n
}

// M20: the reference is not given back where the slice is short.
func held(s mem.BufferSlice) []byte {
	s.Ref() // want revleak
	if s.Len() < 8 {
		return nil
	}
	b := s.Materialize()
	s.Free()
	return b
}

// M20: what is materialized is a copy.
func materialized(s mem.BufferSlice) []byte {
	s.Ref()
	defer s.Free()
	return s.Materialize()
}

// codec keeps the data that it is to decode.
type codec struct{ encoding.CodecV2 }

type message struct{ raw mem.BufferSlice }

// M21: data is freed once Unmarshal returns.
func (codec) Unmarshal(data mem.BufferSlice, v any) error {
	v.(*message).raw = data // want revescape
	return nil
}

// owning has a reference of its own.
type owning struct{ encoding.CodecV2 }

// M21: a reference of its own keeps it.
func (owning) Unmarshal(data mem.BufferSlice, v any) error {
	data.Ref()
	v.(*message).raw = data
	return nil
}

var _, _ encoding.CodecV2 = codec{}, owning{}

// M22: a buffer that begins elsewhere is not the pool's.
func shifted(pool mem.BufferPool) {
	b := pool.Get(64)
	*b = (*b)[8:]
	pool.Put(b) // want revrelease
}

// M22: read after Put.
func used(pool mem.BufferPool) byte {
	b := pool.Get(64)
	pool.Put(b)
	return (*b)[0] // want revuse
}

// M22: a prefix is well.
func prefix(pool mem.BufferPool, n int) {
	b := pool.Get(64)
	*b = (*b)[:n]
	pool.Put(b)
}
