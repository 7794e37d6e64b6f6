package pooling

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
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

var zippers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// So is a writer of a type that is known to be closed.
func zipped(b []byte, to io.Writer) error {
	z := zippers.Get().(*gzip.Writer)
	z.Reset(to)
	if _, err := z.Write(b); err != nil {
		return err
	}
	err := z.Close()
	zippers.Put(z)
	return err
}

func zipper(to io.Writer) *gzip.Writer {
	z := zippers.Get().(*gzip.Writer)
	z.Reset(to)
	return z
}

func zippedByHelper(b []byte, to io.Writer) error {
	z := zipper(to)
	defer zippers.Put(z)
	defer z.Reset(nil)
	if _, err := z.Write(b); err != nil {
		return err
	}
	return z.Close()
}

func zippedTwice(a, b []byte, to io.Writer) error {
	z := zipper(to)
	defer zippers.Put(z)
	if _, err := z.Write(a); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	z.Reset(to)
	if _, err := z.Write(b); err != nil {
		return err
	}
	return z.Close()
}

func zippedAndPutTwice(b []byte, to io.Writer) error {
	z := zippers.Get().(*gzip.Writer)
	z.Reset(to)
	_, err := z.Write(b)
	z.Close()
	zippers.Put(z)
	zippers.Put(z) // want revrelease
	return err
}

func zippedLate(b []byte, to io.Writer) error {
	z := zippers.Get().(*gzip.Writer)
	z.Reset(to)
	z.Close()
	zippers.Put(z)
	_, err := z.Write(b) // want revuse
	return err
}

func finish(z *gzip.Writer) error { return z.Close() }

func zippedAndFinished(b []byte, to io.Writer) error {
	z := zippers.Get().(*gzip.Writer)
	z.Reset(to)
	if _, err := z.Write(b); err != nil {
		return err
	}
	err := finish(z)
	zippers.Put(z)
	return err
}
