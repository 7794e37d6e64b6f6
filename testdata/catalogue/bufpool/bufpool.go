// Package bufpool has the examples for github.com/libp2p/go-buffer-pool.
package bufpool

import (
	"io"

	pool "github.com/libp2p/go-buffer-pool"
)

// M54: read after Put.
func first(r io.Reader) (byte, error) {
	buf := pool.Get(16)
	_, err := io.ReadFull(r, buf)
	pool.Put(buf)
	return buf[0], err // want revuse
}

// M54: what is put must begin where it began.
func shifted(r io.Reader) error {
	buf := pool.Get(16)
	_, err := io.ReadFull(r, buf)
	pool.Put(buf[4:]) // want revrelease
	return err
}

// M54: read before; a prefix is well, and so is no Put at all.
func sum(r io.Reader) (n int, err error) {
	buf := pool.Get(16)
	if _, err := io.ReadFull(r, buf); err != nil {
		return 0, err
	}
	for _, b := range buf {
		n += int(b)
	}
	pool.Put(buf[:8])
	return n, nil
}
