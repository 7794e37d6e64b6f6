// Package wazero has the examples for github.com/tetratelabs/wazero.
package wazero

import (
	"bytes"
	"context"

	"github.com/tetratelabs/wazero/api"
)

// M41: growing moves the memory.
func grown(m api.Memory) byte {
	view, ok := m.Read(0, 16)
	if !ok {
		return 0
	}
	m.Grow(1)
	return view[0] // want revuse
}

// M41: the guest may grow its memory, too.
func called(ctx context.Context, m api.Module) (byte, error) {
	view, ok := m.Memory().Read(0, 16)
	if !ok {
		return 0, nil
	}
	if _, err := m.ExportedFunction("f").Call(ctx); err != nil {
		return 0, err
	}
	return view[0], nil // want revuse
}

// M41: a copy, or a new view.
func refreshed(ctx context.Context, m api.Module) ([]byte, error) {
	mem := m.Memory()
	view, ok := mem.Read(0, 16)
	if !ok {
		return nil, nil
	}
	before := bytes.Clone(view)
	if _, err := m.ExportedFunction("f").Call(ctx); err != nil {
		return nil, err
	}
	view, ok = mem.Read(0, 16)
	if !ok {
		return before, nil
	}
	return append(before, view...), nil
}
