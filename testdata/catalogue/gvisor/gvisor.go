//go:build linux

// Package gvisor has the examples for gvisor.dev/gvisor.
package gvisor

import (
	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/context"
	"gvisor.dev/gvisor/pkg/refs"
	"gvisor.dev/gvisor/pkg/sentry/kernel"
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

// M60: the file is not given back where it cannot be read.
func readable(ctx context.Context, t *kernel.FDTable, fd int32) bool {
	file, _ := t.Get(fd) // want revleak
	if file == nil {
		return false
	}
	if !file.IsReadable() {
		return false
	}
	file.DecRef(ctx)
	return true
}

// M60: there may be no file.
func flags(ctx context.Context, t *kernel.FDTable, fd int32) uint32 {
	file, _ := t.Get(fd)
	defer file.DecRef(ctx)
	return file.StatusFlags() // want revnil
}

// M60: given back, where there was one.
func statusFlags(ctx context.Context, t *kernel.FDTable, fd int32) uint32 {
	file, _ := t.Get(fd)
	if file == nil {
		return 0
	}
	defer file.DecRef(ctx)
	return file.StatusFlags()
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
