//go:build linux

// Package gvisor has the examples for gvisor.dev/gvisor.
package gvisor

import (
	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/context"
	"gvisor.dev/gvisor/pkg/refs"
)

// M59: the reference is not given back where the object is not wanted.
func tried(ctx context.Context, r refs.TryRefCounter, wanted bool) bool {
	if !r.TryIncRef() { // want revleak
		return false
	}
	if !wanted {
		return false
	}
	r.DecRef(ctx)
	return true
}

// M59: given back, where there was one.
func triedAndReleased(ctx context.Context, r refs.TryRefCounter, use func()) bool {
	if !r.TryIncRef() {
		return false
	}
	defer r.DecRef(ctx)
	use()
	return true
}

// M61: the clone is not released where it is empty.
func size(v *buffer.View) int {
	c := v.Clone() // want revleak
	if c.Size() == 0 {
		return 0
	}
	n := c.Size()
	c.Release()
	return n
}

// M61: read after it was released.
func released(v *buffer.View) int {
	c := v.Clone()
	c.Release()
	return c.Size() // want revuse
}

// M61: what ToSlice gives is a copy.
func bytes(v *buffer.View) []byte {
	c := v.Clone()
	defer c.Release()
	return c.ToSlice()
}
