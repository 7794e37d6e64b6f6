package pooling

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

var inflaters sync.Pool

// A reader is closed before it goes back into its pool: the pool gives
// anything, which is not given back by being closed.
func inflate(b []byte) ([]byte, error) {
	r := bytes.NewReader(b)
	d, _ := inflaters.Get().(io.ReadCloser)
	if d == nil {
		d = flate.NewReader(r)
	} else {
		d.(flate.Resetter).Reset(r, nil)
	}
	defer func() {
		d.Close()
		inflaters.Put(d)
	}()
	return io.ReadAll(d)
}

func inflateTwice(b []byte) ([]byte, error) {
	d, ok := inflaters.Get().(io.ReadCloser)
	if !ok {
		return nil, io.ErrUnexpectedEOF
	}
	d.(flate.Resetter).Reset(bytes.NewReader(b), nil)
	out, err := io.ReadAll(d)
	d.Close()
	inflaters.Put(d)
	if err != nil {
		inflaters.Put(d) // want revrelease
	}
	return out, err
}
