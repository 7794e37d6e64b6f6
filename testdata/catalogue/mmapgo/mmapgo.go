// Package mmapgo has the examples for github.com/edsrzf/mmap-go.
package mmapgo

import (
	"os"

	"github.com/edsrzf/mmap-go"
)

// M39: the memory is gone.
func first(f *os.File) (byte, error) {
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return 0, err
	}
	head := m[:1]
	if err := m.Unmap(); err != nil {
		return 0, err
	}
	return head[0], nil // want revuse
}

// M39: a part cannot be unmapped.
func rest(f *os.File) error {
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return err
	}
	tail := m[1:]
	return tail.Unmap() // want revrelease
}

// M39: read before.
func sum(f *os.File) (n int, err error) {
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return 0, err
	}
	for _, b := range m {
		n += int(b)
	}
	return n, m.Unmap()
}
