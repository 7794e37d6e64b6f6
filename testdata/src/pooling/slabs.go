package pooling

import (
	"io"

	"github.com/revlint/revlint/testdata/src/lib/pool"
)

func checksum(p []byte) (sum byte) {
	for _, b := range p {
		sum += b
	}
	return sum
}

func slab(r io.Reader) (byte, error) {
	b := pool.Slab(512)
	defer pool.FreeSlab(b)
	n, err := io.ReadFull(r, b)
	return checksum(b[:n]), err
}

// A prefix will do: it begins where the slab does.
func slabPrefix(r io.Reader) (byte, error) {
	b := pool.Slab(512)
	n, err := r.Read(b)
	b = b[:n]
	sum := checksum(b)
	pool.FreeSlab(b)
	return sum, err
}

func slabTail(r io.Reader) error {
	b := pool.Slab(512)
	_, err := io.ReadFull(r, b)
	b = b[4:]
	pool.FreeSlab(b) // want revrelease
	return err
}

func slabUsedAfterwards(r io.Reader) (byte, error) {
	b := pool.Slab(512)
	_, err := io.ReadFull(r, b)
	pool.FreeSlab(b)
	return b[0], err // want revuse
}

func mapped(r io.Reader) (sum byte, err error) {
	b, err := pool.Map(4096)
	if err != nil {
		return 0, err
	}
	defer pool.Unmap(b)
	n, err := r.Read(b)
	return checksum(b[:n]), err
}

func mappedPart(r io.Reader) error {
	b, err := pool.Map(4096)
	if err != nil {
		return err
	}
	_, err = io.ReadFull(r, b)
	pool.Unmap(b[:512]) // want revrelease
	return err
}

func mappedWhole(r io.Reader) error {
	b, err := pool.Map(4096)
	if err != nil {
		return err
	}
	if _, err = io.ReadFull(r, b); err != nil {
		pool.Unmap(b[:])
		return err
	}
	return pool.Unmap(b)
}

func mappedAndLost(r io.Reader) error {
	b, err := pool.Map(4096) // want revleak
	if err != nil {
		return err
	}
	if _, err := io.ReadFull(r, b); err != nil {
		return err
	}
	return pool.Unmap(b)
}
