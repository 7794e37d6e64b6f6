//go:build linux

// Package syscall has the examples for the standard library's syscall.
package syscall

import "syscall"

// S13: the descriptor may be closed, and another file's, once f returns.
func descriptor(c syscall.RawConn) (kept uintptr, err error) {
	err = c.Control(func(fd uintptr) {
		kept = fd // want revescape
	})
	return kept, err
}

// S13: used while f runs.
func reuse(c syscall.RawConn) error {
	var failed error
	err := c.Control(func(fd uintptr) {
		failed = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1)
	})
	if err != nil {
		return err
	}
	return failed
}

// S24: a part of a mapping cannot be unmapped.
func header(fd, size int) (byte, error) {
	data, err := syscall.Mmap(fd, 0, size, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return 0, err
	}
	first := data[0]
	return first, syscall.Munmap(data[16:]) // want revrelease
}

// S24: read after it was unmapped.
func unmapped(fd, size int) (byte, error) {
	data, err := syscall.Mmap(fd, 0, size, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return 0, err
	}
	err = syscall.Munmap(data)
	return data[0], err // want revuse
}

// S24: unmapped whole, at the end.
func sum(fd, size int) (n int, err error) {
	data, err := syscall.Mmap(fd, 0, size, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return 0, err
	}
	defer syscall.Munmap(data)
	for _, b := range data {
		n += int(b)
	}
	return n, nil
}
